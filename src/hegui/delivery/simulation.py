"""Looks ahead (推演): the real reminders and the real sender over a copy of the store, on a clock that jumps.

Nothing is sent and nothing is stored: the copy is thrown away.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Table, select

from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.turn import Speaker
from hegui.delivery.channel import Parcel
from hegui.delivery.outbox import store as outbox_store
from hegui.delivery.outbox.sender import Sender
from hegui.delivery.outbox.tables import QUEUED, outbox
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.store import ARMED, reminder
from hegui.delivery.reminders.worker import ReminderWorker
from hegui.foundation.clock import VirtualClock
from hegui.foundation.database.migrate import upgrade
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry.tables import address, enterprise, membership, person

PIECE = 1000  # rows copied in one transaction


class Foreseen(BaseModel):
    """One letter that would be sent."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    kind: str
    recipient: str
    about: str
    lane: int
    text: str


class _Onlooker:
    """A channel that only looks at what would leave."""

    def __init__(self, name: str, clock: VirtualClock, seen: list[tuple[datetime, Parcel]]) -> None:
        self.name = name
        self._clock = clock
        self._seen = seen

    def read(self, body: str) -> Incoming:
        return Incoming.model_validate_json(body)

    async def fetch(self, attachment: Attachment, target: Path) -> None:
        return

    async def send(self, parcel: Parcel) -> int | None:
        self._seen.append((self._clock.now(), parcel))
        return None

    def heard(self, incoming: Incoming, speaker: Speaker) -> None:
        return


async def foresee(
    database: Database,
    reminders: Reminders,
    *,
    start: datetime,
    end: datetime,
    catalogue: Catalogue,
    released_at: Callable[[datetime], datetime],
) -> list[Foreseen]:
    """What would be sent from `start` to `end` if nobody did anything, in order of time."""
    with tempfile.TemporaryDirectory(prefix="hegui-simulate-") as folder:
        url = f"sqlite:///{folder}/copy.db"
        await upgrade(url)
        copy = Database(url)
        try:
            await _copy(database, copy, end)
            return await _run(copy, reminders, start, end, catalogue, released_at)
        finally:
            await copy.close()


async def _copy(database: Database, copy: Database, end: datetime) -> None:
    conditions = {
        reminder: ARMED & (reminder.c.next_due <= end),
        outbox: QUEUED & (outbox.c.ready_at <= end),
    }
    tables: tuple[Table, ...] = (person, address, enterprise, membership, reminder, outbox)
    async with database.read() as tx:
        for table in tables:
            wanted = select(table)
            if table in conditions:
                wanted = wanted.where(conditions[table])
            result = await tx.connection.stream(wanted)
            async for rows in result.mappings().partitions(PIECE):
                async with copy.write() as written:
                    await written.insert(table, [dict(row) for row in rows])


async def _run(
    copy: Database,
    reminders: Reminders,
    start: datetime,
    end: datetime,
    catalogue: Catalogue,
    released_at: Callable[[datetime], datetime],
) -> list[Foreseen]:
    clock = VirtualClock(start)
    seen: list[tuple[datetime, Parcel]] = []
    async with copy.read() as tx:
        channels = {name: _Onlooker(name, clock, seen) for name in await _channels(tx)}
    sender = Sender(
        copy, channels, clock=clock, catalogue=catalogue, owner="simulate", released_at=released_at, in_flight=64
    )
    worker = ReminderWorker(copy, reminders, clock=clock, letters_queued=lambda: None)
    moment: datetime | None = start
    while moment is not None and moment <= end:
        clock.set(moment)
        await worker.tick()
        while await sender.tick():
            await sender.drain()
        moment = await _next(copy, reminders, moment)
    return await _told(copy, seen)


async def _channels(tx: Transaction) -> list[str]:
    reached = select(address.c.channel).union(select(outbox.c.channel))
    return [row.channel for row in await tx.all(reached)]


async def _next(copy: Database, reminders: Reminders, after: datetime) -> datetime | None:
    async with copy.read() as tx:
        due = (await reminders.next_due(tx), await outbox_store.next_ready(tx, await _channels(tx)))
    return min((moment for moment in due if moment is not None and moment > after), default=None)


async def _told(copy: Database, seen: list[tuple[datetime, Parcel]]) -> list[Foreseen]:
    async with copy.read() as tx:
        rows = await tx.all(select(outbox.c.id, outbox.c.kind, outbox.c.about, outbox.c.lane))
    known = {row.id: row for row in rows}
    return [
        Foreseen(
            at=at,
            kind=known[parcel.id].kind,
            recipient=parcel.person,
            about=known[parcel.id].about,
            lane=known[parcel.id].lane,
            text=parcel.reply.plain(),
        )
        for at, parcel in seen
    ]
