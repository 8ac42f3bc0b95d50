"""Housekeeping (清理): once an hour, what nobody can need any more goes: finished updates, files that no row names."""

import asyncio
from datetime import timedelta

import structlog

from hegui.capabilities.file_check import service as file_check
from hegui.capabilities.file_check import store as uploaded
from hegui.capabilities.self_check import store as self_check
from hegui.delivery.inbox import store as inbox
from hegui.delivery.outbox import store as outbox
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.files import FileFolder

log = structlog.get_logger(__name__)
EVERY = timedelta(hours=1)
SETTLES_WITHIN = timedelta(days=1)  # a file younger than this may belong to an update that is still being handled


class Housekeeper:
    """Works in small pieces and never takes what a row points to."""

    def __init__(self, database: Database, files: FileFolder, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.tidy()
            except Exception:
                log.exception("housekeeping failed; it is tried again in an hour")
            try:
                async with asyncio.timeout(EVERY.total_seconds()):
                    await stop.wait()
            except TimeoutError:
                continue

    async def tidy(self) -> None:
        await self.forget_updates()
        await self.forget_paces()
        await self.forget_files()
        await self.sweep_files()

    async def forget_paces(self) -> None:
        """When a chat might send again, once that is a day ago."""
        async with self._database.write() as tx:
            await outbox.forget_paces(tx, self._clock.now() - SETTLES_WITHIN)

    async def forget_files(self) -> None:
        """Files that people sent to be looked at, once they were kept long enough."""
        while True:
            async with self._database.write() as tx:
                if not await file_check.forget_old(tx, self._clock.now()):
                    return

    async def forget_updates(self) -> None:
        while True:
            async with self._database.write() as tx:
                if not await inbox.purge(tx, self._clock.now()):
                    return
            await asyncio.sleep(0)  # others go first

    async def sweep_files(self) -> int:
        """Removes files that people took back; says how many."""
        async with self._database.read() as tx:
            named = await self_check.stored_files(tx) | await uploaded.stored_files(tx)
        return await asyncio.to_thread(self._files.sweep, named, self._clock.now() - SETTLES_WITHIN)
