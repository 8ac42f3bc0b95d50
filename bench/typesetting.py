"""How long a report and a picture take and what they cost: a fresh process for each figure of memory."""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.ledger_picture import examined, ledger
from bench.measuring import line, percentile
from hegui.capabilities.ledger.output.annotated import annotate
from hegui.capabilities.ledger.output.chart import Level, Stock, chart_png
from hegui.capabilities.ledger.output.plan import plan
from hegui.capabilities.ledger.output.report import report_pdf
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.typesetting.apart import TypesetterApart
from hegui.foundation.typesetting.typesetter import Typesetter

ROUNDS = 40


def run() -> None:
    """Each figure in a process of its own, so that memory is not summed up."""
    for name in ("report", "chart", "copy"):
        subprocess.run([sys.executable, "-m", "bench.typesetting", name], check=True)


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def report() -> None:
    """A report of 3 findings and one of 500, the most that is printed."""
    setter, texts, few = Typesetter(), Texts(Catalogue.load(), "zh"), examined("zh")
    before = megabytes()
    first = await _seconds(report_pdf(few, texts, setter))
    times = [await _seconds(report_pdf(few, texts, setter)) for _ in range(ROUNDS)]
    many = await _seconds(report_pdf(replace(few, told=few.told * 167), texts, setter))
    line(
        "report: first / warm / 500 findings (ms)",
        first=first * 1000,
        warm=percentile(times, 50) * 1000,
        many=many * 1000,
        grown_mb=megabytes() - before,
    )
    setter.close()
    before, apart = megabytes(), TypesetterApart()
    times = [await _seconds(report_pdf(few, texts, apart)) for _ in range(5)]
    line("report set apart (ms)", each=percentile(times, 50) * 1000, grown_mb=megabytes() - before)


async def chart() -> None:
    """A picture with six curves of 365 days."""
    from datetime import date, timedelta
    from decimal import Decimal

    days = [Level(date(2026, 1, 1) + timedelta(day), Decimal(day * 7 % 50)) for day in range(365)]
    held = [Stock(f"chemical {number}", "kg", tuple(days)) for number in range(6)]
    setter, texts = Typesetter(), Texts(Catalogue.load(), "zh")
    times = [await _seconds(chart_png(held, texts, setter)) for _ in range(ROUNDS)]
    line("chart: first / warm (ms)", first=times[0] * 1000, warm=percentile(times, 50) * 1000, peak_mb=megabytes())
    setter.close()


async def copy() -> None:
    """The annotated copy of 100,000 rows and 23 columns with 20,000 findings in it."""
    import xlsxwriter

    with tempfile.TemporaryDirectory() as name:
        source, few = ledger(Path(name) / "few.xlsx"), examined("zh")
        big = Path(name) / "big.xlsx"
        book = xlsxwriter.Workbook(str(big), {"constant_memory": True})
        page = book.add_worksheet("购买")
        for row in range(100_000):
            page.write_row(row, 0, [f"词{row % 500}" if place % 3 else row * place for place in range(23)])
        book.close()
        marks = tuple(
            replace(told, finding=replace(told.finding, sheet="购买", row=row))
            for row in range(2, 20_002)
            for told in few.told[:1]
        )
        for shown, path, of in (("few", source, few), ("100,000 rows", big, replace(few, told=marks))):
            texts, started = Texts(Catalogue.load(), "zh"), time.perf_counter()
            annotate(path, {**plan(of, Path(name) / "copy.xlsx", texts), "kind": "xlsx"})
            line(f"annotated copy, {shown}", seconds=time.perf_counter() - started, peak_mb=megabytes())


async def _seconds(work: object) -> float:
    started = time.perf_counter()
    await work  # type: ignore[misc]
    return time.perf_counter() - started


if __name__ == "__main__":
    asyncio.run({"report": report, "chart": chart, "copy": copy}[sys.argv[1]]())
