"""Fires reminders when they are due: sleeps until the next one, at most a second blind."""

import asyncio
from collections.abc import Callable

import structlog

from hegui.delivery.reminders.service import Reminders
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database

log = structlog.get_logger(__name__)
BATCH = 500


class ReminderWorker:
    """Queues what is due. The moment of firing is this clock's; a lead is never fired before it."""

    def __init__(
        self, database: Database, reminders: Reminders, *, clock: Clock, letters_queued: Callable[[], None]
    ) -> None:
        self._database = database
        self._reminders = reminders
        self._clock = clock
        self._letters_queued = letters_queued

    async def run(self, stop: asyncio.Event) -> None:
        recounted = False
        while not stop.is_set():
            try:
                if not recounted:
                    await self.recount()
                    recounted = True
                await self.tick()
            except Exception:
                log.exception("reminders could not be fired; they stay due")
            await self._rest(stop)

    async def recount(self) -> None:
        """Rows counted by an older calendar are counted anew, in small pieces."""
        while True:
            async with self._database.write() as tx:
                if not await self._reminders.recount(tx):
                    return

    async def tick(self) -> int:
        """Fires everything that is due now; returns how many reminders."""
        fired = 0
        while await self._due():
            async with self._database.write() as tx:
                batch = await self._reminders.fire(tx, self._clock.now(), BATCH)
                tx.after_commit(self._letters_queued)
            fired += batch
            if batch == 0:
                break
        return fired

    async def _due(self) -> bool:
        async with self._database.read() as tx:
            next_due = await self._reminders.next_due(tx)
        return next_due is not None and next_due <= self._clock.now()

    async def _rest(self, stop: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(1):
                await stop.wait()
        except TimeoutError:
            return
