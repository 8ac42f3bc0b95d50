"""The stock adds up (L01), is never below zero (L02), has no unexplained pause (L07) (pure).

A wrong figure is told at its own row: the next row may go on from the figure recorded or from the right one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, Line, is_close
from hegui.capabilities.ledger.checks.pauses import gaps, tolerance
from hegui.capabilities.ledger.model import Field, Finding

MOVEMENTS: tuple[Field, ...] = ("received", "issued", "loss")
NEGATIVE = Decimal(-1)  # a balance that is not written goes on from the one before
BALANCES: tuple[Field, ...] = ("opening", "closing", "stock_take")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a chain. `end` is what the line before ended with, where the line does not begin with it.

    `start` and `expected` are what its own figures give, where its closing balance is another. `drift` is by how much
    the book has come away from its movements up to here.
    """

    line: Line
    before: Line | None
    end: Decimal | None = None
    start: Decimal = ZERO
    expected: Decimal | None = None
    drift: Decimal = ZERO


def steps(ledger: Ledger) -> Iterator[Step]:
    """The lines of every chain that do not add up, and those after them while the book is off."""
    for chain in ledger.chains:
        before: Line | None = None
        ends: Sequence[Decimal] = ()
        drift = ZERO
        for line in chain:
            ends = ends if before and before.measure == line.measure else ()
            step, ends = _step(ledger, line, before, ends)
            if step:
                drift += step.drift
                yield replace(step, drift=drift)
            elif drift:
                yield Step(line, before, drift=drift)
            before = line


def _step(
    ledger: Ledger, line: Line, before: Line | None, ends: Sequence[Decimal]
) -> tuple[Step | None, Sequence[Decimal]]:
    """What is wrong with a line, if anything, and with what the next one may begin."""
    allowed = tolerance(ledger, line)
    opening, closing, movement = line.amount("opening"), line.amount("closing"), _movement(line)
    carried = opening is None or not ends or any(is_close(opening, end, allowed) for end in ends)
    starts = [opening] if opening is not None else []
    starts += [] if carried and starts else ends
    expected = [start + movement for start in starts]
    fits = closing is None or not expected or any(is_close(closing, one, allowed) for one in expected)
    if closing is not None and not (fits or line.entry.unreadable.isdisjoint(MOVEMENTS)):
        fits = True  # a movement that could not be read says nothing
    after = expected if closing is None else (closing,) if fits else (closing, *expected)
    if carried and fits:
        return None, after
    end = None if carried else ends[0]
    if not fits:
        return Step(line, before, end, starts[0], expected[0], (closing or ZERO) - expected[0]), after
    off = ZERO if closing is None or end is None else closing - end - movement
    return Step(line, before, end, drift=off), after


def adds_up(ledger: Ledger) -> Iterator[Finding]:
    """L01."""
    explained = gaps(ledger)
    for step in steps(ledger):
        if step.end is not None and step.before and step.line not in explained:
            yield _carried(ledger, step.line, step.before, step.end)
        if step.expected is not None:
            closing = step.line.amount("closing") or ZERO
            yield _in_row(ledger, step.line, step.start, step.expected, closing)


def _movement(line: Line) -> Decimal:
    received, issued, loss = (line.amount(name) or ZERO for name in MOVEMENTS)
    return received - issued - loss


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
