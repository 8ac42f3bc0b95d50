"""Telegram calls us: an update is confirmed with 200 only after it is on disk.

The secret is compared before anything is read. Who does not know it learns nothing; Telegram itself is told with 503
to come again while the store is down or too much waits. Tells Telegram where to call, or not to call any more.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from hegui.channels.telegram.arriving import KINDS, Inbox, arrival, unreadable
from hegui.channels.telegram.gathering import Gathering, NotKept
from hegui.channels.telegram.outcomes import pause_of
from hegui.delivery.inbox.store import Arrival
from hegui.foundation.clock import Clock
from hegui.foundation.errors import EnvironmentProblem

log = structlog.get_logger(__name__)
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  the name of a header
LARGEST_BODY = 1024 * 1024  # bytes
BODY_SECONDS = 5.0
LOOK_SECONDS = 1.0  # how long the number of waiting updates counts as known
COME_AGAIN = {"Retry-After": "5"}
CONNECTIONS = 40  # how many calls Telegram may make at the same time
PAUSES = (1.0, 2.0, 4.0)  # seconds between the tries to reach Telegram
LONGEST_PAUSE = 60.0


class TooLarge(Exception):
    """A body over the limit."""


class Webhook:
    """Takes the updates of one bot. `secret` is what Telegram sends along with each."""

    def __init__(self, bot_id: int, secret: str, inbox: Inbox, *, clock: Clock, most_backlog: int = 10_000) -> None:
        self.source = f"telegram:{bot_id}"
        self._secret = sha256(secret.encode()).digest()
        self._inbox = inbox
        self._clock = clock
        self._most_backlog = most_backlog
        self._crowded = False
        self._looked_at: float | None = None
        self._gathering = Gathering(self._put)

    async def __call__(self, request: Request) -> Response:
        """The answer to one call: 200 means that the update is on disk."""
        given = sha256(request.headers.get(SECRET_HEADER, "").encode()).digest()
        if not hmac.compare_digest(given, self._secret):  # of digests: the time does not even tell the length
            return Response(status_code=401)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except TooLarge:
            return Response(status_code=413)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        return await self._kept(body)

    async def _kept(self, body: bytes) -> Response:
        try:
            await self._gathering.keep(_arrival(body))
        except NotKept:
            return Response(status_code=503, headers=COME_AGAIN)
        return Response(status_code=200)

    async def _put(self, arrivals: list[Arrival]) -> None:
        if await self._too_much_waits():
            raise NotKept("too much waits")
        await self._inbox.put(self.source, "telegram", arrivals)

    async def _too_much_waits(self) -> bool:
        now = self._clock.monotonic()
        if self._looked_at is None or now - self._looked_at >= LOOK_SECONDS:
            self._crowded = await self._inbox.backlog() > self._most_backlog
            self._looked_at = now
        return self._crowded


async def _body(request: Request) -> bytes:
    """Raises TooLarge before more than the limit was taken."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > LARGEST_BODY:
        raise TooLarge
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise TooLarge
    return bytes(body)


def _arrival(body: bytes) -> Arrival:
    """What cannot be read is kept all the same: refused, it would come again for a day and hold up its chat."""
    try:
        found = arrival(json.loads(body))
    except (ValueError, RecursionError):
        found = None
    if found is None:
        log.error("an update without a number was set aside", bytes=len(body))
    return found or unreadable(body)


# ---- telling Telegram -------------------------------------------------------------------------------------------


async def announce(bot: Bot, url: str, secret: str, pauses: tuple[float, ...] = PAUSES) -> None:
    """Telegram calls this address from now on. Raises EnvironmentProblem where it does not take it."""
    await _insist(
        lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=list(KINDS), max_connections=CONNECTIONS),
        pauses,
    )
    log.info("Telegram calls the webhook from now on")


async def withdraw(bot: Bot, pauses: tuple[float, ...] = PAUSES) -> None:
    """Telegram calls nobody from now on: we ask. What waits there is kept."""
    await _insist(lambda: bot.delete_webhook(drop_pending_updates=False), pauses)


async def _insist(tell: Callable[[], Awaitable[Any]], pauses: tuple[float, ...]) -> None:
    for pause in (*pauses, None):
        problem = await _try(tell)
        if problem is None:
            return
        said, seconds = problem
        log.warning("Telegram could not be told where to call", problem=said)
        if pause is not None:
            await asyncio.sleep(max(pause, seconds))
    raise EnvironmentProblem(f"Telegram could not be told where to call ({said}). Check the network and base_url.")


async def _try(tell: Callable[[], Awaitable[Any]]) -> tuple[str, float] | None:
    """What went wrong, if anything, and for how many seconds Telegram wants to be left alone."""
    try:
        await tell()
    except BadRequest as error:
        raise EnvironmentProblem(f"Telegram does not take telegram.webhook_url: {error.message[:200]}") from None
    except InvalidToken:
        raise EnvironmentProblem("Telegram refuses the bot's token. Get a valid one from @BotFather.") from None
    except RetryAfter as error:
        return type(error).__name__, min(pause_of(error).total_seconds(), LONGEST_PAUSE)
    except TelegramError as error:
        return type(error).__name__, 0.0
    return None
