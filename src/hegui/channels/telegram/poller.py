"""Long polling into the inbox: a batch is confirmed to Telegram only after it is on disk.

The next call's offset confirms. It is sent only while there is something to confirm: after a silent week Telegram's
numbers start anew, perhaps lower, and an old offset would throw away what is new. Repeats are dropped by the inbox.
"""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from pydantic import BaseModel, ConfigDict
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from hegui.channels.telegram.arriving import KINDS, Inbox, arrival
from hegui.channels.telegram.outcomes import pause_of
from hegui.channels.telegram.request import AiohttpRequest
from hegui.foundation.clock import Clock
from hegui.foundation.errors import EnvironmentProblem

log = structlog.get_logger(__name__)
BATCH = 100
T = TypeVar("T")


class Patience(BaseModel):
    """How long the poller waits for what, in seconds, and how much it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    long_poll: int = 30
    answer: float = 10  # on top of the long poll
    first_pause: float = 1
    longest_pause: float = 60
    conflict_pause: float = 3
    most_conflicts: int = 3
    most_backlog: int = 10_000


class Poller:
    """Receives the updates of one bot. Only one may run on a bot: two throw each other out."""

    def __init__(
        self, bot: Bot, inbox: Inbox, *, clock: Clock, proxy: str | None = None, patience: Patience | None = None
    ) -> None:
        self.source = f"telegram:{bot.id}"
        self._url = f"{bot.base_url}/getUpdates"
        self._inbox = inbox
        self._clock = clock
        self._patience = patience or Patience()
        self._call_seconds = self._patience.long_poll + self._patience.answer
        self._request = AiohttpRequest(pool_size=2, call_seconds=self._call_seconds, proxy=proxy)
        self._to_confirm: int | None = None
        self._failures = 0
        self._conflicts = 0
        self._good_at = clock.monotonic()

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`. Raises EnvironmentProblem where going on is of no use."""
        await self._request.initialize()
        try:
            while not stop.is_set():
                await _unless(stop, asyncio.sleep(await self._round(stop)))
        finally:
            await self._request.shutdown()

    async def _round(self, stop: asyncio.Event) -> float:
        """One poll; returns after how many seconds the next may follow."""
        try:
            return await self._receive(stop)
        except InvalidToken:
            raise EnvironmentProblem("Telegram refuses the bot's token. Get a valid one from @BotFather.") from None
        except Conflict:
            return self._conflict()
        except RetryAfter as error:
            return min(pause_of(error).total_seconds(), self._patience.longest_pause)
        except TelegramError as error:
            return await self._failed(type(error).__name__)
        except Exception:
            log.exception("updates could not be kept; they will be asked for again")
            return await self._failed("not kept")

    async def _receive(self, stop: asyncio.Event) -> float:
        if await self._inbox.backlog() > self._patience.most_backlog:
            return self._patience.first_pause
        updates = await _unless(stop, self._poll())
        if updates is not None:
            self._to_confirm = None
            await self._keep(updates)
            self._failures = self._conflicts = 0
            self._good_at = self._clock.monotonic()
        return 0

    async def _poll(self) -> Sequence[Any]:
        wanted = {"limit": BATCH, "timeout": self._patience.long_poll, "allowed_updates": json.dumps(KINDS)}
        if self._to_confirm is not None:
            wanted["offset"] = self._to_confirm + 1
        updates = await self._request.post(f"{self._url}?{urlencode(wanted)}")
        if not isinstance(updates, list):
            raise TelegramError("Invalid server response")
        return updates

    async def _keep(self, updates: Sequence[Any]) -> None:
        arrivals = [kept for update in updates if (kept := arrival(update))]
        if len(arrivals) < len(updates):
            log.error("updates without a number were left out", count=len(updates) - len(arrivals))
            if not arrivals:
                raise TelegramError("No update has a number")
        if arrivals:
            await self._inbox.put(self.source, "telegram", arrivals)
            self._to_confirm = arrivals[-1].update_id

    # ---- when it does not work ----------------------------------------------------------------------------------

    def _conflict(self) -> float:
        self._conflicts += 1
        if self._conflicts >= self._patience.most_conflicts:
            raise EnvironmentProblem(
                "Another program receives this bot's messages, or a webhook is set for it. Stop that one first."
            )
        log.warning("another program receives this bot's messages", times=self._conflicts)
        return self._patience.conflict_pause

    async def _failed(self, problem: str) -> float:
        """Backs off; after long deafness the connections are made anew, because a torn one may stay torn."""
        deaf_seconds = self._clock.monotonic() - self._good_at
        log.warning("polling failed", problem=problem, seconds_without=round(deaf_seconds))
        if deaf_seconds > 3 * self._call_seconds:
            await self._request.shutdown()
            await self._request.initialize()
            self._good_at = self._clock.monotonic()
        doubled = self._patience.first_pause * 2.0 ** min(self._failures, 10)
        self._failures += 1
        return min(doubled, self._patience.longest_pause)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives, or None once `stop` is set: then the work is given up at once."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
