"""The stock adds up (L01), is never below zero (L02), has no unexplained pause (L07) (pure).

A wrong figure is told at its own row: the next row may go on from the figure recorded or from the right one.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, Line, is_close
from hegui.capabilities.ledger.checks.pauses import gaps, tolerance
from hegui.capabilities.ledger.model import Field, Finding

MOVEMENTS: tuple[Field, ...] = ("received", "issued", "loss")
NEGATIVE = Decimal(-1)  # a balance that is not written goes on from the one before
BALANCES: tuple[Field, ...] = ("opening", "closing", "stock_take")


def adds_up(ledger: Ledger) -> Iterator[Finding]:
    """L01."""
    explained = gaps(ledger)
    for chain in ledger.chains:
        before: Line | None = None
        ends: Sequence[Decimal] = ()
        for line in chain:
            if before and before.measure != line.measure:
                ends = ()
            allowed = tolerance(ledger, line)
            opening = line.amount("opening")
            carried = opening is None or not ends or any(is_close(opening, end, allowed) for end in ends)
            if before and not carried and line not in explained:
                yield _carried(ledger, line, before, ends[0])
            starts = [opening] if opening is not None else []
            starts += [] if carried and starts else ends
            expected = [start + _movement(line) for start in starts]
            closing = line.amount("closing")
            wrong = bool(closing is not None and expected and _is_readable(line)) and not any(
                is_close(closing or ZERO, one, allowed) for one in expected
            )
            if wrong:
                yield _in_row(ledger, line, starts[0], expected[0], closing or ZERO)
            ends = _ends(closing, expected, wrong=wrong)
            before = line


def _ends(closing: Decimal | None, expected: Sequence[Decimal], *, wrong: bool) -> Sequence[Decimal]:
    """What the next line may begin with."""
    if closing is None:
        return expected
    return (closing, *expected) if wrong else (closing,)


def _movement(line: Line) -> Decimal:
    received, issued, loss = (line.amount(name) or ZERO for name in MOVEMENTS)
    return received - issued - loss


def _is_readable(line: Line) -> bool:
    return line.entry.unreadable.isdisjoint(MOVEMENTS)


def _carried(ledger: Ledger, line: Line, before: Line, end: Decimal) -> Finding:
    opening, expected = line.number("opening") or ZERO, _as_written(line, end)
    figures = {"expected": expected, "opening": opening, "difference": abs(opening - expected)}
    return ledger.finding("L01", line, "opening", "carried", before=before.entry.row, **named(line), **figures)


def _in_row(ledger: Ledger, line: Line, start: Decimal, expected: Decimal, closing: Decimal) -> Finding:
    variant = "row_less" if closing < expected else "row_more"
    figures: dict[str, object] = {name: line.number(name) or ZERO for name in MOVEMENTS}
    figures |= {"opening": _as_written(line, start), "expected": _as_written(line, expected)}
    figures |= {"closing": _as_written(line, closing), "difference": _as_written(line, abs(closing - expected))}
    return ledger.finding("L01", line, "closing", variant, **named(line), **figures)


def _as_written(line: Line, amount: Decimal) -> Decimal:
    return amount / line.unit.factor if line.unit else amount


def named(line: Line) -> dict[str, str]:
    """What nearly every sentence says."""
    return {"chemical": line.chemical, "unit": line.unit_name}


def negative(ledger: Ledger) -> Iterator[Finding]:
    """L02: told where a stretch below zero begins."""
    for chain in ledger.chains:
        below = False
        for line in chain:
            field = next((name for name in BALANCES if (line.number(name) or ZERO) < ZERO), None)
            goes_on = below and (line.number("opening") or NEGATIVE) < ZERO
            if field and not goes_on:
                amount = line.number(field) or ZERO
                yield ledger.finding("L02", line, field, fields=field, amount=amount, **named(line))
            below = (line.number("closing") or ZERO) < ZERO


def paused(ledger: Ledger) -> Iterator[Finding]:
    """L07."""
    for line, gap in gaps(ledger).items():
        figures = {"earlier": gap.earlier, "day": gap.day, "days": (gap.day - gap.earlier).days, "usual": gap.usual}
        yield ledger.finding("L07", line, "day", **named(line), **figures)
