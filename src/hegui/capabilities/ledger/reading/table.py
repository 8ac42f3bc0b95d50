"""The rows below a header: each becomes an entry, or is said to be left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hegui.capabilities.ledger.model import Entry, Field, LedgerKind, Value
from hegui.capabilities.ledger.reading.cells import UNREAD, Found, Reader, shown
from hegui.capabilities.ledger.reading.context import Context, line_of, with_line
from hegui.capabilities.ledger.reading.day_parts import DayInParts
from hegui.capabilities.ledger.reading.days import both_days, completed
from hegui.capabilities.ledger.reading.fields import AMOUNTS
from hegui.capabilities.ledger.reading.found import AsAbove, Cut, Fault, Measured, PartOfDay
from hegui.capabilities.ledger.reading.grid import GridRow, column_letters
from hegui.capabilities.ledger.reading.layout import Layout
from hegui.capabilities.ledger.reading.notes import Notes
from hegui.capabilities.ledger.reading.units import Settling
from hegui.capabilities.ledger.reading.vocabulary import Vocabulary

LEADING_COLUMNS = 3
NO_UNREADABLE: frozenset[Field] = frozenset()
NO_RAW: dict[Field, str] = {}
NAMES: frozenset[Field] = frozenset({"day", "chemical", "cas"})
MAKES_AN_ENTRY = NAMES.union(AMOUNTS)


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    number: int
    values: dict[Field, Value] = field(default_factory=dict)
    own_units: dict[Field, str] = field(default_factory=dict)
    raw: dict[Field, str] = field(default_factory=dict)
    faults: list[tuple[Field, Fault]] = field(default_factory=list)


class Table:
    """Reads row after row of one table and keeps its entries. `kind` is what the columns or the title told.

    `left` is how many columns of the sheet stand before the rows begin; `context` may change on the way.
    """

    def __init__(
        self,
        sheet: str,
        kind: LedgerKind,
        layout: Layout,
        context: Context,
        words: Vocabulary,
        reader: Callable[[Field], Reader],
        notes: Notes,
        left: int = 0,
    ) -> None:
        self.entries: list[Entry] = []
        self.kind = kind
        self._sheet = sheet
        self._left = left
        self._layout = layout
        self.context = context
        self._words = words
        self._notes = notes
        self._headers = {column.meaning.field: column.header for column in layout.columns}
        self._fields = {column.index: column.meaning.field for column in layout.columns}
        self._plan = [
            (column.index, column.meaning.field, reader(column.meaning.field).kept, reader(column.meaning.field).fresh)
            for column in layout.columns
        ]
        self._lead = self._leading()
        self._width = 1 + max((*self._fields, *layout.parts.values()))
        self._units = Settling(layout, words.amounts)
        self._above: dict[Field, Value] = {}
        self._parts = DayInParts(layout.parts, reader("remarks")) if layout.parts else None
        self._unnamed = [at for at, header in enumerate(layout.headers) if not header and at not in self._fields]
        self._last_header = len(layout.headers)

    def read(self, row: GridRow) -> None:
        """Takes the next row that is not blank and is none of the marked rows (`sheet.py`)."""
        cells = row.cells
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        entry = _Row(row.number)
        if row.from_above:
            cells = self._filled(cells, row, entry)
        if self._unnamed or len(cells) > self._last_header:
            self._look_beside(cells)
        self._cells(cells, entry)
        if self._parts and (told := self._parts.read(cells, self.context)) is not None:
            if isinstance(told, date):
                entry.values["day"] = told
            else:
                self._fault("day", told, "-".join(shown(cells[index]) for index in self._layout.parts.values()), entry)
        if not self._is_entry(entry, cells):
            self._not_an_entry(row)
            return
        self._completed(entry)
        for name, fault in entry.faults:
            column = self._headers.get(name, "")
            self._notes.say(fault.key, self._sheet, row.number, column, text=entry.raw[name], **fault.given)
        self._above = entry.values
        unreadable = frozenset(entry.raw) if entry.raw else NO_UNREADABLE
        self.entries.append(Entry(self._sheet, row.number, self.kind, entry.values, unreadable, entry.raw or NO_RAW))

    def lead(self, cells: list[object]) -> list[str]:
        """The words at the beginning of a row, which may make it a total or a note."""
        return [cell for index in self._lead if index < len(cells) and isinstance(cell := cells[index], str) and cell]

    def _leading(self) -> list[int]:
        first = min(self._fields)
        named = [index for index, name in self._fields.items() if name in ("day", "chemical")]
        return sorted({*range(first + LEADING_COLUMNS), *named})

    def _look_beside(self, cells: list[object]) -> None:
        """Says once of each column without a header that something stands in it."""
        for index in [*self._unnamed, *range(self._last_header, len(cells))]:
            if index < len(cells) and shown(cells[index]):
                self._notes.say_once("ledger.unread.unnamed_column", self._sheet, column_letters(index + self._left))
                if index in self._unnamed:
                    self._unnamed.remove(index)

    def _cells(self, cells: list[object], entry: _Row) -> None:
        """The hot loop: what is plain goes in at once, the rest is looked at more closely."""
        values = entry.values
        rarer: list[tuple[int, Field, Found]] = []
        for index, name, kept, fresh in self._plan:
            cell = cells[index]
            if not cell and cell == "":
                continue
            found = UNREAD if type(cell) is bool else kept.get(cell, UNREAD)
            if found is UNREAD:
                found = fresh(cell)
            kind = type(found)
            if kind is str or kind is Decimal or kind is date:
                values[name] = found  # type: ignore[assignment]
            elif found is not None:
                rarer.append((index, name, found))  # type: ignore[arg-type]
        for index, name, found in rarer:
            self._rarer(name, found, cells[index], entry)

    def _rarer(self, name: Field, found: Found, cell: object, entry: _Row) -> None:
        if isinstance(found, AsAbove):
            found = self._from_above(name)
        elif isinstance(found, PartOfDay):
            found = self._whole_day(name, found)
        elif isinstance(found, Measured):
            entry.own_units[name] = found.unit
            found = found.value
        elif isinstance(found, Cut):
            column = self._headers.get(name, "")
            self._notes.say("ledger.unread.long_text", self._sheet, entry.number, column, limit=f"{len(found.text):,}")
            found = found.text
        if isinstance(found, Fault) and name in ("valid_to", "valid_from") and (both := both_days(shown(cell))):
            entry.values["valid_from"], entry.values["valid_to"] = both
        elif isinstance(found, Fault):
            self._fault(name, found, cell, entry)
        else:
            entry.values[name] = found  # type: ignore[assignment]

    def _fault(self, name: Field, fault: Fault, cell: object, entry: _Row) -> None:
        """Kept until it is clear that the row is an entry: a remark in the column of days is no bad day."""
        entry.raw[name] = shown(cell)
        entry.faults.append((name, fault))

    def _from_above(self, name: Field) -> Value | Fault:
        found = self._above.get(name)
        return Fault("ledger.unread.nothing_above") if found is None else found

    def _whole_day(self, name: Field, part: PartOfDay) -> date | PartOfDay | Fault:
        before = self._above.get(name)
        last = before if isinstance(before, date) else None
        year = last.year if last else self.context.year
        if year is None:
            return Fault("ledger.unread.no_year")
        found = completed(part, year, self.context.month, last)
        if isinstance(found, date):
            self._notes.say_once("ledger.unread.year_assumed", self._sheet, self._headers.get(name, ""), year=str(year))
        return found

    def _filled(self, cells: list[object], row: GridRow, entry: _Row) -> list[object]:
        """The cells with what merged ranges say for them. An amount stands once, however many rows its range covers."""
        cells = list(cells)
        for index, content in row.from_above.items():
            name = self._fields.get(index)
            if name is None or content == "" or cells[index] != "":
                continue
            if name not in AMOUNTS:
                cells[index] = content
            elif any(cell != "" for at, cell in enumerate(cells) if at not in row.from_above):
                self._fault(name, Fault("ledger.unread.merged_amount"), content, entry)
        return cells

    def _is_entry(self, entry: _Row, cells: list[object]) -> bool:
        """A row with a day, a chemical or an amount; one long sentence alone is a remark."""
        if "day" in entry.values and "chemical" in entry.values:
            return True
        told = entry.values.keys() | entry.raw.keys()
        if told.isdisjoint(MAKES_AN_ENTRY):
            return False
        if len(told) > 1:
            return True
        return sum(cell != "" for cell in cells) > 1 or not told <= NAMES

    def _not_an_entry(self, row: GridRow) -> None:
        line = line_of(row.cells) or " ".join(filter(None, map(shown, row.cells)))
        if line:
            self.context = with_line(self.context, line, self._words)
            self._notes.say("ledger.unread.note", self._sheet, row.number, text=line)

    def _completed(self, entry: _Row) -> None:
        """With the chemical of the title, and all amounts in one unit."""
        if self.context.chemical and "chemical" not in entry.values and "chemical" not in entry.raw:
            entry.values["chemical"] = self.context.chemical
        settled = self._units.settle(entry.values, entry.own_units, self.context.unit)
        if settled.unit:
            column = self._headers.get("unit", "")
            self._notes.say_once("ledger.unread.unit_column", self._sheet, column, unit=settled.unit)
        for name in settled.amounts:
            amount = entry.values.pop(name)
            text = f"{amount} {entry.own_units.get(name, '')}".strip()
            self._fault(
                name, Fault("ledger.unread.units_differ", {"unit": str(entry.values.get("unit", ""))}), text, entry
            )
