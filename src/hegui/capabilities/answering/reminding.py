"""“Remind me” under an answer: a day is chosen or typed, and the duty comes back on it."""

from datetime import date, timedelta

from hegui.capabilities.answering.model import Answer, Found
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.delivery.reminders.service import Reminders
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook.checks.dated import read_date
from hegui.rulebook.pack import Rulebook

LADDER = "wish"  # a reminder that a person asked for: once, on its day
CHOICES = {"1": "tomorrow", "7": "in_a_week", "30": "in_a_month"}
LONGEST_REFERENCE = 24


class Reminding:
    """Plans reminders of duties for the person who asks. A second wish for the same duty moves the first."""

    def __init__(self, rulebook: Rulebook, reminders: Reminders) -> None:
        self._rulebook = rulebook
        self._reminders = reminders

    def asks_when(self, turn: Turn, found: Found) -> Draft:
        draft = Draft().text(turn.say("answering.remind.when", title=found.title))
        return draft.row(
            *((turn.say(f"answering.button.{key}"), ("ask", "remind", found.id, days)) for days, key in CHOICES.items())
        )

    async def in_days(self, turn: Turn, answer: Answer, days: str) -> None:
        if days not in CHOICES or answer.found is None:
            raise Refusal("conversation.old_button")
        await self._plan(turn, answer.found.id, answer.on + timedelta(days=int(days)))

    async def typed(self, turn: Turn, text: str, entry: str) -> bool:
        """Whether the text was a day: then it is planned; anything else is a new question."""
        day = read_date(text)
        if day is None or not entry:
            return False
        if day <= turn.now.astimezone(CHINA).date():
            raise Refusal("answering.remind.past")
        await self._plan(turn, entry, day)
        return True

    async def _plan(self, turn: Turn, entry: str, day: date) -> None:
        duty = self._rulebook.duty(entry) or self._rulebook.ladder(entry)
        if duty is None:
            raise Refusal("conversation.old_button")
        title = duty.title.say(turn.language)
        about = f"ask:{entry}.{turn.speaker.person[:16]}"
        if await self._reminders.about(turn.tx, [about]):
            await self._reminders.replan(turn.tx, about=about, due=day, now=turn.now)
        else:
            await self._reminders.plan(
                turn.tx,
                about=about,
                reference=title[:LONGEST_REFERENCE],
                person=turn.speaker.person,
                enterprise=None,
                due=day,
                now=turn.now,
                ladder=LADDER,
            )
        await turn.audit("reminder wished", about, due=day.isoformat())
        turn.reply(Draft().text(turn.say("answering.remind.set", day=day, title=title)).reply())
