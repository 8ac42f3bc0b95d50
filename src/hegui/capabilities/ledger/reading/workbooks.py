"""Workbooks (XLSX, XLS) by calamine: sheets in their order, with what is merged and hidden."""

import re
import struct
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import python_calamine as calamine

from hegui.capabilities.ledger.reading.days import FIRST_1900, FIRST_1904
from hegui.capabilities.ledger.reading.grid import Grid
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.ole import SIGNATURE as OLE
from hegui.foundation.untrusted.ole import Compound

_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")
PROPERTIES_BYTES = 1024 * 1024
DATE_SYSTEM = 0x0022


def read_sheets(path: Path) -> Iterator[Grid]:
    """The sheets of a workbook; raises Refusal where it cannot be read."""
    first_day = first_day_of(path)
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        for sheet in workbook.sheets_metadata:
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
                hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
                yield _grid(workbook.get_sheet_by_name(sheet.name), first_day, hidden=hidden)
    except calamine.PasswordError:
        raise Refusal("upload.password") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError):
        raise Refusal("upload.damaged") from None


def first_day_of(path: Path) -> date:
    """Day nought of the workbook's numbers: workbooks from old Macs count from 1904."""
    with path.open("rb") as file:
        if file.read(len(OLE)) == OLE:
            return FIRST_1904 if _old_says_1904(Compound(file).start_of("workbook")) else FIRST_1900
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            return FIRST_1904 if _DATE_1904.search(part.read(PROPERTIES_BYTES)) else FIRST_1900
    except (zipfile.BadZipFile, KeyError, NotImplementedError):  # the last: a compression that zipfile does not know
        return FIRST_1900


def _old_says_1904(start: bytes) -> bool:
    """The record of the date system stands among the first of an old workbook."""
    position = 0
    while position + 6 <= len(start):
        kind, length, value = struct.unpack_from("<HHH", start, position)
        if kind == DATE_SYSTEM:
            return bool(value)
        position += 4 + length
    return False


def _grid(sheet: calamine.CalamineSheet, first_day: date, *, hidden: bool) -> Grid:
    left = sheet.start[1] if sheet.start else 0
    merged = [
        ((top, first - left), (bottom, last - left)) for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()
    ]
    return Grid(sheet.name, sheet.iter_rows(), merged, hidden, first_day, sheet.width, left)
