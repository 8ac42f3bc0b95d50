"""A reminder: what it is about, by when, and which lead comes next."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

State = Literal["armed", "done", "cancelled"]


class ReminderModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Reminder(ReminderModel):
    """One obligation with a deadline. `reference` is the number people are shown; `lead_index` the lead that is next.

    `deadline_version` rises whenever the deadline is set anew, so that each version's leads are sent once.
    """

    id: str
    about: str
    reference: str
    person: str
    enterprise: str | None
    ladder: str
    due: date
    zone: str
    deadline_version: int
    lead_index: int = 0
    next_due: datetime | None = None
    state: State = "armed"
    calendar_version: int = 0
    provisional: bool = False
    times_fired: int = 0
    created_at: datetime


class Rung(ReminderModel):
    """One lead of a ladder for one due date: `lead` working days before it, at a moment."""

    index: int
    lead: int
    at: datetime


class Advance(NamedTuple):
    """Where firing leads a row: the next lead and its moment (None: there is none), and whether it counts as sent."""

    lead_index: int
    next_due: datetime | None
    fired: int
