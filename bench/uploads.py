"""Files from outside: what the worst of them costs, what a long good one costs, and what others notice of it.

Every hostile file of `tests/hostile_files.py` is opened in a child as the program does it, by readers without any care
of their own. The other people's turns are texts to a running bot, one after the other, first at rest, then while two
hostile files are being opened all the time.
"""

import asyncio
import contextlib
import itertools
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import xlsxwriter
from tests.hostile_files import HOSTILE

from bench import updates
from bench.measuring import folder, line, percentile
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.guard import DOCUMENTS, TABLES, inspect

ROWS = 100_000
TURNS, ROUNDS = 150, 3
POLL_SECONDS = 0.002
HEAVY = (
    "a cell at ZZ300000",
    "a far cell in an old workbook",
    "a PDF that swells",
    "a cell of 24 MB",
    "1,048,576 rows",
)


def long_ledger(file: Path) -> Path:
    """100,000 lines of ten columns."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(ROWS):
            amounts = [chance.randint(1, 9999) / 10 for _ in range(5)]
            page.write_row(row, 0, [f"2026-01-{row % 28 + 1:02}", "盐酸", f"公司{row % 70}", *amounts, "张三", row])
    return file


def hostile_files(where: Path) -> dict[str, Path]:
    files = {}
    for number, (name, (build, _)) in enumerate(HOSTILE.items()):
        files[name] = where / f"{number}"
        files[name].write_bytes(build())
    return files


async def opened(file: Path) -> str:
    try:
        await in_child("tests.child_tasks:read", file, {}, wanted=TABLES | DOCUMENTS)
    except Refusal as refusal:
        return refusal.key
    return "read"


async def _each(files: dict[str, Path]) -> None:
    growth = _memory_from_here()
    times: dict[str, float] = {}
    for name, file in files.items():
        began = time.perf_counter()
        await opened(file)
        times[name] = time.perf_counter() - began
    slowest = sorted(times, key=lambda name: times[name], reverse=True)
    for name in slowest[:5]:
        line(f"slowest: {name}", seconds=times[name])
    line("hostile files", count=float(len(times)), worst_seconds=times[slowest[0]])
    line("parent's growth over all of them", mb=growth())


async def _good(file: Path) -> None:
    growth = _memory_from_here()
    began = time.perf_counter()
    await opened(file)
    line("ledger of 100,000 lines: guard, child and reader", seconds=time.perf_counter() - began)
    line("parent's growth", mb=growth())
    began = time.perf_counter()
    inspect(file, TABLES)
    line("the same, guard alone", seconds=time.perf_counter() - began)


def _memory_from_here() -> Callable[[], float]:
    """Forgets the peak so far; the answer tells by how much the peak has grown since, in MB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak()
    return lambda: _peak() - before


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM")) / 1024


async def _turns(session: aiohttp.ClientSession, control: str) -> list[float]:
    """Seconds from a person's text to the answer's arrival, one turn after the other."""
    taken = []
    count = await _accepted(session, control)
    for number in range(TURNS):
        began = time.perf_counter()
        async with session.post(f"{control}/says", json=[{"person": number % 50 + 1, "text": updates.TEXT}]) as answer:
            answer.raise_for_status()
        count += 1
        while await _accepted(session, control) < count:
            await asyncio.sleep(POLL_SECONDS)
        taken.append(time.perf_counter() - began)
    return taken


async def _accepted(session: aiohttp.ClientSession, control: str) -> int:
    async with session.get(f"{control}/counts") as answer:
        said: dict[str, Any] = await answer.json()
        return int(said["accepted"])


async def _others(files: list[Path], where: Path) -> None:
    async with updates.server() as (base, base_file, control), aiohttp.ClientSession() as session:
        bot = updates.start("hegui", base, base_file, where)
        try:
            await _turns(session, control)
            at_rest, meanwhile = [], []
            for _ in range(ROUNDS):  # in turns, so that a noisy machine is noisy for both
                at_rest += await _turns(session, control)
                uploads = [asyncio.create_task(_without_end(files)) for _ in range(2)]
                meanwhile += await _turns(session, control)
                for upload in uploads:
                    upload.cancel()
                await asyncio.gather(*uploads, return_exceptions=True)
        finally:
            bot.terminate()
            bot.wait()
    rest, busy = percentile(at_rest, 99), percentile(meanwhile, 99)
    line("others' turns at rest", p50_ms=percentile(at_rest, 50) * 1000, p99_ms=rest * 1000)
    line("others' turns while two files are opened", p50_ms=percentile(meanwhile, 50) * 1000, p99_ms=busy * 1000)
    line("p99, ratio", ratio=busy / rest)


async def _without_end(files: list[Path]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        for file in itertools.cycle(files):
            await opened(file)


async def run() -> None:
    with folder() as where:
        files = hostile_files(where)
        await _each(files)
        await _good(long_ledger(where / "ledger"))
        await _others([files[name] for name in HEAVY] + [where / "ledger"], where / "data")


if __name__ == "__main__":
    asyncio.run(run())
