"""How well the ledger doctor finds what was planted, check by check, and how long 100,000 rows take it."""

import asyncio
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.ledger_files import write_workbook
from tests.ledgers import TODAY, Made, make
from tests.planting import Expected, plant

from bench.measuring import line
from hegui.capabilities.ledger.checks import examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.reading import read_book
from hegui.capabilities.ledger.service import LedgerBooks, doctor
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.loader import default_folder, load

LEDGERS = 200
ROWS = 100_000


def run() -> None:
    books, facts = LedgerBooks.of(load(default_folder())), Facts(today=TODAY)
    with tempfile.TemporaryDirectory() as name:
        _accuracy(books, facts, Path(name) / "ledger.xlsx")
        asyncio.run(_many_rows(books, facts, Path(name) / "long.xlsx"))


def _accuracy(books: LedgerBooks, facts: Facts, file: Path) -> None:
    planted: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for expected, found in _examined(books, facts, file):
        planted.update(check for check, *_ in expected)
        seen.update(check for check, *_ in found)
        hits.update(check for check, *_ in expected & found)
    for check in sorted(planted | seen):
        recall, precision = hits[check] / max(planted[check], 1), hits[check] / max(seen[check], 1)
        line(check, planted=planted[check], recall=f"{recall:.3f}", precision=f"{precision:.3f}")
    line("all", recall=f"{hits.total() / planted.total():.4f}", precision=f"{hits.total() / seen.total():.4f}")


def _examined(books: LedgerBooks, facts: Facts, file: Path) -> Iterator[tuple[Expected, Expected]]:
    """What was planted and what was found in each ledger."""
    chemicals = Chemicals(books.precursors, books.explosives, books.rules)
    for seed in range(LEDGERS):
        made = make(seed, months=6)
        planter = plant(made, seed)
        write_workbook(made, file, seed)
        book = read_book(file, FileKind.xlsx, books.headers)
        found = {(one.check, one.sheet, one.row or 0) for one in examine(book, books.rules, chemicals, facts)}
        yield planter.expected(), found


async def _many_rows(books: LedgerBooks, facts: Facts, file: Path) -> None:
    """One workbook of many years: the same factory over and over, under its own names."""
    made = make(1, months=12)
    while sum(len(table.rows) for table in made.tables.values()) < ROWS:
        _append(made, make(len(made.rows("purchase")), months=12))
    write_workbook(made, file, seed=2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    report = await doctor(file, books, facts)
    took = time.perf_counter() - began
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    line(
        "rows",
        rows=sum(sheet.rows for sheet in report.sheets),
        seconds=f"{took:.1f}",
        child_cpu=f"{child.ru_utime + child.ru_stime:.1f}",
        child_mb=child.ru_maxrss // 1024,
        parent_grew_mb=(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        findings=sum(report.counts.values()),
    )


def _append(made: Made, more: Made) -> None:
    for kind, table in made.tables.items():
        table.rows.extend(more.rows(kind) if kind in more.tables else [])


if __name__ == "__main__":
    run()
