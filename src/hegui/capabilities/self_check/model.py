"""What a self-check is made of: the run, the questions it began with, evidence and findings."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook import flow
from hegui.rulebook.checklist import AnyQuestion, Checklist
from hegui.rulebook.flow import Judged, Severity
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Pack

Cause = Literal["you", "question", "law", "time"]


class SelfCheckModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Snapshot(SelfCheckModel):
    """The questions of a run, with every article behind each of them: kept whatever becomes of the pack."""

    checklist: Checklist
    citations: dict[str, tuple[Citation, ...]]

    @classmethod
    def of(cls, pack: Pack, checklist: Checklist) -> "Snapshot":
        return cls(checklist=checklist, citations={q.id: _citations(pack, q) for q in checklist.questions})

    def body(self) -> str:
        return self.model_dump_json(exclude_defaults=True)


class Run(SelfCheckModel):
    """One pass through a checklist. `cursor` is the question the person went back to; None means the next one.

    `source` says what the answers come from: questions that a person answered, or a file that was looked through.
    """

    id: str
    person: str
    enterprise: str | None
    pack: str
    source: Literal["questions", "file"] = "questions"
    rules_digest: str
    snapshot: str
    based_on: str | None = None
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None
    cursor: str | None = None
    state: Literal["running", "finished", "abandoned"] = "running"


class Evidence(SelfCheckModel):
    """A file that supports an answer. `dated` is the day it speaks of, which is not the day it was sent."""

    id: str
    run: str
    question: str
    stored: str
    name: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime
    dated: date | None = None


class Finding(SelfCheckModel):
    """A fault that a finished run showed (问题)."""

    id: str
    run: str
    question: str
    severity: Severity
    opened_at: datetime
    state: Literal["open", "in_case", "corrected"] = "open"
    case: str | None = None
    enterprise: str | None
    person: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding together with the question that showed it and the articles behind it, for whoever has to tell of it."""

    finding: Finding
    question: AnyQuestion
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that stands otherwise than in the run before, and why."""

    question: AnyQuestion
    before: str | None
    after: str | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run with its questions and the answers so far (答卷)."""

    run: Run
    snapshot: Snapshot
    answers: Mapping[str, str]

    @property
    def asked(self) -> tuple[AnyQuestion, ...]:
        return flow.asked(self.snapshot.checklist, self.answers)

    @property
    def current(self) -> AnyQuestion | None:
        """The question gone back to, else the next one without an answer; None when all are answered."""
        gone_back = next((q for q in self.asked if q.id == self.run.cursor), None)
        return gone_back or flow.next_question(self.snapshot.checklist, self.answers)

    def question(self, question_id: str) -> AnyQuestion | None:
        """The question, as long as it is asked."""
        return next((q for q in self.asked if q.id == question_id), None)

    def position(self, question: AnyQuestion) -> int:
        """Counted from one."""
        return self.asked.index(question) + 1

    def judged(self, on: datetime) -> tuple[Judged, ...]:
        """What the answers mean: as of the day it was finished, while it runs as of `on`."""
        today = (self.run.finished_at or on).astimezone(CHINA).date()
        return flow.judge(self.snapshot.checklist, self.answers, today)


def digest_of(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _citations(pack: Pack, question: AnyQuestion) -> tuple[Citation, ...]:
    duties = (pack.obligation(entry) for entry in question.obligations)
    behind = [citation for duty in duties if duty for citation in duty.citations]
    return tuple(dict.fromkeys((*behind, *question.citations)))
