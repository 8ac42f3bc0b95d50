"""The store itself, on SQLite and PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import select, text
from tests.fakes import FixedClock

from hegui.foundation.audit import audit_log, record
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal


async def _count(database: Database) -> int:
    async with database.read() as tx:
        return len(await tx.all(select(audit_log)))


async def test_what_was_committed_is_there(database: Database, clock: FixedClock) -> None:
    async with database.write() as tx:
        await record(tx, "tried", at=clock.now(), actor="test", about="nothing")
    async with database.read() as tx:
        row = await tx.one(select(audit_log))
    assert row is not None
    assert row.at == clock.now()


async def test_an_error_undoes_the_whole_transaction(database: Database, clock: FixedClock) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as tx:
            await record(tx, "tried", at=clock.now(), actor="test", about="nothing")
            raise RuntimeError
    assert await _count(database) == 0


async def test_a_guard_undoes_only_what_was_written_inside_it(database: Database, clock: FixedClock) -> None:
    async with database.write() as tx:
        await record(tx, "kept", at=clock.now(), actor="test", about="nothing")
        with pytest.raises(Refusal):
            async with tx.guarded():
                await record(tx, "undone", at=clock.now(), actor="test", about="nothing")
                raise Refusal("conversation.empty")
    async with database.read() as tx:
        assert [row.act for row in await tx.all(select(audit_log))] == ["kept"]


async def test_many_writers_at_once_all_succeed(database: Database, clock: FixedClock) -> None:
    async def write() -> None:
        async with database.write() as tx:
            await tx.all(select(audit_log))
            await record(tx, "tried", at=clock.now(), actor="test", about="nothing")

    await asyncio.gather(*(write() for _ in range(40)))
    assert await _count(database) == 40


async def test_after_commit_runs_only_when_everything_is_safe(database: Database) -> None:
    ran: list[str] = []
    with pytest.raises(RuntimeError):
        async with database.write() as tx:
            tx.after_commit(lambda: ran.append("wrong"))
            tx.after_rollback(lambda: ran.append("rolled back"))
            raise RuntimeError
    async with database.write() as tx:
        tx.after_commit(lambda: ran.append("committed"))
    assert ran == ["rolled back", "committed"]


async def test_a_reader_of_sqlite_cannot_write(sqlite_database: Database) -> None:
    async with sqlite_database.read() as tx:
        with pytest.raises(Exception, match="readonly"):
            await tx.execute(text("delete from audit_log"))


async def test_sqlite_keeps_what_it_promised(sqlite_database: Database) -> None:
    async with sqlite_database.write() as tx:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        found = {name: (await tx.execute(text(f"PRAGMA {name}"))).scalar_one() for name in wanted}
    assert found == wanted
