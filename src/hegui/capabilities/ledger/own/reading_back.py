"""Reads a workbook that the ledger was exported to. Runs in the child process that opens files from outside: it knows
nothing but the words it is given, and imports little.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hegui.foundation.errors import Refusal

TASK = "hegui.capabilities.ledger.own.reading_back:read_rows"
Row = dict[str, Any]


def read_rows(path: str | Path, given: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Rows of every sheet by columns, as JSON can hold them; `row` is the spreadsheet's own number."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [name for name in workbook.sheet_names if name in given]
        return {given[name]["name"]: list(_rows(workbook, name, given[name]["headers"])) for name in sheets}
    except CalamineError:
        raise Refusal("ledger_book.not_a_table") from None


def _rows(workbook: Any, name: str, headers: Mapping[str, str]) -> Iterator[Row]:
    lines = workbook.get_sheet_by_name(name).iter_rows()
    names = [headers.get(str(cell)) for cell in next(lines, [])]
    for number, cells in enumerate(lines, 2):
        row = {column: _plain(cell) for column, cell in zip(names, cells, strict=False) if column and cell != ""}
        if row:
            yield {**row, "row": number}


def _plain(cell: Any) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() | int():
            return f"{Decimal(repr(cell)).normalize():f}"
        case _:
            return str(cell)
