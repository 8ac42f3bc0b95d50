"""A case (整改事项), what is in it, and by when it is to be done."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

DueSource = Literal["self", "order", "statute"]


class RectificationModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Due(RectificationModel):
    """A due date and where it comes from. `period` is what the order says, or the id of the statutory period.

    `moved`: it was counted, ended on a day off, and went on to the next working day. `provisional`: the official
    calendar of a year it touches is not published.
    """

    day: date
    source: DueSource
    period: str | None = None
    order_day: date | None = None
    moved: bool = False
    provisional: bool = False


class Case(RectificationModel):
    """Findings of one run that are put right together. `version` counts its changes."""

    id: str
    number: int
    run: str
    pack: str
    person: str
    enterprise: str | None
    opened_at: datetime
    due: date
    due_source: DueSource
    order_day: date | None
    order_period: str | None
    provisional: bool
    state: Literal["in_progress", "done"]
    done_at: datetime | None
    version: int

    @property
    def reference(self) -> str:
        """The number as people see it."""
        return f"{self.number:04}"

    @property
    def about(self) -> str:
        """Its name in reminders, letters and the audit log."""
        return f"case:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.state == "in_progress"


class Item(RectificationModel):
    """One finding of a case, with the duties behind its question."""

    case: str
    finding: str
    question: str
    obligations: tuple[str, ...]
