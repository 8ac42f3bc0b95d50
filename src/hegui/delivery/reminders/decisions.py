"""When a deadline's leads come, which one is next, and what is sent after a pause. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hegui.delivery.quiet_hours import local_moment
from hegui.delivery.reminders.model import Rung
from hegui.rulebook.reminder_ladder import ReminderLadder
from hegui.rulebook.working_days import WorkingDays

KEPT_WHEN_DUE = timedelta(days=10)  # no later lead repeats a due or overdue letter, so it stays sendable for long


def local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def rungs(ladder: ReminderLadder, due: date, zone: str, days: WorkingDays) -> tuple[Rung, ...]:
    """Every lead with its moment, earliest first. Lead 0 is the due date itself, also where that is a day off."""
    leads = enumerate(ladder.leads_working_days)
    return tuple(Rung(index=n, lead=lead, at=_moment(due, lead, ladder.at, zone, days)) for n, lead in leads)


def _moment(due: date, lead: int, at: time, zone: str, days: WorkingDays) -> datetime:
    return local_moment(due if lead == 0 else days.add(due, -lead), at, zone)


def first_rung(all_rungs: Sequence[Rung], due: date, zone: str, now: datetime) -> Rung | None:
    """The first lead that is not past. The due date's own is never left out before 24:00 of that day."""
    for rung in all_rungs:
        if rung.at >= now:
            return rung
        if rung.lead == 0 and local_day(now, zone) == due:
            return rung.model_copy(update={"at": now})
    return None


class Firing(NamedTuple):
    """What firing a reminder means: `sent` goes out, `skipped` leads are said by it, `upcoming` is armed."""

    sent: Rung | None
    skipped: tuple[int, ...]
    upcoming: Rung | None


def firing(all_rungs: Sequence[Rung], lead_index: int, now: datetime) -> Firing:
    """Of several leads that are due only the latest is sent.

    Nothing is sent before its time: where calendar or ladder moved the lead on, it is only armed anew.
    """
    left = [rung for rung in all_rungs if rung.index >= lead_index]
    reached = [rung for rung in left if rung.at <= now]
    return Firing(
        sent=reached[-1] if reached else None,
        skipped=tuple(rung.lead for rung in reached[:-1]),
        upcoming=next((rung for rung in left if rung.at > now), None),
    )


def expires_at(fired: Firing, ready_at: datetime) -> datetime:
    """An early letter is worthless once the next lead is due; one that says "due" or "overdue" lasts."""
    if fired.sent and fired.sent.lead > 0 and fired.upcoming:
        return fired.upcoming.at
    return ready_at + KEPT_WHEN_DUE
