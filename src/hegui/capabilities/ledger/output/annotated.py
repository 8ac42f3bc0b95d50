"""The annotated copy (批注副本): a new workbook like the original, with its faults coloured and explained.

It is written from the cells that are read again, never by editing the file that came. `annotate` is the task of the
child process; rows go by one at a time, so memory hardly grows with their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from hegui.capabilities.ledger.model import Severity
from hegui.capabilities.ledger.output.cells import safe_sheet_name, safe_text, width_of
from hegui.capabilities.ledger.output.headers import Headers
from hegui.capabilities.ledger.output.looks import Looks
from hegui.capabilities.ledger.output.original import Merged, Original, original
from hegui.capabilities.ledger.output.plan import Mark, Plan
from hegui.capabilities.ledger.output.summary import write_findings, write_unread

MOST_SHEETS = 40  # each keeps a file open while the copy is written
MOST_COMMENTS = 5_000  # more make the file slow to open; the rest is coloured and listed
MEASURED_ROWS = 300  # rows by which a column's width is chosen
NARROWEST, WIDEST = 8, 42  # characters
COMMENT_AUTHOR = "Hegui"


def annotate(path: Path, given: dict[str, Any]) -> dict[str, int]:
    """Writes the copy that the plan describes; says how many cells were marked and how many have a comment."""
    plan = Plan.model_validate(given)
    source = original(path, plan.kind, plan.encoding, plan.name)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(plan.out), options)
    copy = _Copy(book, plan, source)
    copy.write()
    book.close()
    return {"cells": copy.cells, "comments": copy.comments}


class _Copy:
    """One copy while it is written."""

    def __init__(self, book: Any, plan: Plan, source: Original) -> None:
        self._book, self._plan, self._source = book, plan, source
        self._looks = Looks(book)
        self._marks = _by_place(plan.marks)
        self._shown: dict[str, str] = {}
        self._places: dict[tuple[str, int, str], int] = {}
        self.cells = self.comments = 0

    def write(self) -> None:
        """The sheets of ours come first in the file and are filled last, when every finding has its cell."""
        self._shown = names = self._names()
        ours = [self._plan.findings_sheet, *([self._plan.unread_sheet] if self._plan.unread else [])]
        taken = {name.lower() for name in names.values()}
        pages = [self._book.add_worksheet(safe_sheet_name(name, taken)) for name in ours]
        for name, shown in names.items():
            self._write_sheet(self._book.add_worksheet(shown), name)
        left = len(self._source.names) - len(names)
        more = (self._plan.too_many_sheets.format(count=left),) if left else ()
        write_findings(pages[0], self._plan, self._link, self._looks, more)
        if self._plan.unread:
            write_unread(pages[1], self._plan, self._looks)

    def _link(self, mark: Mark) -> str | None:
        """The way to a finding's cell; None where it has none in the copy."""
        place = self._places.get((mark.sheet, mark.row or 0, mark.column))
        if place is None:
            return None
        quoted = self._shown[mark.sheet].replace("'", "''")
        return f"internal:'{quoted}'!{xl_rowcol_to_cell((mark.row or 1) - 1, place)}"

    def _names(self) -> dict[str, str]:
        """What each sheet of the original that is copied is called in the copy."""
        names: dict[str, str] = {}
        for name in self._kept_sheets():
            names[name] = safe_sheet_name(name, {taken.lower() for taken in names.values()})
        return names

    def _kept_sheets(self) -> list[str]:
        """All sheets; where there are too many, those with findings before the others."""
        names = self._source.names
        if len(names) <= MOST_SHEETS:
            return names
        first = sorted(names, key=lambda name: name not in self._marks)[:MOST_SHEETS]
        return [name for name in names if name in first]

    def _write_sheet(self, page: Any, name: str) -> None:
        marks = self._marks.get(name, {})
        sheet = self._source.sheet(name)
        headers, merged = Headers(self._plan.header_rows.get(name, ())), _by_row(sheet.merged)
        widths: list[int] = []
        row = 0
        for row, cells in enumerate(sheet.rows, 1):
            headers.pass_by(row, cells)
            for area in merged.get(row - 1, ()):
                page.merge_range(row - 1, area.first, row - 1, area.last, "", self._looks.merged)
            self._write_row(page, row, cells, self._faults(marks.get(row, ()), headers))
            if row <= MEASURED_ROWS:
                _widen(widths, cells, merged.get(row - 1, ()))
        for beyond in sorted(place for place in marks if place > row):
            self._write_row(page, beyond, (), self._faults(marks[beyond], headers))
        for place, width in enumerate(widths):
            page.set_column(place, place, min(WIDEST, max(NARROWEST, width + 2)))
        if header_rows := self._plan.header_rows.get(name):
            page.freeze_panes(min(header_rows), 0)
        if sheet.hidden and not marks:
            page.hide()

    def _faults(self, marks: Sequence[Mark], headers: Headers) -> Mapping[int, list[Mark]]:
        """Findings by column, from 0. Those whose column is not in the sheet stand at the first cell of the row."""
        columns: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            place = headers.place(mark.column) or 0
            columns[place].append(mark)
            self._places[mark.sheet, mark.row or 0, mark.column] = place
        return columns

    def _write_row(self, page: Any, row: int, cells: Sequence[Any], faults: Mapping[int, Sequence[Mark]]) -> None:
        for place, value in enumerate(cells):
            if place not in faults and value != "":
                self._looks.put(page, row - 1, place, value)
        for place, found in sorted(faults.items()):
            value = cells[place] if place < len(cells) else ""
            self._looks.put(page, row - 1, place, value, _worst(found))
            self.cells += 1
            self._comment(page, row - 1, place, found)

    def _comment(self, page: Any, row: int, place: int, found: Sequence[Mark]) -> None:
        if self.comments >= MOST_COMMENTS:
            return
        self.comments += 1
        text = safe_text("\n\n".join(mark.note for mark in found)).removeprefix("'")
        lines = sum(1 + width_of(line) // 38 for line in text.split("\n"))
        page.write_comment(row, place, text, {"author": COMMENT_AUTHOR, "width": 300, "height": 24 + 17 * lines})


def _by_place(marks: Iterable[Mark]) -> Mapping[str, Mapping[int, list[Mark]]]:
    placed: dict[str, dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        if mark.row is not None:
            placed[mark.sheet][mark.row].append(mark)
    return placed


def _by_row(merged: Iterable[Merged]) -> Mapping[int, list[Merged]]:
    rows: dict[int, list[Merged]] = defaultdict(list)
    for area in merged:
        rows[area.row].append(area)
    return rows


def _worst(marks: Sequence[Mark]) -> Severity:
    return min(mark.severity for mark in marks)


def _widen(widths: list[int], cells: Sequence[Any], merged: Sequence[Merged]) -> None:
    """A merged title does not widen its first column."""
    widths.extend([0] * (len(cells) - len(widths)))
    covered = {place for area in merged for place in range(area.first, area.last + 1)}
    for place, value in enumerate(cells):
        if value != "" and place not in covered:
            widths[place] = max(widths[place], width_of(str(value)))
