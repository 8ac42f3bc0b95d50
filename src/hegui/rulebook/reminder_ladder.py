"""When before (and after) a due date a person is reminded (提醒档): leads in working days, one local time."""

from datetime import time
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from hegui.rulebook.text import RuleModel


def _falling(leads: tuple[int, ...]) -> tuple[int, ...]:
    if any(earlier <= later for earlier, later in pairwise(leads)):
        message = "leads must fall: the earliest reminder comes first, none twice"
        raise ValueError(message)
    return leads


class ReminderLadder(RuleModel):
    """Rungs counted in working days: 3 is three before the due date, 0 the date itself, -1 the next one after it."""

    id: str = Field(pattern=r"^[a-z][a-z-]{1,30}$")
    leads_working_days: Annotated[tuple[int, ...], Field(min_length=1, max_length=12), AfterValidator(_falling)]
    at: time
    zone: str = Field(pattern=r"^[A-Z][A-Za-z_]+/[A-Za-z_/]+$", description="name in the time zone database")
