"""Explosive precursors (易制爆): reported in time (L18), and those that are precursors too (L36) (pure)."""

from collections.abc import Iterator, Mapping, Sequence

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.checks.selling import lateness
from hegui.capabilities.ledger.model import Finding

LIMIT = "report_days_explosive"


def reported(ledger: Ledger) -> Iterator[Finding]:
    """L18. Where nothing at all was reported of a chemical that is a precursor too, L36 says so once."""
    overlooked = _overlooked(ledger)
    told: set[tuple[str, str]] = set()
    for line in _dealings(ledger):
        late = lateness(ledger, line, _limit(ledger, line))
        if not late or (late[0] == "never" and line.match.key in overlooked):
            continue
        table = (line.entry.sheet, line.entry.kind)
        if ledger.has_column(line, "reported_on"):
            yield _late(ledger, line, *late)
        elif table not in told:
            told.add(table)
            yield ledger.without_column("L18", line, "reported_on")


def only_precursor(ledger: Ledger) -> Iterator[Finding]:
    """L36: told at the first dealing."""
    for lines in _overlooked(ledger).values():
        first = lines[0]
        told = {"chemical": first.chemical, "count": len(lines), "limit": _limit(ledger, first)}
        variant = "old" if _is_old(ledger, lines[-1]) else "default"
        yield ledger.finding("L36", first, "reported_on", variant, **told)


def _late(ledger: Ledger, line: Line, variant: str, figures: Mapping[str, object]) -> Finding:
    suffix = "_transfer" if line.entry.kind == "transfer" else "_old" if _is_old(ledger, line) else ""
    return ledger.finding("L18", line, "reported_on", variant + suffix, chemical=line.chemical, **figures)


def _dealings(ledger: Ledger) -> Iterator[Line]:
    """Purchases and sales; transfers since the law that has them reported, where the table has a place for it."""
    for line in ledger.of("purchase", "sale", "transfer"):
        if line.match.explosive and sane_day(ledger, line):
            is_transfer = line.entry.kind == "transfer"
            if not is_transfer or (ledger.has_column(line, "reported_on") and not _is_old(ledger, line)):
                yield line


def _limit(ledger: Ledger, line: Line) -> int:
    day = sane_day(ledger, line)
    return int(ledger.rules.number(LIMIT, day) if day else ledger.rules.number(LIMIT))


def _is_old(ledger: Ledger, line: Line) -> bool:
    """Whether the dealing was before the law that shortened the period."""
    day = sane_day(ledger, line)
    return any(day is not None and day < one.until for one in ledger.rules.setting(LIMIT).earlier)


def _overlooked(ledger: Ledger) -> Mapping[str, Sequence[Line]]:
    """Dealings of chemicals under both regimes that show no sign of the explosives one.

    A purchase with a day of report is such a sign, though late: as a precursor alone it is not reported.
    """
    found: dict[str, list[Line]] = {}
    for line in _dealings(ledger):
        if line.match.grade:
            found.setdefault(line.match.key, []).append(line)
    return {key: lines for key, lines in found.items() if not any(_is_aware(ledger, line) for line in lines)}


def _is_aware(ledger: Ledger, line: Line) -> bool:
    if not line.is_missing("reported_on") and line.entry.kind != "sale":
        return True
    return lateness(ledger, line, _limit(ledger, line)) is None
