"""The audit log: what chaining costs an audited act, in rows and in updates; how quickly a log is signed and checked.

Before: the same rows written with a plain INSERT at the moment of the act, without number, hash and lock, into a table
like the one of old. After: as the program does it. Rounds alternate, so that a noisy machine is noisy for both.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import Column, Identity, MetaData, Table, Text
from tests.fakes import RecordingChannel

from bench.measuring import folder, line, postgresql, store
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.router import Router
from hegui.conversation.turn import Turn
from hegui.delivery.inbox import store as inbox
from hegui.delivery.inbox.store import Arrival
from hegui.delivery.inbox.worker import InboxWorker
from hegui.foundation import audit
from hegui.foundation.audit.checkpoints import Signer
from hegui.foundation.audit.export import checkpoints, rows
from hegui.foundation.audit.notary import Notary
from hegui.foundation.audit.verifying import Check
from hegui.foundation.clock import SystemClock
from hegui.foundation.database.metadata import BigInt, Moment
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.randomness import SystemRandomness

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TEXTS = ("actor", "door", "act", "about", "outcome", "detail")
plain = Table(
    "audit_plain",
    MetaData(),
    Column("seq", BigInt, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    *(Column(name, Text, nullable=False) for name in TEXTS),
)
ROUNDS, TRANSACTIONS, UPDATES, PEOPLE, LOG = 5, 80, 1_000, 100, 100_000
Record = Callable[[Transaction, int], Awaitable[None]]


async def before(tx: Transaction, n: int) -> None:
    row = {name: f"{name} {n}" for name in TEXTS} | {"at": NOW, "detail": json.dumps({"number": n})}
    await tx.execute(plain.insert(), row)


async def after(tx: Transaction, n: int) -> None:
    await audit.record(tx, f"act {n}", at=NOW, actor=f"actor {n}", about=f"about {n}", door="bench", number=n)


async def acts(database: Database, record: Record, each: int, workers: int) -> float:
    """Rows a second, by so many tasks that each write `each` rows a transaction."""

    async def work() -> None:
        for _ in range(TRANSACTIONS // workers):
            async with database.write() as tx:
                for n in range(each):
                    await record(tx, n)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(work())
    return TRANSACTIONS * each / (time.perf_counter() - began)


class Acting(Dialogue):
    """Does nothing but record an act and answer."""

    name = "acting"

    def __init__(self, record: Record) -> None:
        self._record = record

    async def on_text(self, turn: Turn, text: str) -> None:
        await self._record(turn.tx, 1)
        turn.reply(Draft().text(text).reply())


async def updates(database: Database, record: Record, catalogue: Catalogue, files: FileFolder) -> float:
    """Updates a second through the inbox worker; each leaves a row and a letter."""
    acting = Acting(record)
    worker = InboxWorker(
        database,
        Router([acting], free_text=acting, catalogue=catalogue),
        {"recording": RecordingChannel()},
        clock=SystemClock(),
        catalogue=catalogue,
        randomness=SystemRandomness(),
        files=files,
    )
    arrivals = [
        Arrival(update_id=n, address=str(n % PEOPLE), body=json.dumps({"kind": "text", "text": "hello"}))
        for n in range(UPDATES)
    ]
    async with database.write() as tx:
        await inbox.put(tx, f"bench {time.perf_counter_ns()}", "recording", arrivals, SystemClock().now())
    began = time.perf_counter()
    while await worker.tick():
        pass
    return UPDATES / (time.perf_counter() - began)


async def signing_and_checking(database: Database) -> None:
    for piece in range(0, LOG, 1_000):
        async with database.write() as tx:
            for n in range(piece, piece + 1_000):
                await after(tx, n)
    began = time.perf_counter()
    await Notary(database, lambda: Signer(bytes(32)), SystemClock()).checkpoint()
    signed = time.perf_counter() - began
    began = time.perf_counter()
    async with database.read() as tx:
        check = Check(await checkpoints(tx))
        async for row in rows(tx):
            check.add(row)
    report = check.report()
    assert report.ok, report
    per_second = report.rows / (time.perf_counter() - began)
    line("first checkpoint over a long log", rows=float(report.rows), seconds=signed)
    line("audit verify", rows_per_second=per_second)


async def compare(kind: str, database: Database, catalogue: Catalogue, files: FileFolder) -> None:
    await against(f"audited updates, {kind}", lambda record: updates(database, record, catalogue, files))
    for each, workers in ((1, 1), (1, 8), (20, 1), (20, 8)):
        await against(
            f"rows, {kind}, {each} a transaction, {workers} tasks",
            lambda record, each=each, workers=workers: acts(database, record, each, workers),  # type: ignore[misc]
        )


async def against(name: str, measure: Callable[[Record], Awaitable[float]]) -> None:
    plainly, chained = [], []
    for _ in range(ROUNDS):
        plainly.append(await measure(before))
        chained.append(await measure(after))
    old, new = statistics.median(plainly), statistics.median(chained)
    line(name, before_per_second=old, after_per_second=new, ratio=new / old)


async def run() -> None:
    catalogue = Catalogue.load()
    with folder() as where, postgresql(where) as server:
        for kind in ("sqlite", "postgresql"):
            async with store(kind, where, server, f"audit_{kind}") as database:
                async with database.write() as tx:
                    await tx.connection.run_sync(plain.metadata.create_all)
                await compare(kind, database, catalogue, FileFolder(where / "files", SystemRandomness()))
        async with store("sqlite", where, server, "audit_long") as database:
            await signing_and_checking(database)


if __name__ == "__main__":
    asyncio.run(run())
