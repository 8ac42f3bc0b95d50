"""Use: not more than was taken (L21), returned goods back in stock (L22), figures too even (L30) (pure)."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from hegui.capabilities.ledger.checks.balance import named
from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, Line
from hegui.capabilities.ledger.checks.pauses import tolerance
from hegui.capabilities.ledger.model import Field, Finding

PARTS: tuple[Field, ...] = ("used", "returned", "wasted")
Receipts = Mapping[str, Sequence[tuple[date, Decimal]]]
TEN = 10


def exceeds(ledger: Ledger) -> Iterator[Finding]:
    """L21."""
    allowed = ledger.rounding
    for line in ledger.of("use"):
        taken = line.number("taken")
        parts: dict[str, Decimal] = {name: line.number(name) or ZERO for name in PARTS}
        total = sum(parts.values(), ZERO)
        if taken is not None and total - taken > allowed:
            figures = {"taken": taken, "sum": total, "difference": total - taken}
            yield ledger.finding("L21", line, "used", **named(line), **figures, **parts)


def not_put_back(ledger: Ledger) -> Iterator[Finding]:
    """L22: only where the stock table covers that day."""
    receipts = _receipts(ledger)
    for line in ledger.of("use"):
        returned, day = line.amount("returned"), sane_day(ledger, line)
        if not returned or returned < ZERO or day is None:
            continue
        rows = receipts.get(line.match.key, ())
        if rows and rows[0][0] <= day <= rows[-1][0] and not _has_receipt(ledger, line, rows, day, returned):
            figures = {"day": day, "returned": line.number("returned") or ZERO}
            yield ledger.finding("L22", line, "returned", **named(line), **figures)


def _receipts(ledger: Ledger) -> Receipts:
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for chain in ledger.chains:
        for line in chain:  # a line without a name belongs to the chemical of its chain
            if day := sane_day(ledger, line):
                found.setdefault(chain[0].match.key, []).append((day, line.amount("received") or ZERO))
    return {key: sorted(rows) for key, rows in found.items()}


def _has_receipt(
    ledger: Ledger, line: Line, rows: Sequence[tuple[date, Decimal]], day: date, returned: Decimal
) -> bool:
    """Whether something of at least that amount came in within the days that a return may take."""
    until = day + timedelta(days=int(ledger.rules.number("returned_within_days")))
    at = bisect_left(rows, (day, Decimal(-1)))
    while at < len(rows) and rows[at][0] <= until:
        if rows[at][1] + tolerance(ledger, line) >= returned:
            return True
        at += 1
    return False


def too_even(ledger: Ledger) -> Iterator[Finding]:
    """L30: only over so many entries that chance is not the reason."""
    same, even = ledger.rules.number("same_least_entries"), ledger.rules.number("round_least_entries")
    found: dict[tuple[str, str], list[tuple[Line, Decimal]]] = {}
    for line in ledger.of("use"):
        amount = line.number("used") or line.number("taken")
        if amount and line.match.key and line.dimension != "count":
            found.setdefault((line.entry.sheet, line.match.key), []).append((line, amount))
    for rows in found.values():
        amounts, (first, amount) = {amount for _, amount in rows}, rows[0]
        told = {"chemical": first.chemical, "count": len(rows)}
        if len(amounts) == 1 and len(rows) >= same:
            yield ledger.finding("L30", first, "used", "same", **told, amount=amount, unit=first.unit_name)
        elif len(amounts) > 1 and len(rows) >= even and all(amount % TEN == 0 for amount in amounts):
            yield ledger.finding("L30", first, "used", "round", **told)
