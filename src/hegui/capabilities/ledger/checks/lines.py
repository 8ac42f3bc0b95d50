"""The ledger as the checks see it: lines with their chemical and unit, gathered by kind (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from hegui.capabilities.ledger.chemicals import Chemicals, Match, plain
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Book, Entry, Field, Finding, LedgerKind, Sheet
from hegui.capabilities.ledger.units import Units
from hegui.rulebook.ledger_rules import Dimension, LedgerRules, Unit

NOTHING = Match(key="", how="none")
ZERO = Decimal(0)
EMPTY_WORD = 8  # longer than any word for nothing, which most cells need not be compared with


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An entry with what its words were taken for. Words that say “none” count as empty."""

    entry: Entry
    match: Match
    unit: Unit | None
    empty: frozenset[str] = field(repr=False)

    def text(self, name: Field) -> str:
        """The words of a field; "" where there are none."""
        value = self.entry.values.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else str(value)
        return "" if len(text) <= EMPTY_WORD and text.lower() in self.empty else text

    def number(self, name: Field) -> Decimal | None:
        value = self.entry.values.get(name)
        return value if isinstance(value, Decimal) else None

    def day(self, name: Field = "day") -> date | None:
        value = self.entry.values.get(name)
        return value if isinstance(value, date) else None

    def amount(self, name: Field) -> Decimal | None:
        """A number in kg, L or pieces; as written where the unit is not known."""
        number = self.number(name)
        return number if number is None or self.unit is None else number * self.unit.factor

    @property
    def dimension(self) -> Dimension | None:
        return self.unit.dimension if self.unit else None

    @property
    def measure(self) -> str:
        """What may be added up: mass, volume, or pieces of one kind; "" where the unit is not known."""
        if self.unit is None:
            return ""
        return self.unit.id if self.unit.dimension == "count" else self.unit.dimension

    @property
    def chemical(self) -> str:
        return self.text("chemical")

    @property
    def unit_name(self) -> str:
        return self.text("unit")

    def is_missing(self, name: Field) -> bool:
        """Empty; a cell that could not be read is not (the reader says so itself)."""
        return name not in self.entry.unreadable and not self.text(name)


