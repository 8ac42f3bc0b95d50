"""All that differs between SQLite and PostgreSQL. No other module may ask which store it is on.

Parameters are hidden in errors: they are what people wrote, and errors are logged.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from hegui.foundation.errors import EnvironmentProblem

SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "trusted_schema=OFF")


@contextmanager
def opening(url: str) -> Iterator[None]:
    """Raises EnvironmentProblem where the store cannot be opened; the address is named without its password."""
    try:
        yield
    except (DBAPIError, OSError) as problem:
        why = problem.orig if isinstance(problem, DBAPIError) else problem
        raise EnvironmentProblem(f"The database {shown(url)} cannot be opened: {why}") from problem


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def file_of(url: str) -> Path | None:
    """The database file of a SQLite address; None for PostgreSQL."""
    name = make_url(url).database
    return Path(name) if is_sqlite(url) and name else None


def shown(url: str) -> str:
    """The address as it may be printed: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def driver_url(url: str) -> str:
    """The address with our drivers: people may write sqlite:// or postgresql:// alone."""
    made = make_url(url)
    driver = "sqlite+aiosqlite" if made.get_backend_name() == "sqlite" else "postgresql+asyncpg"
    return made.set(drivername=driver).render_as_string(hide_password=False)


def open_writer(url: str) -> AsyncEngine:
    """SQLite: the one connection that writes and checkpoints, always BEGIN IMMEDIATE. PostgreSQL: a pool."""
    if not is_sqlite(url):
        return create_async_engine(driver_url(url), pool_size=8, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(driver_url(url), pool_size=1, max_overflow=0, hide_parameters=True)
    _prepare_sqlite(engine.sync_engine, begin="BEGIN IMMEDIATE", pragmas=SQLITE_PRAGMAS)
    return engine


def open_reader(url: str) -> AsyncEngine | None:
    """SQLite: connections that cannot write. PostgreSQL reads through the writer's pool."""
    if not is_sqlite(url):
        return None
    engine = create_async_engine(driver_url(url), pool_size=4, hide_parameters=True)
    pragmas = ("busy_timeout=5000", "query_only=ON", "wal_autocheckpoint=0", "trusted_schema=OFF")
    _prepare_sqlite(engine.sync_engine, begin="BEGIN", pragmas=pragmas)
    return engine


def pool_size(engine: AsyncEngine) -> int:
    """How many connections the engine may open."""
    pool = engine.pool
    return pool.size() + max(pool._max_overflow, 0) if isinstance(pool, QueuePool) else 1  # noqa: SLF001  no public name


def _prepare_sqlite(engine: Engine, *, begin: str, pragmas: Sequence[str]) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT on the present store."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def library_version(connection: AsyncConnection) -> tuple[int, ...]:
    """Version of the SQLite library or the PostgreSQL server."""
    ask = "select sqlite_version()" if connection.dialect.name == "sqlite" else "show server_version"
    text = (await connection.exec_driver_sql(ask)).scalar_one()
    return tuple(int(part) for part in str(text).split()[0].split(".") if part.isdigit())


ADVISORY_LOCK = 0x4865677569  # "Hegui"
CHAIN_LOCK = ADVISORY_LOCK + 1


async def hold_chain(connection: AsyncConnection) -> None:
    """Until the commit nobody else adds to the audit log. On SQLite the one writer holds everything already."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})


def append_only(connection: Connection, table: str) -> tuple[str, ...]:
    """Statements after which the store refuses to change or delete rows of the table."""
    refused = f"rows of {table} are never changed"
    if connection.dialect.name == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
            for act in ("UPDATE", "DELETE")
        )
    refuse = f"EXECUTE FUNCTION {table}_refuse()"
    function = f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql"
    return (
        f"{function} AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    )


@asynccontextmanager
async def advisory_lock(url: str) -> AsyncIterator[bool]:
    """Takes PostgreSQL's lock for the running program, on a connection of its own; says whether it was free."""
    engine = create_async_engine(driver_url(url), pool_size=1, max_overflow=0, isolation_level="AUTOCOMMIT")
    try:
        with opening(url):
            connection = await engine.connect()
            taken = await connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            yield bool(taken.scalar_one())
        finally:
            await connection.close()
    finally:
        await engine.dispose()
