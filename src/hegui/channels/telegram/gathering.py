"""Puts what comes at the same time into one transaction: one flush to disk for many calls of the webhook."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from hegui.delivery.inbox.store import Arrival
from hegui.foundation.errors import HeguiError

log = structlog.get_logger(__name__)
MOST = 100  # updates in one transaction
KEEP_SECONDS = 8.0  # Telegram asks again; a store that hangs must not hold its calls


class NotKept(HeguiError):
    """The update is not on disk, as far as we know: it must come again."""


class Gathering:
    """`keep` has its arrivals on disk when it returns."""

    def __init__(self, keep: Callable[[list[Arrival]], Awaitable[None]], seconds: float = KEEP_SECONDS) -> None:
        self._keep = keep
        self._seconds = seconds
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def keep(self, arrival: Arrival) -> None:
        """Returns once the arrival is on disk. Raises NotKept."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        if self._work is None:
            self._work = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                kept = await self._try([arrival for arrival, _ in batch])
                for _, done in batch:
                    if not done.done():  # a call that was given up no longer listens
                        done.set_result(None) if kept else done.set_exception(NotKept("not on disk"))
        finally:
            self._work = None

    async def _try(self, arrivals: list[Arrival]) -> bool:
        try:
            async with asyncio.timeout(self._seconds):
                await self._keep(arrivals)
        except Exception:
            log.exception("updates could not be kept; Telegram will send them again", count=len(arrivals))
            return False
        return True
