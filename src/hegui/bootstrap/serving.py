"""Serves: takes the lock, brings the store up to date, opens the channels, and runs until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.program import Program
from hegui.bootstrap.receiving import check_webhook, receiving
from hegui.bootstrap.rules import read_rules
from hegui.bootstrap.stores import open_store, prepare_folder
from hegui.channels.terminal.channel import TerminalChannel
from hegui.channels.terminal.desk import Desk
from hegui.channels.terminal.door import open_door
from hegui.conversation.router import CANCEL
from hegui.delivery.channel import Channel
from hegui.delivery.outbox.decisions import Limits
from hegui.foundation.clock import SystemClock
from hegui.foundation.database.migrate import upgrade
from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.instance import only_instance
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue, Language
from hegui.foundation.randomness import SystemRandomness
from hegui.foundation.secret_key import secret_key
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

if TYPE_CHECKING:
    from hegui.channels.telegram.channel import TelegramChannel

log = structlog.get_logger(__name__)
DRAIN_SECONDS = 10
GROUP_PER_MINUTE = 20  # what Telegram lets a bot write to one group
MENU = ("start", "ask", "check", "cases", "reminders", "ledger", "place", "human", "language", "help", CANCEL)


@asynccontextmanager
async def open_program(
    settings: Settings,
    channels: Mapping[str, Channel] | None = None,
    *,
    rulebook: Rulebook | None = None,
    **given: Any,
) -> AsyncIterator[Program]:
    """The whole house over the store as it is."""
    rulebook = rulebook or read_rules(settings)
    async with open_store(settings) as database:
        given.setdefault("bot_name", _bot_name(settings, None))
        yield Program(settings, rulebook, database, channels=channels or {}, **given)


@asynccontextmanager
async def own_program(settings: Settings, *, telegram: bool) -> AsyncIterator[tuple[Program, "TelegramChannel | None"]]:
    """The program that runs on this store, with the door for terminals open. Raises AnotherInstance."""
    prepare_folder(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(only_instance(settings.database_url))
        rulebook = read_rules(settings)  # a fault in the rules is said before the store is touched
        await upgrade(settings.database_url)
        clock = SystemClock()
        terminal = TerminalChannel(clock)
        channels: dict[str, Channel] = {terminal.name: terminal}
        bot = await connect_telegram(settings) if telegram and settings.telegram.token else None
        if bot:
            stack.push_async_callback(bot.close)
            channels[bot.name] = bot
        program = await stack.enter_async_context(
            open_program(
                settings,
                channels,
                rulebook=rulebook,
                clock=clock,
                limits=_limits(settings),
                bot_name=_bot_name(settings, bot),
            )
        )
        desk = Desk(
            program.database,
            clock=clock,
            randomness=program.randomness,
            put=program.put,
            letters_waiting=program.sender.wake,
            language=settings.language,
            order=partial(carry_out_here, program),
        )
        await stack.enter_async_context(open_door(desk, terminal, settings.data_dir))
        yield program, bot


def _bot_name(settings: Settings, bot: "TelegramChannel | None") -> Callable[[], Awaitable[str | None]]:
    """Asks for the bot's user name when it is first needed, and remembers it."""
    known = bot.bot.username if bot else None

    async def name() -> str | None:
        nonlocal known
        if known is None and settings.telegram.token:
            from hegui.channels.telegram.connect import user_name

            known = await user_name(
                settings.telegram.token.get_secret_value(), settings.telegram.base_url, _proxy(settings)
            )
        return known

    return name


async def serve(settings: Settings, *, receive: bool = True) -> None:
    """Runs until SIGTERM or SIGINT; then finishes what is under way within ten seconds."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    check_webhook(settings)
    async with own_program(settings, telegram=True) as (program, bot), AsyncExitStack() as stack:
        work = [program.run(stop), *await receiving(settings, program, bot if receive else None, stop, stack)]
        gc.collect()
        gc.freeze()  # rules and tables stay for good: no need to look at them again and again
        log.info("running", telegram=bool(bot), web=settings.web.port)
        await run_until(stop, work)
        log.info("stopped")


async def run_until(stop: asyncio.Event, work: list[Coroutine[Any, Any, None]]) -> None:
    """Runs all of it; the first to fail stops the others. Errors are raised, also those of the last settling."""
    tasks = [asyncio.create_task(one) for one in work]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    _, late = await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
    for task in (*late, stopping):
        task.cancel()
    await asyncio.gather(*late, stopping, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            task.result()


def _proxy(settings: Settings) -> str | None:
    proxy = settings.telegram.proxy
    return proxy.get_secret_value() if proxy else None


def _limits(settings: Settings) -> Mapping[str, Limits]:
    telegram = settings.telegram
    return {
        "telegram": Limits(
            per_second=telegram.per_second or None,
            chat_seconds=telegram.chat_seconds or None,
            per_minute_in_group=GROUP_PER_MINUTE if telegram.chat_seconds else None,
            paid_per_second=telegram.paid_per_second or None,
            paid_up_to_lane=telegram.paid_up_to_lane,
        )
    }


async def connect_telegram(settings: Settings) -> "TelegramChannel":
    """Raises EnvironmentProblem where the token is wrong or the server out of reach; the token is never shown."""
    from hegui.channels.telegram.connect import connect

    token = settings.telegram.token
    if token is None:
        raise EnvironmentProblem("There is no Telegram token: set HEGUI_TELEGRAM__TOKEN.")
    return await connect(
        token.get_secret_value(),
        signing_key=secret_key(
            settings.data_dir / "signing.key", SystemRandomness(), without="buttons sent so far will stop working."
        ),
        clock=SystemClock(),
        commands=menus(Catalogue.load()),
        default_language=settings.language,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
        proxy=_proxy(settings),
        pool_size=max(64, settings.telegram.under_way * 2),
    )


def menus(catalogue: Catalogue) -> dict[Language, dict[str, str]]:
    """The command menu in each language: names and what they are for."""
    return {
        language: {name: catalogue.say(language, f"commands.about.{name}") for name in MENU} for language in LANGUAGES
    }


async def try_telegram(settings: Settings) -> str:
    """The bot's user name, asked of Telegram."""
    prepare_folder(settings)
    bot = await connect_telegram(settings)
    try:
        return str(bot.bot.username)
    finally:
        await bot.close()
