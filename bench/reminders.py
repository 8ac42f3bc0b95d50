"""Reminders: how long a claim of 100 takes with 100 thousand and with a million pending, and how many fire a second."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.measuring import folder, line, percentile, postgresql, store
from hegui.delivery.reminders import store as reminder_store
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.store import reminder
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.randomness import SystemRandomness
from hegui.registry.tables import address, person
from hegui.rulebook.loader import default_folder, load

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DUE, PEOPLE, PIECE, CLAIM = 10_000, 1_000, 1_000, 100


def _rows(pending: int) -> Iterator[dict[str, Any]]:
    """Reminders spread over the coming year; the first ten thousand are due."""
    for n in range(pending):
        wait = timedelta(minutes=n % 500_000) if n >= DUE else -timedelta(seconds=n % 3600)
        yield {
            "id": f"r{n:09d}",
            "about": f"case:{n:09d}",
            "reference": f"{n}",
            "person": f"p{n % PEOPLE}",
            "ladder": "deadline",
            "due": (NOW + timedelta(days=5)).date(),
            "zone": "Asia/Shanghai",
            "deadline_version": 1,
            "lead_index": 1,
            "next_due": NOW + wait,
            "state": "armed",
            "calendar_version": 1,
            "provisional": False,
            "times_fired": 0,
            "created_at": NOW,
        }


async def _fill(database: Database, pending: int) -> None:
    people = [{"id": f"p{n}", "role": "member", "language": "zh", "created_at": NOW} for n in range(PEOPLE)]
    where = [
        {"channel": "telegram", "address": str(n), "person": f"p{n}", "on": True, "changed_at": NOW}
        for n in range(PEOPLE)
    ]
    async with database.write() as tx:
        await tx.insert(person, people)
        await tx.insert(address, where)
    piece: list[dict[str, Any]] = []
    for row in _rows(pending):
        piece.append(row)
        if len(piece) == PIECE:
            async with database.write() as tx:
                await tx.insert(reminder, piece)
            piece = []


async def _claim_milliseconds(database: Database, rounds: int = 60) -> list[float]:
    """The claim alone, in a transaction that is undone."""
    taken = []
    for _ in range(rounds):
        with_undo = _Undo()
        try:
            async with database.write() as tx:
                start = time.perf_counter()
                rows = await reminder_store.due(tx, NOW, CLAIM)
                taken.append((time.perf_counter() - start) * 1000)
                assert len(rows) == CLAIM
                raise with_undo
        except _Undo:
            continue
    return taken


class _Undo(Exception):
    """Undoes a transaction on purpose."""


async def _fired_a_second(database: Database, reminders: Reminders) -> float:
    fired, start = 0, time.perf_counter()
    while fired < DUE:
        async with database.write() as tx:
            fired += await reminders.fire(tx, NOW, CLAIM)
    return fired / (time.perf_counter() - start)


async def run(sizes: tuple[int, ...] = (100_000, 1_000_000)) -> None:
    rulebook = load(default_folder())
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    reminders = Reminders(timetable, quiet=None, catalogue=Catalogue.load(), randomness=SystemRandomness())
    with folder() as where, postgresql(where) as server:
        for kind in ("sqlite", "postgresql"):
            claims: dict[int, float] = {}
            for size in sizes:
                async with store(kind, where, server, f"pending_{size}") as database:
                    await _fill(database, size)
                    taken = await _claim_milliseconds(database)
                    claims[size] = percentile(taken, 50)
                    rate = await _fired_a_second(database, reminders)
                line(
                    f"reminders, {kind}, {size} pending",
                    claim_of_100_p50_ms=claims[size],
                    p99_ms=percentile(taken, 99),
                    fired_per_second=rate,
                )
            line(f"reminders, {kind}: claim, last size / first", ratio=claims[sizes[-1]] / claims[sizes[0]])


if __name__ == "__main__":
    asyncio.run(run())
