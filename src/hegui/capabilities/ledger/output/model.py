"""What the outputs are made of: what was found, said in the person's language, and where it was found (体检结果)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hegui.capabilities.ledger.model import Book, Finding, Severity, Unread

SEVERITIES: tuple[Severity, ...] = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its words. `citations` is empty where no article is named."""

    finding: Finding
    sentence: str
    mend: str
    citations: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the file that was not read, with the sentence that says why."""

    unread: Unread
    sentence: str


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made, with the sentence that says what it would need."""

    check: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Examined:
    """An examination as it is handed out. `unsigned` names the rule packs that nobody has signed as they are now."""

    file_name: str
    sha256: str
    checked_at: datetime
    book: Book
    told: tuple[Told, ...]
    left_out: tuple[LeftOut, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    rules: str = ""
    unsigned: tuple[str, ...] = ()
    enterprise: str | None = None

    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity, A first."""
        counted = Counter(told.finding.severity for told in self.told)
        return {severity: counted[severity] for severity in SEVERITIES}

    def worst_first(self) -> tuple[Told, ...]:
        """A before B before C; within one severity in the order they came."""
        return tuple(sorted(self.told, key=lambda told: told.finding.severity))
