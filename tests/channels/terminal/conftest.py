"""A real program over a real store, with the terminal's door open."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.channels.terminal.clients import Raw

from hegui.bootstrap.program import Program
from hegui.channels.terminal import place
from hegui.cli.in_process import program_here
from hegui.settings import Settings


@pytest.fixture
def settings(data_dir: Path, sqlite_url: str) -> Settings:
    file = data_dir / "hegui.db"
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), file)
    return Settings(data_dir=data_dir, notifications={"quiet_hours": "off"})  # type: ignore[arg-type]


@pytest.fixture
async def program(settings: Settings) -> AsyncIterator[Program]:
    async with program_here(settings) as opened:
        yield opened


@pytest.fixture
async def raw(program: Program, data_dir: Path) -> AsyncIterator[Raw]:
    """A client that says whatever the test wants."""
    client = await Raw.connect(place.find(data_dir))
    yield client
    await client.close()
