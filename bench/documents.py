"""Document check: how many elements are judged as a reader judged them, and the time for a PDF of 200 pages.

Accuracy is over `tests/documents`; those files say which of them were seen while the cues were written.
"""

import asyncio
import resource
import time
from collections import Counter
from pathlib import Path
from statistics import median

from tests.documents import labelled

from bench.measuring import folder, line
from hegui.capabilities.document_check.model import Report
from hegui.capabilities.document_check.service import DocumentBooks, check
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.pack import Rulebook

ROUNDS = 5
PAGES = 200
REPEATS = 136
"""So often the longest document is printed to fill the pages."""


async def run() -> None:
    rulebook = load(default_folder())
    with folder() as place:
        await _accuracy(rulebook, place)
        await _long(rulebook, place)


async def _accuracy(rulebook: Rulebook, place: Path) -> None:
    for kind, make in (("docx", labelled.as_docx), ("pdf", labelled.as_pdf)):
        right: Counter[str] = Counter()
        judged: Counter[str] = Counter()
        for document in labelled.every():
            file = make(document, place / f"{document.name}.{kind}")
            report = await check(file, DocumentBooks.of(rulebook, document.kind), recognise=False)
            for one in report.judged:
                for group in (one.element, f"set {document.set}", "all"):
                    judged[group] += 1
                    right[group] += (one.state == "found") == (one.element in document.found)
        wrong = {name: f"{right[name]}/{judged[name]}" for name in sorted(judged) if right[name] < judged[name]}
        line(f"elements judged right, {kind}", share=right["all"] / judged["all"], of=judged["all"])
        line(f"not all right, {kind}", **wrong)


async def _long(rulebook: Rulebook, place: Path) -> None:
    document = next(one for one in labelled.every() if one.name == "m1-full-plain")
    file = labelled.as_pdf(document, place / "long.pdf", REPEATS)
    books = DocumentBooks.of(rulebook, document.kind)
    seconds: list[float] = []
    report: Report | None = None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        report = await check(file, books, recognise=False)
        seconds.append(time.perf_counter() - start)
    assert report is not None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime) / ROUNDS
    figures = {"median": median(seconds), "worst": max(seconds), "cpu": cpu, "child_mb": used.ru_maxrss / 1024}
    line(f"PDF of {report.pages} pages", **figures)


if __name__ == "__main__":
    asyncio.run(run())
