"""The chain on both stores: no gap, no way to change a row, nothing recorded that was undone, detail erased."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update
from tests.audit_log import KEY, act, notary, report
from tests.fakes import FixedClock

from hegui.foundation import audit
from hegui.foundation.audit import chain, sealing
from hegui.foundation.audit.checkpoints import read_checkpoints, read_keys
from hegui.foundation.audit.tables import audit_checkpoint, audit_key, audit_log
from hegui.foundation.audit.writing import Book
from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem, Refusal

WRAPPING = b"w" * 32


async def numbers(database: Database) -> list[int]:
    async with database.read() as tx:
        return [row.seq for row in await tx.all(select(audit_log.c.seq).order_by(audit_log.c.seq))]


async def test_concurrent_transactions_leave_no_gap_and_one_chain(database: Database, clock: FixedClock) -> None:
    async def one(name: str) -> None:
        async with database.write() as tx:
            await tx.all(select(audit_log.c.seq).limit(1))
            await audit.record(tx, name, at=clock.now(), actor="p", about="a")
            await asyncio.sleep(0)
            await audit.record(tx, name, at=clock.now(), actor="p", about="b")

    async def undone() -> None:
        with pytest.raises(RuntimeError):
            async with database.write() as tx:
                await audit.record(tx, "undone", at=clock.now(), actor="p", about="a")
                raise RuntimeError

    await asyncio.gather(*(one(f"act {n}") for n in range(30)), *(undone() for _ in range(10)))
    assert await numbers(database) == list(range(1, 61))
    assert (await report(database)).ok


async def test_what_a_refusal_undid_is_not_recorded_and_the_refusal_is(database: Database, clock: FixedClock) -> None:
    async with database.write() as tx:
        with pytest.raises(Refusal):
            async with tx.guarded():
                await audit.record(tx, "undone", at=clock.now(), actor="p", about="a")
                raise Refusal("conversation.empty")
        await audit.record(tx, "refused", at=clock.now(), actor="p", about="a")
    async with database.read() as tx:
        assert [tuple(row) for row in await tx.all(select(audit_log.c.seq, audit_log.c.act))] == [(1, "refused")]


async def test_an_act_in_a_transaction_that_only_reads_is_an_error(database: Database, clock: FixedClock) -> None:
    async with database.read() as tx:
        with pytest.raises(RuntimeError, match="only reads"):
            await audit.record(tx, "lost", at=clock.now(), actor="p", about="a")


@pytest.mark.parametrize("forbidden", [update(audit_log).values(act="another"), delete(audit_log)])
async def test_the_store_refuses_to_change_rows(database: Database, clock: FixedClock, forbidden) -> None:
    await act(database, clock, "one")
    with pytest.raises(Exception, match="never changed"):
        async with database.write() as tx:
            await tx.execute(forbidden)
    assert await numbers(database) == [1]


async def test_postgresql_refuses_to_empty_the_table(new_url, clock: FixedClock) -> None:
    database = Database(await new_url("postgresql")())
    await act(database, clock, "one")
    with pytest.raises(Exception, match="never changed"):
        async with database.write() as tx:
            await tx.execute(text("truncate audit_log"))
    await database.close()


async def test_an_act_whose_row_cannot_be_written_is_undone(database: Database, clock: FixedClock) -> None:
    with pytest.raises(EnvironmentProblem):
        async with database.write() as tx:
            await tx.insert(audit_key, [{"person": "p", "wrapped": "an act"}])
            await audit.record(tx, "named", at=clock.now(), actor="p", about="a", personal=("q", {"name": "王"}))
    async with database.read() as tx:
        assert await tx.all(select(audit_key)) == []


# ---- checkpoints ---------------------------------------------------------------------------------------------------


async def test_a_checkpoint_comes_after_a_minute_or_a_thousand_rows(database: Database, clock: FixedClock) -> None:
    async def sizes() -> list[int]:
        await signing.tick()
        async with database.read() as tx:
            return [row.size for row in await tx.all(select(audit_checkpoint.c.size).order_by("size"))]

    signing = notary(database, clock)
    assert await sizes() == []  # nothing to sign yet
    await act(database, clock, "one")
    assert await sizes() == []
    clock.advance(timedelta(seconds=60))
    assert await sizes() == [1]
    await act(database, clock, *["many"] * 999)
    assert await sizes() == [1]
    await act(database, clock, "and one")
    assert await sizes() == [1, 1001]
    clock.advance(timedelta(seconds=60))
    assert await sizes() == [1, 1001]  # nothing new
    await act(database, clock, "last")
    await signing.close()
    assert await sizes() == [1, 1001, 1002]
    found = await report(database)
    assert (found.ok, found.covered, found.checkpoints) == (True, 1002, 3)


async def test_a_new_process_goes_on_where_the_last_checkpoint_ended(database: Database, clock: FixedClock) -> None:
    for name in ("one", "two", "three"):
        await act(database, clock, name)
        assert await notary(database, clock).checkpoint()
    assert (await report(database)).covered == 3


async def test_a_place_outside_gets_what_it_missed(
    sqlite_database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    outside = tmp_path / "medium" / "audit"
    (tmp_path / "medium").write_text("not a folder yet")
    signing = notary(sqlite_database, clock, outside)
    await act(sqlite_database, clock, "one")
    await signing.checkpoint()
    (tmp_path / "medium").unlink()
    await act(sqlite_database, clock, "two")
    await signing.checkpoint()
    assert [one.size for one in read_checkpoints([outside])] == [1, 2]
    assert read_keys(outside) == {KEY}
    await signing.checkpoint()
    assert len(list(read_checkpoints([outside]))) == 2


# ---- personal detail -----------------------------------------------------------------------------------------------


async def test_erasing_a_key_takes_the_detail_and_keeps_the_chain(database_url: str, clock: FixedClock) -> None:
    database = Database(database_url, Book(wrapping_key=lambda: WRAPPING))
    async with database.write() as tx:
        for person in ("p1", "p2"):
            told = (person, {"name": "张某某"})
            await audit.record(tx, "named", at=clock.now(), actor="officer", about="x", personal=told)

    async def readable() -> list[object]:
        async with database.read() as tx:
            held = await tx.all(select(audit_log).where(audit_log.c.act == "named").order_by(audit_log.c.seq))
            assert "张某某" not in str(held)
            return [await sealing.unseal(tx, row._mapping, lambda: WRAPPING) for row in held]

    assert await readable() == [{"name": "张某某"}, {"name": "张某某"}]
    await notary(database, clock).checkpoint()
    async with database.write() as tx:
        assert await sealing.erase(tx, "p1", now=clock.now(), actor="officer")
        assert not await sealing.erase(tx, "p3", now=clock.now(), actor="officer")
    assert await readable() == [None, {"name": "张某某"}]
    async with database.write() as tx:  # a new key does not bring the old detail back
        await audit.record(tx, "named", at=clock.now(), actor="officer", about="x", personal=("p1", {"name": "新"}))
    assert await readable() == [None, {"name": "张某某"}, {"name": "新"}]
    found = await report(database)
    assert (found.ok, found.covered, found.rows) == (True, 2, 4)
    await database.close()


async def test_a_log_may_go_on_with_sm3_and_a_machine_without_it_says_so(sqlite_url: str, clock: FixedClock) -> None:
    if "sm3" not in hashlib.algorithms_available:
        with pytest.raises(EnvironmentProblem, match="no sm3"):
            chain.check_algorithm("sm3")
        return
    for algorithm in ("sha256", "sm3", "sha256"):
        database = Database(sqlite_url, Book(algorithm=algorithm))
        await act(database, clock, "one", "two")
        await database.close()
    database = Database(sqlite_url)
    assert (await report(database)).ok
    async with database.read() as tx:
        assert {row.algorithm for row in await tx.all(select(audit_log.c.algorithm))} == {"sha256", "sm3"}
    await database.close()


def test_a_hash_that_this_machine_lacks_is_said() -> None:
    with pytest.raises(EnvironmentProblem, match="no md4x"):
        chain.check_algorithm("md4x")
