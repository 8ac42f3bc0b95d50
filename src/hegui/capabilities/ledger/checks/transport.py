"""Transport papers (L20): missing where the supplier's other goods have one, or used for what they cannot cover."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.chemicals import plain
from hegui.capabilities.ledger.model import Finding


def papers(ledger: Ledger) -> Iterator[Finding]:
    """L20. Within a city no paper is needed, which the sheet does not say: the other rows do, first the supplier's."""
    yield from _missing(ledger)
    yield from _mismatched(ledger)


def _missing(ledger: Ledger) -> Iterator[Finding]:
    lines = [line for line in ledger.of("purchase") if line.match.grade and ledger.has_column(line, "transport_paper")]
    of_supplier: dict[str, list[Line]] = {}
    for line in lines:
        of_supplier.setdefault(_supplier(line), []).append(line)
    usual = _is_usual(ledger, lines)
    of_usual = {supplier for supplier, alike in of_supplier.items() if _is_usual(ledger, alike)}
    without = Counter(_supplier(line) for line in lines if not _paper(line))
    for line in lines:
        supplier = _supplier(line)
        expected = supplier in of_usual or (usual and without[supplier] == 1)
        if expected and line.is_missing("transport_paper"):
            told = {"chemical": line.chemical, "supplier": line.text("supplier")}
            yield ledger.finding("L20", line, "transport_paper", "missing", **told)


def _is_usual(ledger: Ledger, lines: Sequence[Line]) -> bool:
    """Whether nearly all of some rows have a paper."""
    papers = sum(1 for line in lines if _paper(line))
    share = ledger.rules.number("transport_percent") / 100
    return papers >= ledger.rules.number("transport_least_entries") and papers >= share * len(lines)


def _mismatched(ledger: Ledger) -> Iterator[Finding]:
    no_number = ledger.rules.listed("no_number_needed")
    first: dict[str, Line] = {}
    for line in ledger.of("purchase"):
        paper = _paper(line)
        if not paper or line.text("transport_paper").lower() in no_number or not line.match.item:
            continue
        before = first.setdefault(plain(paper), line)
        if before is not line and not _fits(before, line):
            told = {"paper": paper, "before": before.entry.row, "other": before.chemical}
            supplier = line.text("supplier") or "—"
            yield ledger.finding(
                "L20", line, "transport_paper", "mismatch", **told, chemical=line.chemical, supplier=supplier
            )


def _fits(one: Line, other: Line) -> bool:
    """One paper covers one sender, and several chemicals only on one trip."""
    if _supplier(one) != _supplier(other):
        return False
    return one.match.key == other.match.key or one.day() == other.day()


def _paper(line: Line) -> str:
    return line.text("transport_paper")


def _supplier(line: Line) -> str:
    return plain(line.text("supplier"))
