"""Filing certificates (备案证明): there (L10), valid (L11), enough (L12), single use (L13), the right one (L14)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, Line
from hegui.capabilities.ledger.chemicals import plain
from hegui.capabilities.ledger.model import Field, Finding

FILED_GRADES = (2, 3)
SEVERAL = re.compile(r"[、,，;；/]|\s{2,}")


def absent(ledger: Ledger) -> Iterator[Finding]:
    """L10: class 2 and 3 are filed before they are bought."""
    told: set[str] = set()
    for line in ledger.of("purchase"):
        if line.match.grade not in FILED_GRADES:
            continue
        if not ledger.has_column(line, "certificate"):
            if line.entry.sheet not in told:
                yield ledger.without_column("L10", line, "certificate")
            told.add(line.entry.sheet)
        elif line.is_missing("certificate"):
            yield ledger.finding("L10", line, "certificate", chemical=line.chemical, grade=line.match.grade)


def outside_validity(ledger: Ledger) -> Iterator[Finding]:
    """L11."""
    for line in ledger.of("purchase", "sale"):
        day, since, until = sane_day(ledger, line), line.day("valid_from"), line.day("valid_to")
        if day is None:
            continue
        told = {"chemical": line.chemical, "day": day}
        if until and day > until:
            variant = "sale" if line.entry.kind == "sale" else "late"
            yield ledger.finding("L11", line, "valid_to", variant, **told, until=until, days=(day - until).days)
        elif since and day < since:
            yield ledger.finding("L11", line, "valid_from", "early", **told, since=since, days=(since - day).days)


@dataclass
class _Used:
    """What was bought under a certificate so far."""

    total: Decimal = ZERO
    permitted: Decimal | None = None
    told: bool = False


def over_permitted(ledger: Ledger) -> Iterator[Finding]:
    """L12: told at the row where the sum first goes over."""
    numbers: Mapping[str, Field] = {"purchase": "certificate", "sale": "buyer_number"}
    used: dict[tuple[str, ...], _Used] = {}
    for line in _by_day(ledger):
        number = line.text(numbers[line.entry.kind])
        amount = line.amount("quantity")
        if amount is None or line in ledger.repeated or not ledger.is_usual(line):
            continue
        one = used.setdefault(_account(ledger, line, number), _Used())
        one.total += amount
        one.permitted = line.amount("permitted") or one.permitted
        if one.permitted is not None and one.total > one.permitted and not one.told:
            one.told = True
            yield _over(ledger, line, number, one)


def _by_day(ledger: Ledger) -> list[Line]:
    """Purchases and sales, the oldest first; those without a day keep their place in the file at the end."""
    late = ledger.facts.today
    return sorted(ledger.of("purchase", "sale"), key=lambda line: (sane_day(ledger, line) or late, line.entry.row))


def _account(ledger: Ledger, line: Line, number: str) -> tuple[str, ...]:
    """What is added up together. A single-use certificate covers one day; a row without a number stands alone."""
    entry = line.entry
    alone = f"{entry.sheet} {entry.row}" if not number else ""
    once = str(line.day()) if _is_single(ledger, line) else ""
    return (entry.kind, plain(number), line.match.key, alone, once)


def _over(ledger: Ledger, line: Line, number: str, used: _Used) -> Finding:
    factor = line.unit.factor if line.unit else Decimal(1)
    total, permitted = used.total / factor, (used.permitted or ZERO) / factor
    figures = {"sum": total, "permitted": permitted, "difference": total - permitted, "unit": line.unit_name}
    told = {"chemical": line.chemical, "certificate": number or "—", **figures}
    if line.entry.kind == "sale":
        return ledger.finding("L12", line, "quantity", "sale", **told, buyer=line.text("buyer") or "—")
    return ledger.finding("L12", line, "quantity", **told)


def used_again(ledger: Ledger) -> Iterator[Finding]:
    """L13. Several chemicals bought on one day from one supplier are one purchase."""
    first: dict[str, tuple[Line, bool]] = {}
    seen: set[tuple[str, object, str]] = set()
    for line in _by_day(ledger):
        number = plain(line.text("certificate"))
        if line.entry.kind != "purchase" or not number:
            continue
        before, single = first.setdefault(number, (line, _is_single(ledger, line)))
        purchase = (number, line.day(), plain(line.text("supplier")))
        if purchase in seen:
            continue
        seen.add(purchase)
        if before is not line and (single or _is_single(ledger, line)):
            told = {"certificate": line.text("certificate"), "before": before.entry.row}
            yield ledger.finding("L13", line, "certificate", **told)


def _is_single(ledger: Ledger, line: Line) -> bool:
    kind = line.text("certificate_kind").lower()
    return any(word in kind for word in ledger.rules.listed("single_use"))


@dataclass
class _Named:
    """Units that the certificates of a table name, and how often."""

    counts: Counter[str] = field(default_factory=Counter)

    def own(self) -> str | None:
        """The one that most of at least three rows name."""
        if self.counts.total() < 3:
            return None
        name, count = self.counts.most_common(1)[0]
        return name if count * 2 > self.counts.total() else None


def of_another(ledger: Ledger) -> Iterator[Finding]:
    """L14. Without the unit's own name, the one that most certificates of the table name is taken for it."""
    named: dict[str, _Named] = {}
    for line in ledger.of("purchase"):
        if name := line.text("certificate_unit"):
            named.setdefault(line.entry.sheet, _Named()).counts[name] += 1
    own = {sheet: ledger.facts.unit_name or one.own() for sheet, one in named.items()}
    for line in ledger.of("purchase"):
        yield from _another_unit(ledger, line, own.get(line.entry.sheet))
        yield from _another_chemical(ledger, line)


def _another_unit(ledger: Ledger, line: Line, own: str | None) -> Iterator[Finding]:
    name = line.text("certificate_unit")
    if name and own and not _is_one_unit(name, own):
        yield ledger.finding("L14", line, "certificate_unit", "unit", named=name, own=own)


def _is_one_unit(one: str, other: str) -> bool:
    """A short name of a unit is the same unit."""
    first, second = plain(one), plain(other)
    return first in second or second in first


def _another_chemical(ledger: Ledger, line: Line) -> Iterator[Finding]:
    named = line.text("certificate_chemical")
    if not named or not line.match.item:
        return
    alike = [ledger.chemicals.same(line.chemical, one) for one in (named, *SEVERAL.split(named)) if one]
    if all(answer is False for answer in alike):
        yield ledger.finding("L14", line, "certificate_chemical", "chemical", chemical=line.chemical, named=named)
