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
        capability, _, its_id = reminder.about.partition(":")
        told = {"reference": reminder.reference, "times": times, "mark": mark(rung)}
        draft = Draft().heading(say(f"reminder.{_kind(capability)}.heading", **told))
        draft.text(self._left(_kind(capability), reminder.due, read_on))
        if reminder.provisional:
            draft.note(say("reminder.letter.provisional"))
        return draft.button(self._show, capability, "show", its_id).reply()

    def _what_is_left(self, kind: str, due: date, read_on: date) -> str:
        if read_on > due:
            return self._say(f"reminder.{kind}.overdue", day=due)
        if read_on == due:
            return self._say(f"reminder.{kind}.due", day=due)
        left = self._days.between(read_on, due)
        return self._say(f"reminder.{kind}.{'early' if left else 'only_days_off'}", day=due, count=left)


def _kind(capability: str) -> str:
    """Which sentences: what has no case is not called one."""
    return "ledger" if capability == "ledger" else "letter"


def mark(rung: Rung) -> str:
    """T-3 three working days before, T+1 the first one after."""
    return f"T-{rung.lead}" if rung.lead >= 0 else f"T+{-rung.lead}"
