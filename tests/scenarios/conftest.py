"""A data folder and a Bot API server for each scenario."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.bot_api_server import BotApiServer


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as started:
        yield started
