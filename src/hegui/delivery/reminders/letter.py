"""What a reminder's letter says: number, date, days left. No names and no defects, so that any channel may carry it."""

from datetime import date
from functools import lru_cache

from hegui.conversation.reply import Draft, Reply
from hegui.delivery.reminders.model import Reminder, Rung
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.working_days import WorkingDays


class Letters:
    """Writes letters in one language. What only depends on the dates is written once: many share a due date."""

    def __init__(self, say: Texts, days: WorkingDays) -> None:
        self._say = say
        self._days = days
        self._show = say("reminder.letter.show")
        self._left = lru_cache(maxsize=4096)(self._what_is_left)

    def letter(self, reminder: Reminder, rung: Rung, read_on: date) -> Reply:
        """The letter of one lead as it is true on the day it can be read."""
        say, times = self._say, reminder.times_fired + 1
        draft = Draft().heading(
            say("reminder.letter.heading", reference=reminder.reference, times=times, mark=mark(rung))
        )
        draft.text(self._left(reminder.due, read_on))
        if reminder.provisional:
            draft.note(say("reminder.letter.provisional"))
        capability, _, its_id = reminder.about.partition(":")
        return draft.button(self._show, capability, "show", its_id).reply()

    def _what_is_left(self, due: date, read_on: date) -> str:
        if read_on > due:
            return self._say("reminder.letter.overdue", day=due)
        if read_on == due:
            return self._say("reminder.letter.due", day=due)
        left = self._days.between(read_on, due)
        return self._say("reminder.letter.early" if left else "reminder.letter.only_days_off", day=due, count=left)


def mark(rung: Rung) -> str:
    """T-3 three working days before, T+1 the first one after."""
    return f"T-{rung.lead}" if rung.lead >= 0 else f"T+{-rung.lead}"