@dataclass(frozen=True)
class Ledger:
    """Everything that a check may look at."""

    book: Book
    rules: LedgerRules
    chemicals: Chemicals
    units: Units
    facts: Facts

    @cached_property
    def earliest_day(self) -> date:
        """Before it a date is a slip."""
        return date(int(self.rules.number("earliest_year")), 1, 1)

    @cached_property
    def rounding(self) -> Decimal:
        """What a balance may be off, in the unit of its row."""
        return self.rules.number("balance_tolerance")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        empty = frozenset(self.rules.listed("empty"))
        return tuple(self._line(entry, empty) for entry in self.book.entries)

    def _line(self, entry: Entry, empty: frozenset[str]) -> Line:
        values = entry.values
        name, unit = values.get("chemical"), values.get("unit")
        match = NOTHING
        if name is not None:
            match = self.chemicals.match(str(name), str(values.get("cas", "")), str(values.get("concentration", "")))
        return Line(entry, match, self.units.of(str(unit)) if unit is not None else None, empty)

    @cached_property
    def _by_kind(self) -> Mapping[LedgerKind, Sequence[Line]]:
        found: dict[LedgerKind, list[Line]] = {"purchase": [], "use": [], "stock": [], "sale": [], "transfer": []}
        for line in self.lines:
            found[line.entry.kind].append(line)
        return found

    def of(self, *kinds: LedgerKind) -> Iterable[Line]:
        for kind in kinds:
            yield from self._by_kind[kind]

    @cached_property
    def sheets(self) -> Mapping[tuple[str, LedgerKind], Sheet]:
        return {(sheet.name, sheet.kind): sheet for sheet in self.book.sheets}

    def has_column(self, line: Line, name: Field) -> bool:
        return name in self.sheets[line.entry.sheet, line.entry.kind].columns

    @cached_property
    def groups(self) -> Mapping[tuple[str, LedgerKind], Sequence[Line]]:
        """The lines of each table in the order of the file."""
        found: dict[tuple[str, LedgerKind], list[Line]] = {key: [] for key in self.sheets}
        for line in self.lines:
            found[line.entry.sheet, line.entry.kind].append(line)
        return found

    @cached_property
    def in_order(self) -> Mapping[tuple[str, LedgerKind], Sequence[Line]]:
        """The lines of each table from the oldest on: a book that begins with the newest is turned round."""
        return {key: lines[::-1] if _runs_backward(lines) else lines for key, lines in self.groups.items()}

    @cached_property
    def chains(self) -> Sequence[Sequence[Line]]:
        """For each stock table and chemical (of one concentration and package) its lines, without repeated ones."""
        found: list[Sequence[Line]] = []
        for (_, kind), lines in self.in_order.items():
            if kind == "stock":
                found.extend(_chains([line for line in lines if line not in self.repeated]))
        return tuple(found)

    @cached_property
    def repeated(self) -> Mapping[Line, Line]:
        """Lines that say the same as an earlier one of their table, with that one."""
        return {line: first for lines in self.groups.values() for line, first in _repeated(lines)}

    @cached_property
    def usual_measure(self) -> Mapping[str, str]:
        """What each chemical is mostly measured in over the whole file."""
        counted: dict[str, Counter[str]] = {}
        for line in self.lines:
            if line.unit and line.match.key:
                counted.setdefault(line.match.key, Counter())[line.measure] += 1
        return {key: counter.most_common(1)[0][0] for key, counter in counted.items()}

    def is_usual(self, line: Line) -> bool:
        """Whether a line is measured as the chemical mostly is, so that it can be added up with the others."""
        return line.unit is None or self.usual_measure.get(line.match.key) == line.measure

    def finding(self, check: str, line: Line, column: Field, variant: str = "default", /, **given: object) -> Finding:
        """A finding at a row."""
        return self._finding(check, line.entry.sheet, line.entry.kind, line.entry.row, column, variant, given)

    def without_column(self, check: str, line: Line, column: Field, variant: str = "column") -> Finding:
        """A finding at the header: the table of the line has no such column."""
        entry = line.entry
        row = self.sheets[entry.sheet, entry.kind].header_row
        return self._finding(check, entry.sheet, entry.kind, row, column, variant, {"fields": column})

    def of_file(self, check: str, sheet: str, variant: str = "default", /, **given: object) -> Finding:
        """A finding about a sheet or the whole file."""
        return self._finding(check, sheet, None, None, None, variant, given)

    def _finding(
        self,
        check: str,
        sheet: str,
        kind: LedgerKind | None,
        row: int | None,
        column: Field | None,
        variant: str,
        given: Mapping[str, object],
    ) -> Finding:
        rule = self.rules.by_id[check]
        one = rule.variants[variant]
        severity = one.severity or rule.severity
        cited = one.citations if one.citations is not None else rule.citations
        local = tuple(c for at in rule.local if self.facts.place.startswith(at.place) for c in at.citations)
        header = self._header(sheet, kind, column)
        told = {name: _written(value) for name, value in given.items()}
        return Finding(check, severity, sheet, row, header, variant, told, (*cited, *local) if severity == "A" else ())

    def _header(self, sheet: str, kind: LedgerKind | None, column: Field | None) -> str:
        """The header as the file writes it; the canonical one where the file lacks it."""
        if kind is None or column is None:
            return ""
        written = self.sheets[sheet, kind].columns.get(column)
        return written or self.rules.labels[column].zh


def same_text(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def is_close(one: Decimal, other: Decimal, tolerance: Decimal) -> bool:
    return abs(one - other) <= tolerance


def _written(value: object) -> str:
    """Numbers without trailing zeros or exponents, days as 2026-05-01."""
    if isinstance(value, Decimal):
        rounded = round(value, 4)
        text = f"{rounded:f}"
        return text.rstrip("0").rstrip(".") or "0" if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def _runs_backward(lines: Sequence[Line]) -> bool:
    days = [day for line in lines if (day := line.day())]
    ups = sum(1 for one, other in pairwise(days) if one < other)
    downs = sum(1 for one, other in pairwise(days) if one > other)
    return len(days) > 2 and downs > 2 * ups


def _repeated(lines: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    first: dict[frozenset[tuple[Field, object]], Line] = {}
    for line in lines:
        known = first.setdefault(frozenset(line.entry.values.items()), line)
        if known is not line:
            yield line, known


def _chains(lines: Sequence[Line]) -> Iterable[Sequence[Line]]:
    """A line without a name that is known belongs where its opening balance goes on, if that is one place."""
    found: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        key = (line.match.key, line.text("concentration"), line.text("specification"))
        chain = found.get(key) if line.match.item else _continued(line, found.values())
        if chain is None:
            chain = found.setdefault(key, [])
        chain.append(line)
    return found.values()


def _continued(line: Line, chains: Iterable[list[Line]]) -> list[Line] | None:
    opening = line.amount("opening")
    ended = [chain for chain in chains if opening is not None and chain[-1].amount("closing") == opening]
    return ended[0] if len(ended) == 1 else None
