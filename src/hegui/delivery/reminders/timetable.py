"""Ladders and calendar together: when the leads of any deadline come."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from hegui.delivery.reminders import decisions
from hegui.delivery.reminders.model import Reminder, Rung
from hegui.rulebook.reminder_ladder import ReminderLadder
from hegui.rulebook.working_days import CalendarYear, WorkingDays

DEADLINE = "deadline"  # the ladder of deadlines in rules/reminders.yaml


class Timetable:
    """Answers when a deadline is reminded of. `version` rises with the calendar."""

    def __init__(self, ladders: Sequence[ReminderLadder], calendar: Sequence[CalendarYear]) -> None:
        self._ladders = {ladder.id: ladder for ladder in ladders}
        self._rungs = lru_cache(maxsize=4096)(self._count_rungs)  # many share a due date
        self.days = WorkingDays(tuple(calendar))
        self.version = sum(year.version for year in calendar)

    def zone(self, ladder: str = DEADLINE) -> str:
        return self._ladder(ladder).zone

    def rungs(self, reminder: Reminder) -> tuple[Rung, ...]:
        return self._rungs(reminder.ladder, reminder.due, reminder.zone)

    def armed(self, reminder: Reminder, now: datetime) -> Reminder:
        """The reminder with the first lead of its due date armed, as if planned now."""
        first = decisions.first_rung(self.rungs(reminder), reminder.due, reminder.zone, now)
        changes = {
            "lead_index": first.index if first else 0,
            "next_due": first.at if first else None,
            "state": "armed" if first else "done",
            "calendar_version": self.version,
            "provisional": self.is_provisional(reminder, now),
            "times_fired": 0,
        }
        return reminder.model_copy(update=changes)

    def planned(self, due: date, now: datetime, ladder: str = DEADLINE) -> tuple[datetime, ...]:
        """When a deadline planned now would be reminded of."""
        zone = self.zone(ladder)
        rungs = self._rungs(ladder, due, zone)
        first = decisions.first_rung(rungs, due, zone, now)
        return (first.at, *(r.at for r in rungs if r.index > first.index)) if first else ()

    def upcoming(self, reminder: Reminder) -> tuple[datetime, ...]:
        """When an armed reminder will still be sent."""
        if reminder.state != "armed" or reminder.next_due is None:
            return ()
        return (reminder.next_due, *(r.at for r in self.rungs(reminder) if r.index > reminder.lead_index))

    def is_provisional(self, reminder: Reminder, since: datetime) -> bool:
        first = decisions.local_day(since, reminder.zone)
        return self.days.is_provisional(min(first, reminder.due), reminder.due)

    def _count_rungs(self, ladder: str, due: date, zone: str) -> tuple[Rung, ...]:
        return decisions.rungs(self._ladder(ladder), due, zone, self.days)

    def _ladder(self, ladder: str) -> ReminderLadder:
        return self._ladders.get(ladder) or self._ladders[DEADLINE]  # one taken out of the rules silences nobody
