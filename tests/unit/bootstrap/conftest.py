"""A program around a store, whose index is built once for all tests of this folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fakes import FixedClock, SeededRandomness

from hegui.bootstrap.program import Program
from hegui.foundation.database.store import Database
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

Build = Callable[[Database], Program]


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def build(index_folder: Path, rulebook: Rulebook, clock: FixedClock) -> Build:
    """Puts a program around a store."""
    randomness = SeededRandomness(3)

    def program_on(database: Database) -> Program:
        settings = Settings(data_dir=index_folder)
        return Program(settings, rulebook, database, channels={}, clock=clock, randomness=randomness)

    return program_on


@pytest.fixture
def program(build: Build, database: Database) -> Program:
    """On both stores."""
    return build(database)
