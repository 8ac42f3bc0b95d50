"""Makes the bot ready: checks the token, names the commands, keeps libraries from printing addresses with the token."""

import asyncio
import logging
import re
from collections.abc import Mapping

import structlog
from telegram import Bot, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError

from hegui.channels.telegram.buttons import Buttons
from hegui.channels.telegram.channel import TelegramChannel
from hegui.channels.telegram.request import AiohttpRequest
from hegui.foundation.clock import Clock
from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.language.catalogue import LANGUAGES, Language

log = structlog.get_logger(__name__)
BASE_URL = "https://api.telegram.org/bot"
BASE_FILE_URL = "https://api.telegram.org/file/bot"
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp.client", "aiohttp.internal")
PAUSES = (1.0, 2.0, 4.0)  # seconds between the tries to reach Telegram


async def connect(
    token: str,
    *,
    signing_key: bytes,
    clock: Clock,
    commands: Mapping[Language, Mapping[str, str]],
    default_language: Language = "zh",
    base_url: str = BASE_URL,
    base_file_url: str = BASE_FILE_URL,
    proxy: str | None = None,
    pool_size: int = 64,
    pauses: tuple[float, ...] = PAUSES,
) -> TelegramChannel:
    """The channel, ready to use; `commands` are names and what they are for, by language.

    Raises EnvironmentProblem, which never holds the token.
    """
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    token = token.strip()
    if not TOKEN.fullmatch(token):
        raise EnvironmentProblem("That is no Telegram token: @BotFather gives a number, a colon and a long word.")
    if proxy and not proxy.startswith(("http://", "https://")):
        raise EnvironmentProblem("telegram.proxy must begin with http:// or https://.")
    request = AiohttpRequest(pool_size=pool_size, proxy=proxy)
    bot = Bot(token, base_url, base_file_url, request=request, get_updates_request=request)
    try:
        await _reach(bot, pauses)
        await _name_commands(bot, commands, default_language)
    except BaseException:
        await request.shutdown()
        raise
    return TelegramChannel(bot, request, Buttons(signing_key), clock)


async def user_name(token: str, base_url: str = BASE_URL, proxy: str | None = None) -> str | None:
    """The bot's user name, asked once; None where Telegram does not tell it."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    request = AiohttpRequest(pool_size=1, proxy=proxy)
    try:
        await request.initialize()
        return (await Bot(token.strip(), base_url, request=request, get_updates_request=request).get_me()).username
    except TelegramError:
        return None
    finally:
        await request.shutdown()


async def _reach(bot: Bot, pauses: tuple[float, ...]) -> None:
    for pause in (*pauses, None):
        problem = await _try(bot)
        if problem is None:
            return
        log.warning("Telegram cannot be reached", problem=problem)
        if pause is not None:
            await asyncio.sleep(pause)
    raise EnvironmentProblem(f"Telegram cannot be reached ({problem}). Check the network, telegram.proxy and base_url.")


async def _try(bot: Bot) -> str | None:
    """What went wrong, if anything."""
    refused = False
    try:
        await bot.initialize()
    except InvalidToken:
        refused = True  # raised below: PTB's own error holds the token, and ours must not remember it
    except TelegramError as error:
        return f"{type(error).__name__}: {error.message[:120]}"
    if refused:
        raise EnvironmentProblem("Telegram refuses the bot's token. Get a valid one from @BotFather.")
    return None


async def _name_commands(bot: Bot, commands: Mapping[Language, Mapping[str, str]], default_language: Language) -> None:
    """The menu of private chats: a list for each language, and one for people with any other."""
    scope = BotCommandScopeAllPrivateChats()
    listed = [(language, commands[language]) for language in LANGUAGES]
    try:
        for code, texts in [(None, commands[default_language]), *listed]:
            await bot.set_my_commands(list(texts.items()), scope=scope, language_code=code)
    except TelegramError as error:
        log.warning("the command menu could not be set", problem=type(error).__name__)
