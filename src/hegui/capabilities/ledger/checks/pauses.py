"""Pauses of a stock ledger during which something moved all the same (pure)."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import Ledger, Line, is_close


@dataclass(frozen=True, slots=True)
class Gap:
    """A pause before a line, in days; `usual` is the middle of the other intervals."""

    earlier: date
    day: date
    usual: int


def gaps(ledger: Ledger) -> Mapping[Line, Gap]:
    """Pauses longer than usual while the stock changed, by the line after the pause."""
    found: dict[Line, Gap] = {}
    moved = _moved(ledger)
    for chain in ledger.chains:
        dated = [(line, day) for line in chain if (day := sane_day(ledger, line))]
        for number, gap in _pauses(ledger, [day for _, day in dated]):
            before, line = dated[number - 1][0], dated[number][0]
            if _jumps(ledger, before, line) or _any_between(moved.get(line.match.key, ()), gap):
                found[line] = gap
    return found


def _pauses(ledger: Ledger, days: Sequence[date]) -> Iterator[tuple[int, Gap]]:
    """Places in a list of days before which there is a long pause; a day out of order makes none."""
    if len(days) < ledger.rules.number("gap_least_entries"):
        return
    intervals = sorted((other - one).days for one, other in pairwise(days) if other > one)
    usual = int(median(intervals)) if intervals else 0
    limit = max(usual * ledger.rules.number("gap_factor"), ledger.rules.number("gap_least_days"))
    latest = days[0]
    for number, day in enumerate(days[1:], 1):
        goes_on = number + 1 == len(days) or days[number + 1] >= day
        if (day - latest).days > limit and goes_on:
            yield number, Gap(latest, day, usual)
        latest = max(latest, day)


def _jumps(ledger: Ledger, before: Line, line: Line) -> bool:
    """Whether the line does not begin with what the line before ended with."""
    closing, opening = before.amount("closing"), line.amount("opening")
    if closing is None or opening is None or before.measure != line.measure:
        return False
    return not is_close(closing, opening, tolerance(ledger, line))


def _moved(ledger: Ledger) -> Mapping[str, Sequence[date]]:
    """Days on which the other tables say that a chemical moved, in order."""
    found: dict[str, list[date]] = {}
    for line in ledger.of("purchase", "use", "sale", "transfer"):
        if day := sane_day(ledger, line):
            found.setdefault(line.match.key, []).append(day)
    return {key: sorted(days) for key, days in found.items()}


def _any_between(days: Sequence[date], gap: Gap) -> bool:
    at = bisect_right(days, gap.earlier)
    return at < len(days) and days[at] < gap.day


def tolerance(ledger: Ledger, line: Line) -> Decimal:
    """What rounding may cost, in the base of the line's unit."""
    return ledger.rounding * line.unit.factor if line.unit else ledger.rounding
