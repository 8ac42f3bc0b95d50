"""Rows that older versions wrote are brought into the chain: numbered without gaps, linked, then protected."""

from pathlib import Path

import pytest
from alembic import command
from alembic.script import Script, ScriptDirectory
from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.audit_log import act, report
from tests.fakes import FixedClock

from hegui.foundation.audit import audit_log
from hegui.foundation.database import dialect
from hegui.foundation.database.migrate import _config, upgrade
from hegui.foundation.database.store import Database

OLD = text(
    "insert into audit_log (seq, at, actor, door, act, about, outcome, detail) "
    "values (:seq, 1700000000000 + :seq, 'p', 'program', 'old', :about, 'done', '{}')"
)
NUMBERS = [3, 4, 7, *range(1_500, 3_000)]


def migration() -> Script:
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return next(script for script in scripts if hasattr(script.module, "link_all"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    server = make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("drop database if exists before_the_chain"))
        await connection.execute(text("create database before_the_chain"))
    await engine.dispose()
    return server.set(database="before_the_chain").render_as_string(hide_password=False)


async def test_old_rows_are_linked_without_gaps_and_the_log_goes_on(empty_url: str, clock: FixedClock) -> None:
    engine = dialect.open_writer(empty_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(_config(c), str(migration().down_revision)))
        await connection.execute(OLD, [{"seq": n, "about": f"old:{n}"} for n in NUMBERS])
    await engine.dispose()
    await upgrade(empty_url)

    database = Database(empty_url)
    await act(database, clock, "new")
    async with database.read() as tx:
        rows = await tx.all(select(audit_log.c.seq, audit_log.c.about).order_by(audit_log.c.seq))
    assert [row.seq for row in rows] == list(range(1, len(NUMBERS) + 2))
    assert [row.about for row in rows] == [*(f"old:{n}" for n in NUMBERS), "case:c1"]
    assert (await report(database)).ok
    with pytest.raises(Exception, match="never changed"):
        async with database.write() as tx:
            await tx.execute(text("delete from audit_log"))
    await database.close()
