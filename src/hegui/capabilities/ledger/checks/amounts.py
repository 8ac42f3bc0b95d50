"""Amounts over months: against statements (L26), output (L27), earlier months (L28), the annual report (L33) (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import mean, pstdev

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, Line
from hegui.capabilities.ledger.chemicals import plain
from hegui.capabilities.ledger.facts import AnnualTotal, SupplierStatement
from hegui.capabilities.ledger.model import Field, Finding, LedgerKind

MONTH = 7  # of 2026-05-01 the first seven characters
LEAST_SPREAD = Decimal("0.05")
COUNTED: Mapping[str, tuple[LedgerKind, Field]] = {
    "bought": ("purchase", "quantity"),
    "used": ("use", "used"),
    "sold": ("sale", "quantity"),
    "in_stock": ("stock", "closing"),
}


def month_of(ledger: Ledger, line: Line) -> str | None:
    day = sane_day(ledger, line)
    return day.isoformat()[:MONTH] if day else None


def jumps(ledger: Ledger) -> Iterator[Finding]:
    """L28: told at the row with which the month goes over k times the mean of the months in which it was bought."""
    for months in _purchases(ledger).values():
        totals = {month: sum((amount for _, amount in rows), ZERO) for month, rows in months.items()}
        for month, rows in months.items():
            usual = _usual(ledger, totals, month)
            if usual and totals[month] > usual * ledger.rules.number("jump_factor"):
                yield _jump(ledger, month, rows, usual, totals[month])


def _purchases(ledger: Ledger) -> Mapping[str, Mapping[str, Sequence[tuple[Line, Decimal]]]]:
    found: dict[str, dict[str, list[tuple[Line, Decimal]]]] = {}
    for line in ledger.of("purchase"):
        month, amount = month_of(ledger, line), line.amount("quantity")
        if month and amount and line.match.key and ledger.is_usual(line) and line not in ledger.repeated:
            found.setdefault(line.match.key, {}).setdefault(month, []).append((line, amount))
    return found


def _usual(ledger: Ledger, totals: Mapping[str, Decimal], month: str) -> Decimal | None:
    """Mean of the months before; in a young book of the other months."""
    least, window = int(ledger.rules.number("jump_least_months")), int(ledger.rules.number("jump_window"))
    number = _number(month)
    before = [total for other, total in totals.items() if 0 < number - _number(other) <= window]
    others = [total for other, total in totals.items() if 0 < abs(number - _number(other)) <= window]
    chosen = before if len(before) >= least else others
    return sum(chosen, ZERO) / len(chosen) if len(chosen) >= least else None


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _jump(ledger: Ledger, month: str, rows: Sequence[tuple[Line, Decimal]], usual: Decimal, total: Decimal) -> Finding:
    limit, running = usual * ledger.rules.number("jump_factor"), ZERO
    line = rows[-1][0]
    for row, amount in rows:
        running += amount
        if running > limit:
            line = row
            break
    factor = line.unit.factor if line.unit else Decimal(1)
    figures = {"sum": total / factor, "mean": round(usual / factor, 2), "times": round(total / usual, 1)}
    return ledger.finding("L28", line, "quantity", month=month, chemical=line.chemical, unit=line.unit_name, **figures)


def consumption(ledger: Ledger) -> Iterator[Finding]:
    """L27: use for a unit of output against that of the other months."""
    used: dict[str, dict[str, list[tuple[Line, Decimal]]]] = {}
    for line in ledger.of("use") if ledger.facts.output else ():
        month, amount = month_of(ledger, line), line.amount("used") or line.amount("taken")
        if month and amount and ledger.facts.output.get(month):
            used.setdefault(line.match.key, {}).setdefault(month, []).append((line, amount))
    for months in used.values():
        totals = {month: sum((a for _, a in rows), ZERO) for month, rows in months.items()}
        ratios = {month: total / ledger.facts.output[month] for month, total in totals.items()}
        if len(ratios) >= ledger.rules.number("consumption_least_months"):
            yield from _unusual(ledger, ratios, {month: rows[0][0] for month, rows in months.items()})


def _unusual(ledger: Ledger, ratios: Mapping[str, Decimal], first: Mapping[str, Line]) -> Iterator[Finding]:
    for month, ratio in ratios.items():
        others = [other for name, other in ratios.items() if name != month]
        middle = mean(others)
        reach = ledger.rules.number("consumption_spread") * max(pstdev(others), middle * LEAST_SPREAD)
        if abs(ratio - middle) > reach:
            line = first[month]
            figures = {"ratio": ratio, "mean": middle, "least": max(middle - reach, ZERO), "most": middle + reach}
            rounded = {name: round(figure, 3) for name, figure in figures.items()}
            unit = line.unit_name
            yield ledger.finding("L27", line, "used", chemical=line.chemical, month=month, unit=unit, **rounded)


def statements(ledger: Ledger) -> Iterator[Finding]:
    """L26."""
    for told in ledger.facts.supplier_statements:
        lines = [line for line in ledger.of("purchase") if _is_of(ledger, line, told)]
        if found := _differs(ledger, lines, "quantity", told):
            total, stated = found
            figures = {"sum": total, "stated": stated, "difference": abs(total - stated), "unit": told.unit}
            about = {"supplier": told.supplier, "month": told.month, "chemical": told.chemical}
            yield _at(ledger, "L26", lines, "quantity", **about, **figures)


def _is_of(ledger: Ledger, line: Line, told: SupplierStatement) -> bool:
    if month_of(ledger, line) != told.month or plain(line.text("supplier")) != plain(told.supplier):
        return False
    return line.match.key == ledger.chemicals.match(told.chemical).key


def annual(ledger: Ledger) -> Iterator[Finding]:
    """L33."""
    for told in ledger.facts.annual_totals:
        key = ledger.chemicals.match(told.chemical).key
        kind, field = COUNTED[told.kind]
        if kind == "stock":
            lines = _last_of_year(ledger, key, told.year)
        else:
            lines = [line for line in ledger.of(kind) if line.match.key == key and _year(ledger, line) == told.year]
        if found := _differs(ledger, lines, field, told):
            total, stated = found
            figures = {"sum": total, "stated": stated, "difference": abs(total - stated), "unit": told.unit}
            about = {"chemical": told.chemical, "year": told.year, "fields": told.kind}
            yield _at(ledger, "L33", lines, field, **about, **figures)


def _last_of_year(ledger: Ledger, key: str, year: int) -> list[Line]:
    """The last line of the year of each chain of a chemical."""
    found = []
    for chain in ledger.chains:
        lines = [line for line in chain if line.match.key == key and _year(ledger, line) == year]
        found.extend(lines[-1:])
    return found


def _year(ledger: Ledger, line: Line) -> int | None:
    day = sane_day(ledger, line)
    return day.year if day else None


def _differs(
    ledger: Ledger, lines: Sequence[Line], field: Field, told: SupplierStatement | AnnualTotal
) -> tuple[Decimal, Decimal] | None:
    """Total of the ledger and of what was told, in the unit told, where they differ; other measures are left out."""
    unit = ledger.units.of(told.unit)
    if unit is None:
        return None
    alike = (line for line in lines if line.dimension == unit.dimension)
    total = sum((line.amount(field) or ZERO for line in alike), ZERO) / unit.factor
    allowed = told.quantity * ledger.rules.number("totals_percent") / 100 + ledger.rounding
    return (total, told.quantity) if abs(total - told.quantity) > allowed else None


def _at(ledger: Ledger, check: str, lines: Sequence[Line], field: Field, **given: object) -> Finding:
    """At the last row that counts; of the file where there is none."""
    if lines:
        return ledger.finding(check, lines[-1], field, **given)
    sheet = ledger.book.sheets[0].name if ledger.book.sheets else ""
    return ledger.of_file(check, sheet, **given)
