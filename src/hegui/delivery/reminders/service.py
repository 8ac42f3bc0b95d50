"""Plans, changes, cancels and fires reminders.

A lead is queued exactly once: its letters, its advanced row and its audit line are one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import structlog

from hegui.delivery.outbox import store as outbox
from hegui.delivery.quiet_hours import QuietHours
from hegui.delivery.reminders import recipients, store
from hegui.delivery.reminders.firing import Batch
from hegui.delivery.reminders.letter import Letters
from hegui.delivery.reminders.model import Reminder
from hegui.delivery.reminders.timetable import DEADLINE, Timetable
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue, Texts
from hegui.foundation.randomness import Randomness, new_id

log = structlog.get_logger(__name__)


class Reminders:
    """All that reminders need besides a transaction and the time."""

    def __init__(
        self, timetable: Timetable, *, quiet: QuietHours | None, catalogue: Catalogue, randomness: Randomness
    ) -> None:
        self.timetable = timetable
        self._quiet = quiet
        self._writers = {to: Letters(Texts(catalogue, to), timetable.days) for to in LANGUAGES}
        self._randomness = randomness

    async def plan(
        self,
        tx: Transaction,
        *,
        about: str,
        reference: str,
        person: str,
        enterprise: str | None,
        due: date,
        now: datetime,
        ladder: str = DEADLINE,
    ) -> Reminder:
        """Arms the first lead that is not past. One `about` ("case:<id>") has one reminder."""
        made = Reminder(
            id=new_id(self._randomness),
            about=about,
            reference=reference,
            person=person,
            enterprise=enterprise,
            ladder=ladder,
            due=due,
            zone=self.timetable.zone(ladder),
            deadline_version=1,
            created_at=now,
        )
        armed = self.timetable.armed(made, now)
        await store.add(tx, armed)
        return armed

    async def replan(self, tx: Transaction, *, about: str, due: date, now: datetime) -> None:
        """Sets a deadline anew, also where reminding was cancelled or done. Letters still queued are superseded."""
        held = (await store.by_about(tx, [about]))[about]
        await store.set_anew(tx, self.timetable.armed(held.model_copy(update={"due": due}), now))
        await outbox.supersede(tx, about=about, now=now)

    async def cancel(self, tx: Transaction, *, about: str, now: datetime) -> None:
        """Nothing more is sent about it."""
        await store.cancel(tx, about)
        await outbox.cancel(tx, about=about, now=now)

    async def about(self, tx: Transaction, abouts: Sequence[str]) -> Mapping[str, Reminder]:
        """The reminder of each, where there is one."""
        return await store.by_about(tx, abouts)

    async def next_due(self, tx: Transaction) -> datetime | None:
        """Until then there is nothing to fire."""
        return await store.next_due(tx)

    async def fire(self, tx: Transaction, now: datetime, limit: int = 500) -> int:
        """Queues the letters of up to `limit` reminders that are due; says how many it worked on.

        1. claim the rows; 2. find people and addresses; 3. queue letters; 4. advance the rows; 5. audit.
        """
        rows = await store.due(tx, now, limit)
        if not rows:
            return 0
        people = await recipients.people_of(tx, rows)
        contacts = await recipients.contacts(tx, sorted({p for some in people.values() for p in some}))
        batch = Batch(self.timetable, self._quiet, self._writers, now)
        for row in rows:
            try:
                batch.add(row, [(person, contacts.get(person)) for person in people[row.id]])
            except Exception:
                log.exception("a reminder could not be worked out; it is tried again later", reminder=row.id)
                batch.put_off(row)
        await outbox.queue(tx, batch.letters, now=now)
        for to, ids in batch.advances.items():
            await store.advance(tx, ids, to)
        for line in batch.audits:
            await audit.record(tx, "reminder fired", at=now, **line)
        return len(rows)

    async def recount(self, tx: Transaction, limit: int = 1000) -> int:
        """Moves the next lead of rows counted by another calendar than the present one; says how many it looked at."""
        rows = await store.counted_by_other_calendar(tx, self.timetable.version, limit)
        await store.recount(
            tx,
            [
                {
                    "row": row.id,
                    "to_due": next(
                        (r.at for r in self.timetable.rungs(row) if r.index == row.lead_index), row.next_due
                    ),
                    "to_provisional": self.timetable.is_provisional(row, row.created_at),
                    "to_version": self.timetable.version,
                }
                for row in rows
            ],
        )
        return len(rows)
