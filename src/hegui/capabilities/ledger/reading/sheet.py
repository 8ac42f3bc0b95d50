"""One sheet: its header, its rows, and further tables below the first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from hegui.capabilities.ledger.model import Entry, Field, LedgerKind, Sheet
from hegui.capabilities.ledger.reading.cells import Reader, readers
from hegui.capabilities.ledger.reading.context import Context, from_titles, line_of
from hegui.capabilities.ledger.reading.days import day_of
from hegui.capabilities.ledger.reading.grid import MOST_COLUMNS, MOST_ROWS, Grid, GridRow, numbered
from hegui.capabilities.ledger.reading.layout import FEWEST_COLUMNS, ROWS_LOOKED_AT, Layout, find_layout
from hegui.capabilities.ledger.reading.notes import Notes
from hegui.capabilities.ledger.reading.table import Table
from hegui.capabilities.ledger.reading.vocabulary import RowMeaning, Vocabulary

ROWS_AT_FIRST = 60
"""Looked at before any is read: for the header, and for a year that days without one may take."""


def read_sheet(
    grid: Grid, words: Vocabulary, notes: Notes, chemicals: Sequence[str] = ()
) -> tuple[list[Sheet], list[Entry]]:
    """The ledgers of a sheet and their lines; the sheet is left out with a note where it holds none."""
    rows = (row for row in numbered(grid) if not _is_blank(row.cells))
    first = list(islice(rows, ROWS_AT_FIRST))
    if not first:
        notes.say("ledger.unread.empty_sheet", grid.name)
        return [], []
    if grid.hidden:
        notes.say("ledger.unread.hidden", grid.name)
    if grid.width > MOST_COLUMNS:
        notes.say("ledger.unread.too_many_columns", grid.name, limit=str(MOST_COLUMNS))
    reading = _Reading(grid, words, notes)
    if not reading.begin(first, chemicals):
        return [], []
    last = 0
    for row in chain(first[reading.begun :], rows):
        reading.take(row)
        last = row.number
    if last >= MOST_ROWS:
        notes.say("ledger.unread.too_many_rows", grid.name, limit=f"{MOST_ROWS:,}")
    return reading.result()


class _Reading:
    """A sheet while its rows go by."""

    def __init__(self, grid: Grid, words: Vocabulary, notes: Notes) -> None:
        self.begun = 0
        self._grid = grid
        self._words = words
        self._notes = notes
        self._reader: Callable[[Field], Reader] = readers(words, grid.first_day)
        self._tables: list[Table] = []
        self._headers: dict[LedgerKind, tuple[int, dict[Field, str]]] = {}
        self._header_lines: list[list[Any]] = []
        self._context = Context()

    def begin(self, first: list[GridRow], chemicals: Sequence[str]) -> bool:
        """Finds the header in the first rows; False where there is none or it tells no kind."""
        layout = find_layout([row.cells for row in first[:ROWS_LOOKED_AT]], self._words)
        if layout is None:
            self._notes.say("ledger.unread.no_header", self._grid.name)
            return False
        titles = [row.cells for row in first[: layout.last + 1]]
        self._context = from_titles(titles, self._words)
        kind = layout.kind or self._words.kind_in(self._context.text) or self._words.kind_in(self._grid.name)
        kind = kind or layout.likely
        if kind is None:
            headers = ", ".join(column.header for column in layout.columns)
            self._notes.say("ledger.unread.no_kind", self._grid.name, first[layout.last].number, text=headers)
            return False
        if layout.kind is None:
            layout = find_layout(titles, self._words, kind) or layout
            self._notes.say("ledger.unread.kind_from_title", self._grid.name)
        self.begun = layout.last + 1
        for row in first[: layout.last]:
            if _is_like_an_entry(row.cells):
                self._notes.say("ledger.unread.note", self._grid.name, row.number, text=line_of(row.cells))
        self._header_lines = titles[-2:]
        if "chemical" not in layout.fields and not self._context.chemical:
            self._chemical_from(chemicals)
        self._table(kind, layout, first[layout.last], self._with_year(layout, first))
        return True

    def _chemical_from(self, chemicals: Sequence[str]) -> None:
        """A book for each chemical: its title or its sheet's name says which."""
        for text in (self._context.text, self._grid.name):
            named = [name for name in chemicals if name in text]
            found = max(named, key=len, default="")
            if found and all(name in found for name in named):  # a title with two names tells neither
                self._context = replace(self._context, chemical=found)
                self._notes.say("ledger.unread.chemical_from_title", self._grid.name, chemical=found)
                return

    def take(self, row: GridRow) -> None:
        """The next row that is not blank."""
        table = self._tables[-1]
        meaning = next((one for cell in table.lead(row.cells) if (one := self._words.row_meaning(cell))), None)
        if meaning is None or not self._is_marked(meaning, row):
            table.read(row)

    def result(self) -> tuple[list[Sheet], list[Entry]]:
        rows: dict[LedgerKind, int] = {}
        for table in self._tables:
            rows[table.kind] = rows.get(table.kind, 0) + len(table.entries)
        sheets = [
            Sheet(self._grid.name, kind, header_row, columns, rows[kind])
            for kind, (header_row, columns) in self._headers.items()
        ]
        return sheets, [entry for table in self._tables for entry in table.entries]

    def _is_marked(self, meaning: RowMeaning, row: GridRow) -> bool:
        """Whether the row is no entry because of a word in it."""
        if meaning == "header":
            return self._is_header(row)
        if meaning == "note" and any(isinstance(cell, float) for cell in row.cells):
            return False
        text = next(iter(self._tables[-1].lead(row.cells)), "")
        self._notes.say(f"ledger.unread.{meaning}", self._grid.name, row.number, text=text.strip())
        return True

    def _is_header(self, row: GridRow) -> bool:
        cells = [cell for cell in row.cells if cell != ""]
        if any(_as_many_alike(row.cells, line) * 2 >= len(cells) for line in self._header_lines):
            self._notes.say("ledger.unread.repeated_header", self._grid.name, row.number)
            return True
        layout = find_layout([row.cells], self._words)
        if layout is None or layout.score * 2 < len(cells):
            return False
        self._header_lines = [row.cells]
        self._table(layout.kind or self._tables[-1].kind, layout, row, self._tables[-1].context)
        return True

    def _table(self, kind: LedgerKind, layout: Layout, header: GridRow, context: Context) -> None:
        for text in layout.unknown:
            self._notes.say("ledger.unread.unknown_column", self._grid.name, header.number, text)
        for text in layout.repeated:
            self._notes.say("ledger.unread.second_column", self._grid.name, header.number, text)
        grid, words = self._grid, self._words
        self._tables.append(Table(grid.name, kind, layout, context, words, self._reader, self._notes, grid.left))
        first_row, columns = self._headers.get(kind, (header.number, {}))
        self._headers[kind] = (first_row, _told_above(context) | layout.fields | columns)

    def _with_year(self, layout: Layout, first: list[GridRow]) -> Context:
        """Where no title names the year, the whole days of the first rows may: if they agree."""
        context = self._context
        at = next((column.index for column in layout.columns if column.meaning.field == "day"), None)
        if context.year is not None or at is None:
            return context
        years = {year for row in first[layout.last + 1 :] if (year := self._year(row, at))}
        return replace(context, year=years.pop()) if len(years) == 1 else context

    def _year(self, row: GridRow, at: int) -> int | None:
        found = day_of(row.cells[at], self._grid.first_day) if at < len(row.cells) else None
        return getattr(found, "year", None)


def _told_above(context: Context) -> dict[Field, str]:
    """What a title says for all rows needs no column, and has no header."""
    told: dict[Field, str] = {"chemical": context.chemical, "unit": context.unit}
    return {name: "" for name, text in told.items() if text}


def _is_like_an_entry(cells: list[Any]) -> bool:
    """Whether a row above the header holds more than a title does."""
    told = [cell for cell in cells if cell != ""]
    return len(told) >= FEWEST_COLUMNS and not all(isinstance(cell, str) for cell in told)


def _as_many_alike(cells: list[Any], others: list[Any]) -> int:
    """How many words stand in the same columns."""
    return sum(bool(cell) and cell == other for cell, other in zip(cells, others, strict=False))


def _is_blank(cells: list[object]) -> bool:
    """Whether nothing is in it; a nought is something."""
    return not any(cells) and cells.count("") == len(cells)
