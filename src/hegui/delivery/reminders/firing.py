"""Puts together what firing a batch of reminders writes: letters, advanced rows and audit lines."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from hegui.conversation.turn import Speaker
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.delivery.quiet_hours import QuietHours, released_at
from hegui.delivery.reminders import decisions
from hegui.delivery.reminders.letter import Letters
from hegui.delivery.reminders.model import Advance, Reminder, Rung
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.language.catalogue import Language

Recipient = tuple[str, Speaker | None]  # a person, and how to reach them

LOOKED_AT_AGAIN = timedelta(hours=1)


class Batch:
    """Collects rows for bulk statements."""

    def __init__(
        self, timetable: Timetable, quiet: QuietHours | None, writers: Mapping[Language, Letters], now: datetime
    ) -> None:
        self._timetable = timetable
        self._quiet = quiet
        self._writers = writers
        self._now = now
        self.letters: list[NewLetter] = []
        self.advances: dict[Advance, list[str]] = {}
        self.audits: list[dict[str, Any]] = []

    def add(self, reminder: Reminder, people: Sequence[Recipient]) -> None:
        fired = decisions.firing(self._timetable.rungs(reminder), reminder.lead_index, self._now)
        reached = [speaker for _, speaker in people if speaker]
        if fired.sent:
            self.letters += list(self._letters(reminder, fired, fired.sent, reached))
        index, at = (fired.upcoming.index, fired.upcoming.at) if fired.upcoming else (reminder.lead_index, None)
        self._advance(reminder, Advance(index, at, int(fired.sent is not None)))
        if fired.sent is None:
            return
        self._line(reminder, "done", lead=fired.sent.lead, letters=len(reached), superseded=list(fired.skipped))
        for person, speaker in people:
            if speaker is None:
                self._line(reminder, "no address", lead=fired.sent.lead, person=person)

    def put_off(self, reminder: Reminder) -> None:
        """One that cannot be worked out comes again later, so that it does not hold up the others."""
        self._advance(reminder, Advance(reminder.lead_index, self._now + LOOKED_AT_AGAIN, 0))
        self._line(reminder, "put off")

    def _advance(self, reminder: Reminder, to: Advance) -> None:
        self.advances.setdefault(to, []).append(reminder.id)

    def _letters(
        self, reminder: Reminder, fired: decisions.Firing, rung: Rung, reached: Sequence[Speaker]
    ) -> Iterator[NewLetter]:
        ready_at = released_at(self._now, self._quiet, reminder.zone)
        read_on = decisions.local_day(ready_at, reminder.zone)
        kind = LetterKind.REMINDER_EARLY if rung.lead > 0 else LetterKind.REMINDER_DUE
        for speaker in reached:
            yield NewLetter(
                key=f"reminder:{reminder.id}:{reminder.deadline_version}:{rung.lead}:{speaker.person}",
                kind=kind,
                person=speaker.person,
                channel=speaker.channel,
                address=speaker.address,
                about=reminder.about,
                reply=self._writers[speaker.language].letter(reminder, rung, read_on),
                ready_at=ready_at,
                expires_at=decisions.expires_at(fired, ready_at),
            )

    def _line(self, reminder: Reminder, outcome: str, **detail: Any) -> None:
        self.audits.append(
            {
                "actor": "hegui",
                "about": reminder.about,
                "outcome": outcome,
                "enterprise": reminder.enterprise,
                "reminder": reminder.id,
                "version": reminder.deadline_version,
                **detail,
            }
        )
