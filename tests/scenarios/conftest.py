"""A data folder and a Bot API server for each scenario."""

from collections.abc import AsyncIterator

import pytest
from tests.bot_api_server import BotApiServer


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as started:
        yield started
