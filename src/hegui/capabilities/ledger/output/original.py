"""The cells of a file as they stand in it (原表), read again for the copy. Runs in the child process only."""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hegui.foundation.untrusted.text import CELL_SEPARATORS, LINES_LOOKED_AT, code_of

Cell = str | float | bool | date | datetime | time | timedelta
Row = Sequence[Cell]
MOST_ROWS, MOST_COLUMNS = 300_000, 702  # as the guard allows


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one row that are one cell, counted from 0."""

    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class OriginalSheet:
    """A sheet. `rows` starts at the file's own row 1 and column A.

    Of a merged area of several rows `merged` has only the first, so that each row keeps its own cells.
    """

    hidden: bool
    rows: Iterator[Row]
    merged: tuple[Merged, ...] = ()


class Original(Protocol):
    """A file with sheets."""

    names: list[str]

    def sheet(self, name: str) -> OriginalSheet:
        """Reads a sheet; the one before is let go."""
        ...


class Spreadsheet:
    """XLSX and XLS. One sheet is held at a time."""

    def __init__(self, path: Path) -> None:
        self._book = CalamineWorkbook.from_path(path)
        about = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.names = [sheet.name for sheet in about]
        self._hidden = {sheet.name for sheet in about if sheet.visible != SheetVisibleEnum.Visible}

    def sheet(self, name: str) -> OriginalSheet:
        sheet = self._book.get_sheet_by_name(name)
        areas = sheet.merged_cell_ranges or []
        wide = {(top[0], top[1]): end[1] for top, end in areas if top[1] < end[1] < MOST_COLUMNS}
        merged = tuple(_apart(Merged(row, first, last) for (row, first), last in sorted(wide.items())))
        return OriginalSheet(name in self._hidden, _rows(sheet), merged)


class Table:
    """CSV: one sheet that has the name of the file."""

    def __init__(self, path: Path, encoding: str | None, name: str) -> None:
        self.names = [name]
        self._text = decoded(path.read_bytes(), encoding)

    def sheet(self, name: str) -> OriginalSheet:
        start = "\n".join(self._text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT])
        delimiter = max(CELL_SEPARATORS, key=start.count)
        rows = csv.reader(io.StringIO(self._text, newline=""), delimiter=delimiter)
        return OriginalSheet(False, (row[:MOST_COLUMNS] for row in itertools.islice(rows, MOST_ROWS)))


def original(path: Path, kind: str, encoding: str | None = None, name: str = "") -> Original:
    """The file again. `kind` as the guard told it; `name` is what the person calls the file, without its ending."""
    return Table(path, encoding, name or path.stem) if kind in ("csv", "text") else Spreadsheet(path)


def decoded(content: bytes, encoding: str | None = None) -> str:
    """The text of a CSV, in the code that was told or that it is in; what makes no sense becomes \ufffd."""
    return content.decode(encoding or code_of(content) or "gb18030", errors="replace")


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    before = [""] * (sheet.start[1] if sheet.start else 0)  # empty rows above are given, empty columns are not
    for row in itertools.islice(sheet.iter_rows(), MOST_ROWS):
        yield [*before, *row][:MOST_COLUMNS]


def _apart(areas: Iterator[Merged]) -> Iterator[Merged]:
    """Areas that do not overlap; of two that do, the first."""
    row, end = -1, -1
    for area in areas:
        if area.row != row or area.first > end:
            row, end = area.row, area.last
            yield area
