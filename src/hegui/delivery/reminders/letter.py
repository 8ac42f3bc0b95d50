"""What a reminder's letter says: number, date, days left. No names and no defects, so that any channel may carry it."""

from datetime import date
from functools import lru_cache

from hegui.conversation.reply import Draft, Reply
from hegui.delivery.reminders.model import Reminder, Rung
from hegui.foundation.language.catalogue import Language, Texts, written
from hegui.rulebook.working_days import WorkingDays


def letter(say: Texts, reminder: Reminder, rung: Rung, read_on: date, days: WorkingDays) -> Reply:
    """The letter of one lead as it is true on the day it can be read."""
    draft = Draft().heading(
        say("reminder.letter.heading", reference=reminder.reference, times=reminder.times_fired + 1, mark=mark(rung))
    )
    draft.text(_what_is_left(say, reminder.due, read_on, days))
    if reminder.provisional:
        draft.note(say("reminder.letter.provisional"))
    capability, _, its_id = reminder.about.partition(":")
    return draft.button(say("reminder.letter.show"), capability, "show", its_id).reply()


def mark(rung: Rung) -> str:
    """T-3 three working days before, T+1 the first one after."""
    return f"T-{rung.lead}" if rung.lead >= 0 else f"T+{-rung.lead}"


def _what_is_left(say: Texts, due: date, read_on: date, days: WorkingDays) -> str:
    day = _written(due, say.language)
    if read_on > due:
        return say("reminder.letter.overdue", day=day)
    if read_on == due:
        return say("reminder.letter.due", day=day)
    left = days.between(read_on, due)
    return say("reminder.letter.early" if left else "reminder.letter.only_days_off", day=day, count=left)


@lru_cache(maxsize=4096)
def _written(day: date, language: Language) -> str:
    return str(written(day, language))
