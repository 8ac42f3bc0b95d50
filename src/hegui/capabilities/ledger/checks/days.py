"""Dates: a day that may be reckoned with, their order (L05) and those that cannot be (L06) (pure)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.model import Field, Finding

SHUFFLED = 0.3  # a table with more steps back than this share is not kept in order at all
FEW = 5


def sane_day(ledger: Ledger, line: Line) -> date | None:
    """The day of a line, unless it lies in the future or unreasonably far back: nothing follows from such a day."""
    day = line.day()
    return day if day and ledger.earliest_day <= day <= ledger.facts.today else None


def out_of_order(ledger: Ledger) -> Iterator[Finding]:
    """L05."""
    for lines in ledger.in_order.values():
        steps = [step for run in _runs(lines) for step in _steps(ledger, run)]
        back = [(before, line) for before, line in steps if _day(line) < _day(before)]
        if len(lines) > FEW and len(back) > SHUFFLED * len(steps):
            continue
        for before, line in back:
            figures = {"day": _day(line), "earlier": _day(before), "before": before.entry.row}
            yield ledger.finding("L05", line, "day", **figures)


def impossible(ledger: Ledger) -> Iterator[Finding]:
    """L06."""
    fields: tuple[Field, ...] = ("day", "reported_on")
    for line in ledger.lines:
        if "day" in line.entry.unreadable:
            yield ledger.finding("L06", line, "day", "impossible", fields="day")
        for field in fields:
            if (day := line.day(field)) and (variant := _wrong(ledger, day)):
                yield ledger.finding("L06", line, field, variant, fields=field, day=day)


def _wrong(ledger: Ledger, day: date) -> str | None:
    if day > ledger.facts.today:
        return "future"
    return "too_early" if day < ledger.earliest_day else None


def _runs(lines: Sequence[Line]) -> Sequence[Sequence[Line]]:
    """A table that is kept chemical by chemical in blocks is in order within each block."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or blocks[-1][-1].match.key != line.match.key:
            blocks.append([])
        blocks[-1].append(line)
    in_blocks = len({block[0].match.key for block in blocks}) == len(blocks)
    return blocks if in_blocks else (lines,)


def _steps(ledger: Ledger, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    dated = [line for line in lines if sane_day(ledger, line)]
    return pairwise(dated)


def _day(line: Line) -> date:
    return line.day() or date.min
