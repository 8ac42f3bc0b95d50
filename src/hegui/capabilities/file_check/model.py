"""Files that people sent to be looked at, and what is to be done with them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from hegui.conversation.reply import Draft
from hegui.foundation.language.catalogue import Language, Texts
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.checks.yes_no import YesNo

Work = Literal["examine", "annotated", "report", "chart", "skeleton"]
"""`examine` looks at the file; the others make a file from what was found."""

TaskState = Literal["waiting", "working", "done", "refused"]


class FileCheckModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class UploadedFile(FileCheckModel):
    """A file as it was sent. `stored` is its random name in the data folder, None once it was taken back.

    `enterprise` is the one it is kept for: its members see it. Without one only the sender does. `kind` names the
    examiner once it is known what the file is.
    """

    id: str
    person: str
    enterprise: str | None
    name: str
    stored: str | None
    sha256: str
    size: int
    kind: str | None
    received_at: datetime
    forget_at: datetime


class FileTask(FileCheckModel):
    """Work on a file that somebody waits for. `given` are the facts the person added, `result` what came out.

    `refusal` is the sentence where it could not be done; `made` the stored name of the file that was made.
    """

    id: str
    file: str
    work: Work
    state: TaskState
    attempts: int
    person: str
    channel: str
    address: str
    language: Language
    given: dict[str, Any]
    result: dict[str, Any] | None
    refusal: dict[str, Any] | None
    made: str | None
    asked_at: datetime
    settled_at: datetime | None

    @property
    def about(self) -> str:
        """Its name in letters and the audit log."""
        return f"file:{self.file}"


class Made(FileCheckModel):
    """A file that was made: where it lies and the name that the person sees."""

    path: Path
    name: str


class Fact(FileCheckModel):
    """Something that only the person knows, asked after the file was read. `answers` are values with their labels.

    Without answers a date is typed.
    """

    id: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()


class Examiner(Protocol):
    """Looks at one kind of file. What it gives back is JSON, because it is kept."""

    kind: str
    pack: str
    formats: frozenset[FileKind]
    compares_answers: bool

    async def examine(self, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        """Raises Refusal with a sentence for the person where the file cannot be read."""
        ...

    async def make(self, work: Work, file: UploadedFile, path: Path, found: FileTask, target: Path) -> str:
        """Writes the file that was asked for to `target`; returns the name that the person sees."""
        ...

    def page(self, say: Texts, file: UploadedFile, found: FileTask, number: int | None) -> Draft:
        """What was found: the summary (None) or a page of the whole, from 0. Buttons are the dialogue's."""
        ...

    def pages(self, found: FileTask) -> int:
        """How many pages the whole has; 0 where the summary says it all."""
        ...

    def offers(self, found: FileTask) -> tuple[Work, ...]:
        """What can be made of it."""
        ...

    def facts(self, say: Texts, found: FileTask) -> tuple[Fact, ...]:
        """What is still to be asked."""
        ...

    def faults(self, say: Texts, found: FileTask) -> tuple[YesNo, ...]:
        """What can be put right as a case: likely violations only, as questions whose answer is no."""
        ...
