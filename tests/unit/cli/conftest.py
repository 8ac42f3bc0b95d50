"""A data folder for commands: empty, migrated, or with a made-up enterprise and an open case."""

import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.fakes import SeededRandomness
from tests.unit.cli.commands import Commands

from hegui.bootstrap.program import Program
from hegui.cli.demo_data import Furnished, furnish
from hegui.foundation.clock import Clock, SystemClock
from hegui.foundation.database.store import Database
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

Furnish = Callable[[str, Clock], Awaitable[Furnished]]


@pytest.fixture
def hegui(tmp_path: Path) -> Commands:
    """Commands on a folder where nothing is yet."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return Commands(folder)


@pytest.fixture
def migrated(hegui: Commands, sqlite_url: str, index: Path) -> Commands:
    shutil.copytree(index, hegui.data_dir / "index")
    file = hegui.data_dir / "hegui.db"
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), file)
    file.chmod(0o600)
    return hegui


@pytest.fixture
def furnish_at(rulebook: Rulebook, hegui: Commands) -> Furnish:
    """Fills the store at an address; the same rows whenever clock and address are alike."""

    async def fill(url: str, clock: Clock) -> Furnished:
        database = Database(url)
        settings = Settings(data_dir=hegui.data_dir)
        program = Program(settings, rulebook, database, channels={}, clock=clock, randomness=SeededRandomness(7))
        try:
            return await furnish(program, "zh", timedelta(hours=1))
        finally:
            await database.close()

    return fill


@pytest.fixture
async def furnished(migrated: Commands, furnish_at: Furnish) -> Furnished:
    """An enterprise, a finished self-check and a case whose next reminder leaves in an hour."""
    return await furnish_at(f"sqlite:///{migrated.data_dir / 'hegui.db'}", SystemClock())
