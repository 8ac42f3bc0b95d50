"""How Telegram's updates come in: it calls our webhook, or we ask it; never both."""

import asyncio
import hmac
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hegui.bootstrap.program import Program
from hegui.foundation.randomness import SystemRandomness
from hegui.foundation.secret_key import secret_key
from hegui.settings import Settings, WrongSettings

if TYPE_CHECKING:
    from hegui.channels.telegram.channel import TelegramChannel

Work = list[Coroutine[Any, Any, None]]


def check_webhook(settings: Settings) -> None:
    """Raises WrongSettings for a webhook that nobody could answer."""
    from hegui.bootstrap.web import HEALTH

    url = settings.telegram.webhook_url
    if url is None:
        return
    if not settings.web.port:
        raise WrongSettings("telegram.webhook_url needs web.port: the port on which Hegui answers.")
    if urlsplit(url).path == HEALTH:
        raise WrongSettings(f"telegram.webhook_url must not end in {HEALTH}: that tells whether Hegui is well.")


async def receiving(
    settings: Settings, program: Program, bot: "TelegramChannel | None", stop: asyncio.Event, stack: AsyncExitStack
) -> Work:
    """What is to run so that updates come in and the web server answers. Telegram has been told when this returns."""
    url = settings.telegram.webhook_url
    if bot is None:
        return _web(settings, program, stop, stack)
    from hegui.channels.telegram.webhook import Webhook, announce, withdraw

    if url is None:
        await withdraw(bot.bot)
        return [*_web(settings, program, stop, stack), _polling(settings, program, bot, stop)]
    secret = webhook_secret(settings)
    webhook = Webhook(bot.bot_id, secret, program, clock=program.clock)
    work = _web(settings, program, stop, stack, {urlsplit(url).path: webhook})
    await announce(bot.bot, url, secret)
    return work


def _polling(
    settings: Settings, program: Program, bot: "TelegramChannel", stop: asyncio.Event
) -> Coroutine[Any, Any, None]:
    from hegui.channels.telegram.poller import Poller

    proxy = settings.telegram.proxy
    return Poller(bot.bot, program, clock=program.clock, proxy=proxy.get_secret_value() if proxy else None).run(stop)


def _web(settings: Settings, program: Program, stop: asyncio.Event, stack: AsyncExitStack, posts: Any = None) -> Work:
    if not settings.web.port:
        return []
    from hegui.bootstrap.web import application, listen, serve_web

    listening = stack.enter_context(listen(settings.web.host, settings.web.port))
    return [serve_web(application(program.database, stop, posts or {}), listening, stop)]


def webhook_secret(settings: Settings) -> str:
    """The secret that Telegram sends with each call: the one of the settings, or one made of this store's key."""
    if given := settings.telegram.webhook_secret:
        return given.get_secret_value()
    key = secret_key(
        settings.data_dir / "signing.key", SystemRandomness(), without="buttons sent so far will stop working."
    )
    return hmac.digest(key, b"telegram webhook", sha256).hex()
