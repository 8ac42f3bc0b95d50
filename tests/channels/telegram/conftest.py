"""A Bot API server on loopback, and our channel connected to it through the real libraries."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from tests.bot_api_server import BotApiServer, Person
from tests.fakes import FixedClock

from hegui.channels.telegram.buttons import Buttons
from hegui.channels.telegram.channel import TelegramChannel
from hegui.channels.telegram.connect import connect
from hegui.channels.telegram.request import AiohttpRequest
from hegui.conversation.turn import Speaker

KEY = bytes(range(32))
COMMANDS = {"zh": {"start": "从头开始", "check": "自查"}, "en": {"start": "Start", "check": "Self-check"}}


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as started:
        yield started


@pytest.fixture
def ann(server: BotApiServer) -> Person:
    return server.person(501, "Ann")


@pytest.fixture
def ann_speaks() -> Speaker:
    return Speaker(person="ann", role="member", language="zh", channel="telegram", address="501")


@pytest.fixture
async def channel(server: BotApiServer, clock: FixedClock) -> AsyncIterator[TelegramChannel]:
    connected = await connect(
        server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        signing_key=KEY,
        clock=clock,
        commands=COMMANDS,
        pauses=(),
    )
    yield connected
    await connected.close()


@pytest.fixture
async def slow_channel(server: BotApiServer, clock: FixedClock) -> AsyncIterator[TelegramChannel]:
    """A channel with one connection and little patience."""
    request = AiohttpRequest(pool_size=1, call_seconds=0.4)
    bot = Bot(server.token, server.base_url, server.base_file_url, request=request, get_updates_request=request)
    await bot.initialize()
    made = TelegramChannel(bot, request, Buttons(KEY), clock)
    yield made
    await made.close()
