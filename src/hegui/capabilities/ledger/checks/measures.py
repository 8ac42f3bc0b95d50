"""Units: one chemical in several (L03), volume and mass that do not fit (L04) (pure)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.model import Field, Finding
from hegui.capabilities.ledger.units import Amount
from hegui.rulebook.ledger_rules import Density

FEW = 3  # so many odd rows are each told; more of them are a habit, told once
BARE = re.compile(r"\D{0,2}[\d.]+\s*[^\d\s/]{1,3}")
NOTES: tuple[Field, ...] = ("specification", "remarks")


def mixed(ledger: Ledger) -> Iterator[Finding]:
    """L03."""
    odd: dict[tuple[str, str, str], list[Line]] = {}
    for line in ledger.lines:
        if line.unit and line.match.key and not ledger.is_usual(line) and not _is_converted(ledger, line):
            odd.setdefault((line.entry.sheet, line.match.key, line.measure), []).append(line)
    for lines in odd.values():
        for line in lines if len(lines) <= FEW else lines[:1]:
            yield _mixed(ledger, line)


def _mixed(ledger: Ledger, line: Line) -> Finding:
    usual = _usual_unit(ledger, line)
    figures = {"chemical": line.chemical, "unit": line.unit_name, "usual": usual}
    density = ledger.chemicals.density(line.match, line.text("concentration"), line.chemical)
    if density and {line.measure, ledger.usual_measure[line.match.key]} == {"mass", "volume"}:
        middle = (density.least + density.most) / 2
        return ledger.finding("L03", line, "unit", "convertible", **figures, density=middle)
    return ledger.finding("L03", line, "unit", **figures)


def _usual_unit(ledger: Ledger, line: Line) -> str:
    """The word for it that the file uses."""
    alike = (other for other in ledger.lines if other.match.key == line.match.key and ledger.is_usual(other))
    return next((other.unit_name for other in alike if other.unit), "")


def _is_converted(ledger: Ledger, line: Line) -> bool:
    """Whether the row itself says what its amount is in the usual measure."""
    usual = ledger.usual_measure[line.match.key]
    notes = " ".join(line.text(field) for field in (*NOTES, "unit"))
    if any(word in notes.lower() for word in ledger.rules.listed("conversion")):
        return True
    return any(amount.dimension == usual for amount in ledger.units.amounts(notes))


def unlike_density(ledger: Ledger) -> Iterator[Finding]:
    """L04."""
    for line in ledger.lines:
        for field in NOTES:
            text = line.text(field)
            if text and line.match.item and (pair := _pair(ledger, line, text)):
                density = ledger.chemicals.density(line.match, line.text("concentration"), line.chemical)
                if density and (found := _unlike(ledger, line, field, pair, density)):
                    yield found


def _pair(ledger: Ledger, line: Line, text: str) -> tuple[Decimal, Decimal] | None:
    """Volume in L and mass in kg of one thing: both in the text, or the row's amount and what the text says it is."""
    amounts = ledger.units.amounts(text)
    one = _of_each(amounts)
    if one or not amounts or not _says_amount(ledger, text):
        return one
    quantity = next((a for name in ("quantity", "taken", "received") if (a := line.amount(name))), None)
    if quantity is None or line.dimension is None:
        return None
    return _of_each([Amount(quantity, line.dimension), *amounts[:1]])


def _says_amount(ledger: Ledger, text: str) -> bool:
    """Whether a note tells the amount of the row in another measure: by a word for it, or by being nothing else."""
    return any(word in text.lower() for word in ledger.rules.listed("conversion")) or bool(BARE.fullmatch(text))


def _of_each(amounts: Sequence[Amount]) -> tuple[Decimal, Decimal] | None:
    volume = next((amount.value for amount in amounts if amount.dimension == "volume"), None)
    mass = next((amount.value for amount in amounts if amount.dimension == "mass"), None)
    return (volume, mass) if volume and mass else None


def _unlike(
    ledger: Ledger, line: Line, field: Field, pair: tuple[Decimal, Decimal], density: Density
) -> Finding | None:
    volume, mass = pair
    ratio = mass / volume
    leeway = ledger.rules.number("density_percent") / 100
    if density.least * (1 - leeway) <= ratio <= density.most * (1 + leeway):
        return None
    figures = {"volume": volume, "mass": mass, "ratio": round(ratio, 2), "least": density.least, "most": density.most}
    return ledger.finding("L04", line, field, chemical=line.chemical, **figures)
