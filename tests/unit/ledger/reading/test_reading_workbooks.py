"""Real workbooks: several sheets, hidden ones, both date systems, merged cells, old files."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.unit.ledger.reading.old_workbook import old_workbook
from tests.unit.ledger.reading.reading import HEADERS, said, values

from hegui.capabilities.ledger.model import Book
from hegui.capabilities.ledger.reading import read_book
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.guard import TABLES, inspect
from hegui.foundation.untrusted.recognising import FileKind

HEADER = ["购买日期", "品名", "数量", "供应商"]
SIXTH = date(2026, 1, 6)


def read(path: Path, kind: FileKind = FileKind.xlsx) -> Book:
    assert HEADERS
    return read_book(path, kind, HEADERS)


def test_sheets_are_read_in_their_order_and_empty_and_hidden_ones_are_said(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "一"
    workbook.active.append(HEADER)
    workbook.active.append([SIXTH, "盐酸", 5, "甲"])
    workbook.create_sheet("空")
    hidden = workbook.create_sheet("藏")
    hidden.sheet_state = "hidden"
    hidden.append(["日期", "品名", "入库", "出库", "结存"])
    hidden.append([SIXTH, "盐酸", 5, None, 5])
    workbook.create_sheet("说明").append(["填表须知"])
    workbook.save(tmp_path / "book.xlsx")
    book = read(tmp_path / "book.xlsx")
    assert [(sheet.name, sheet.kind, sheet.rows) for sheet in book.sheets] == [
        ("一", "purchase", 1),
        ("藏", "stock", 1),
    ]
    assert [(one.sheet, one.key.rpartition(".")[2]) for one in book.unread] == [
        ("空", "empty_sheet"), ("藏", "hidden"), ("说明", "no_header")
    ]  # fmt: skip


def test_rows_are_numbered_as_the_spreadsheet_does_wherever_the_table_stands(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for column, (header, cell) in enumerate(zip(HEADER, [SIXTH, "盐酸", 5, "甲"], strict=True), 3):
        workbook.active.cell(5, column, header)
        workbook.active.cell(7, column, cell)
        workbook.active.cell(8, column, cell if column != 4 else None)
    workbook.active.merge_cells("D7:D8")
    workbook.save(tmp_path / "book.xlsx")
    book = read(tmp_path / "book.xlsx")
    assert (book.sheets[0].header_row, [entry.row for entry in book.entries]) == (5, [7, 8])
    assert values(book, "chemical") == ["盐酸", "盐酸"]


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_are_right_in_both_date_systems_formatted_or_not(tmp_path: Path, from_1904: bool) -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904 if from_1904 else workbook.epoch
    workbook.active.append(HEADER)
    workbook.active.append([SIXTH, "盐酸", 5, "甲"])
    workbook.active.append([46028 - (1462 if from_1904 else 0), "盐酸", 5, "甲"])
    workbook.save(tmp_path / "book.xlsx")
    assert values(read(tmp_path / "book.xlsx"), "day") == [SIXTH, SIXTH]


@pytest.mark.parametrize("from_1904", [False, True])
def test_old_workbooks_are_read_too(tmp_path: Path, from_1904: bool) -> None:
    path = tmp_path / "book.xls"
    serial = 46028 - (1462 if from_1904 else 0)
    rows = [["购买台账"], HEADER, [serial, "盐酸", 5.5, "甲"], ["2026.1.8", "〃", "５公斤", "甲"]]
    path.write_bytes(old_workbook("购买", rows, counts_from_1904=from_1904))
    book = read(path, inspect(path, TABLES))
    assert values(book, "day") == [SIXTH, date(2026, 1, 8)]
    assert values(book, "chemical") == ["盐酸", "盐酸"]
    assert (book.sheets[0].name, book.entries[0].row) == ("购买", 3)


def test_a_ledger_written_by_another_library_is_read_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("购买")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        sheet.write_datetime(1, 0, SIXTH, day)
        sheet.write_row(1, 1, ["盐酸", 0.1 + 0.2, "甲"])
    (entry,) = read(path).entries
    assert entry.values == {"day": SIXTH, "chemical": "盐酸", "quantity": entry.values["quantity"], "supplier": "甲"}
    assert str(entry.values["quantity"]) == "0.3"


def test_a_formula_without_a_result_is_an_empty_cell(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active.append([SIXTH, "盐酸", "=1+1", "甲"])
    workbook.save(tmp_path / "book.xlsx")
    book = read(tmp_path / "book.xlsx")
    assert (values(book, "quantity"), said(book)) == ([None], [])


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"nothing" * 100)
    with pytest.raises(Refusal) as refused:
        read(path)
    assert refused.value.key == "upload.damaged"
