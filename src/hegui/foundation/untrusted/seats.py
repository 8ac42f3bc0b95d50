"""Who may have a file opened now: one at a time for each person or enterprise, two in all. Others wait a little."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hegui.foundation.errors import Refusal

SEATS = 2
PATIENCE_SECONDS = 5.0


class Seats:
    """Lives as long as the program."""

    def __init__(self, seats: int = SEATS, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._free = asyncio.Semaphore(seats)
        self._patience_seconds = patience_seconds
        self._taken: set[str] = set()

    @asynccontextmanager
    async def taken(self, key: str) -> AsyncIterator[None]:
        """A seat while a file is opened. Raises Refusal if this key has one, or none comes free in time."""
        if key in self._taken:
            raise Refusal("upload.one_at_a_time")
        self._taken.add(key)
        try:
            await self._wait()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._taken.discard(key)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._free.acquire()
        except TimeoutError:
            raise Refusal("upload.busy") from None
