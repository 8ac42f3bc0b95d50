"""How cells look and how values are put into them (单元格样式): a date as a date, a number as a number."""

import math
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from hegui.capabilities.ledger.model import Severity
from hegui.capabilities.ledger.output.cells import is_numbered, safe_text

COLOURS: dict[Severity, str] = {"A": "#F8B4AE", "B": "#FFE08A", "C": "#CFE2F3"}
NUMBER_FORMATS = {
    "plain": "General",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm:ss",
    "time": "hh:mm:ss",
    "span": "[h]:mm:ss",
    "numbered": "@",
}
FIRST_YEAR = 1900  # earlier days are no dates in a spreadsheet
LARGEST = 1e300


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Severity | None, str], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.header = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self.merged = book.add_format({"align": "center", "valign": "vcenter"})
        self.signs = {
            severity: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top", "bold": severity == "A"})
            for severity, colour in COLOURS.items()
        }

    def put(self, page: Any, row: int, column: int, value: Any, severity: Severity | None = None) -> None:
        """Writes a value at a place counted from 0, in the colour of a severity where there is one."""
        match value:
            case "":
                page.write_blank(row, column, None, self._look(severity, "plain"))
            case bool():
                page.write_boolean(row, column, value, self._look(severity, "plain"))
            case int() | float() if math.isfinite(value) and abs(value) < LARGEST:
                page.write_number(row, column, value, self._look(severity, "plain"))
            case date() | time() | timedelta() if _has_number(value):
                page.write_datetime(row, column, value, self._look(severity, _kind_of_time(value)))
            case _:
                text, kind = _of_text(value) if isinstance(value, str) else (str(value), "plain")
                page.write_string(row, column, text, self._look(severity, kind))

    def _look(self, severity: Severity | None, kind: str) -> Any:
        if severity is None and kind == "plain":
            return None
        if (severity, kind) not in self._made:
            look: dict[str, Any] = {"num_format": NUMBER_FORMATS[kind]}
            if severity is not None:
                look |= {"bg_color": COLOURS[severity], "border": 1, "border_color": "#808080"}
            self._made[severity, kind] = self._book.add_format(look)
        return self._made[severity, kind]


@lru_cache(maxsize=10_000)
def _of_text(text: str) -> tuple[str, str]:
    """A ledger says the same words over and over."""
    safe = safe_text(text)
    return safe, "numbered" if is_numbered(safe) else "plain"


def _has_number(value: date | time | timedelta) -> bool:
    if isinstance(value, date):
        return value.year >= FIRST_YEAR
    return not isinstance(value, timedelta) or value >= timedelta(0)


def _kind_of_time(value: date | time | timedelta) -> str:
    match value:
        case datetime():
            return "moment"
        case date():
            return "date"
        case time():
            return "time"
        case _:
            return "span"
