"""The annotated copy is like the original, says what is wrong at its place, and carries nothing that acts."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tests.unit.ledger.examined import ATTACK, BUY, BUY_HEADER, STOCK, STOCKING, examined, ledger, told

from hegui.capabilities.ledger.output.annotated import MOST_COMMENTS, annotate
from hegui.capabilities.ledger.output.looks import COLOURS
from hegui.capabilities.ledger.output.model import Examined
from hegui.capabilities.ledger.output.plan import plan
from hegui.foundation.language.catalogue import Catalogue, Language, Texts


def copied(
    source: Path, of: Examined, catalogue: Catalogue, language: Language = "zh", kind: str = "xlsx"
) -> openpyxl.Workbook:
    out = source.with_name("copy.xlsx")
    given = json.loads(json.dumps(plan(of, out, Texts(catalogue, language))))  # as it goes to the child process
    annotate(source, {**given, "kind": kind})
    return openpyxl.load_workbook(out)


def colour(cell: Any) -> str | None:
    return f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else None


@pytest.fixture
def book(tmp_path: Path, catalogue: Catalogue) -> openpyxl.Workbook:
    return copied(ledger(tmp_path / "ledger.xlsx"), examined(), catalogue)


def test_the_sheets_of_the_original_follow_with_their_names_and_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["体检结果", "未读取的内容", BUY, STOCK]


def test_values_stay_what_they_were(book: openpyxl.Workbook) -> None:
    page = book[STOCK]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=3)] == [
        [datetime(day.year, day.month, day.day), *rest]  # noqa: DTZ001  a spreadsheet knows no zones
        for day, *rest in STOCKING
        if isinstance(day, date)
    ]
    assert page["A3"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in book[BUY][2]] == BUY_HEADER
    assert str(next(iter(page.merged_cells.ranges))) == "A1:G1"


def test_numbers_of_things_stay_text(book: openpyxl.Workbook) -> None:
    cell = book[BUY]["E3"]
    assert (cell.value, cell.data_type, cell.number_format) == ("13800000000", "s", "@")


def test_a_faulty_cell_has_its_colour_and_says_why_and_how_to_mend(book: openpyxl.Workbook) -> None:
    cell = book[BUY]["F3"]
    assert colour(cell) == COLOURS["A"]
    assert cell.comment.text.splitlines() == [
        "■ A 疑似违法 L16",
        "这笔盐酸用现金付款。",
        "怎么改：改用银行转账，并向公安机关说明。",
        "《易制毒化学品管理条例》第五条第三款",
    ]
    assert colour(book[STOCK]["G3"]) == COLOURS["B"]
    assert colour(book[BUY]["F4"]) is None


def test_an_empty_cell_can_be_faulty_and_a_column_that_is_not_there_is_said_at_the_row(book: openpyxl.Workbook) -> None:
    assert (book[BUY]["C5"].value, colour(book[BUY]["C5"])) == (None, COLOURS["A"])
    assert colour(book[BUY]["A5"]) == COLOURS["C"]
    assert "L31" in book[BUY]["A5"].comment.text


def test_the_first_sheet_lists_all_worst_first_with_the_way_to_the_cell(book: openpyxl.Workbook) -> None:
    rows = list(book["体检结果"].iter_rows(min_row=8, values_only=True))
    assert [row[2] for row in rows] == ["L16", "L08", "L01", "L32", "L31"]
    assert rows[0][1:6] == ("■ A 疑似违法", "L16", BUY, "第 3 行", "付款方式")
    page = book["体检结果"]
    assert page["E8"].hyperlink.location == f"'{BUY}'!F3"
    assert page["E10"].hyperlink.location == "'库存''一'!G3"
    assert page["E11"].hyperlink is None  # it concerns the whole sheet


def test_the_heading_says_which_file_how_many_and_that_nobody_signed(book: openpyxl.Workbook) -> None:
    said = [str(row[0]) for row in book["体检结果"].iter_rows(max_row=5, values_only=True)]
    assert "3月台账.xlsx" in said[1]
    assert "A 疑似违法 2 处" in said[2]
    assert "没有人签署" in said[4]


def test_what_was_not_read_is_listed(book: openpyxl.Workbook) -> None:
    rows = list(book["未读取的内容"].iter_rows(min_row=2, values_only=True))
    assert rows == [(STOCK, "9", "", "合计行，没有当作业务读取。")]


def test_nothing_from_the_file_becomes_a_formula_or_a_link(book: openpyxl.Workbook, tmp_path: Path) -> None:
    assert book[BUY]["D4"].value == f"'{ATTACK}"
    assert book[BUY]["D5"].value == "'@SUM(A1)"
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert not any("<f>" in part or "<f " in part for part in parts.values())
    assert not any("evil.example" in part for name, part in parts.items() if name.endswith(".rels"))


def test_a_formula_in_a_sentence_or_a_column_name_stays_text(tmp_path: Path, catalogue: Catalogue) -> None:
    found = told("L35", "C", BUY, 4, "=1+1", "=cmd|' /C calc'!A0", "+1")
    page = copied(ledger(tmp_path / "l.xlsx"), examined(told=(found,)), catalogue)["体检结果"]
    texts = [cell for row in page.iter_rows(min_row=8) for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in texts)
    assert "'=1+1" in [cell.value for cell in texts]


def test_a_copy_can_be_annotated_again(book: openpyxl.Workbook, tmp_path: Path, catalogue: Catalogue) -> None:
    first = (tmp_path / "copy.xlsx").rename(tmp_path / "first.xlsx")
    assert copied(first, examined(), catalogue).sheetnames[:4] == [
        "体检结果 (2)",
        "未读取的内容 (2)",
        "体检结果",
        "未读取的内容",
    ]


def test_english_words_for_an_english_reader(tmp_path: Path, catalogue: Catalogue) -> None:
    book = copied(ledger(tmp_path / "l.xlsx"), examined(), catalogue, "en")
    assert book.sheetnames[:2] == ["Findings", "Not read"]
    assert book["Findings"]["B8"].value == "■ A likely violation"


def test_a_table_that_does_not_begin_at_the_corner_keeps_its_places(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "l.xlsx"
    made = xlsxwriter.Workbook(str(source))
    page = made.add_worksheet(STOCK)
    page.write_row(4, 2, ["日期", "期末"])
    page.write_row(5, 2, ["2026-03-02", 5])
    page.merge_range(7, 0, 8, 3, "两行的说明")
    made.close()
    of = examined(told=(told("L01", "B", STOCK, 6, "期末", "x", "y"), told("L02", "A", STOCK, 30, "期末", "x", "y")))
    copy = copied(source, of, catalogue)[STOCK]
    assert (copy["C5"].value, copy["D6"].value) == ("日期", 5)
    assert copy["A8"].value == "两行的说明"
    assert copy["A30"].comment is not None  # a row that the file does not hold still shows its finding


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_copied_too(tmp_path: Path, catalogue: Catalogue, encoding: str) -> None:
    source = tmp_path / "l.csv"
    source.write_bytes('"日期";"品名";"数量"\r\n2026-03-02;盐酸;5\r\n2026-03-03;"=1+1;";\r\n'.encode(encoding))
    of = examined("台账.csv", told=(told("L08", "A", BUY, 3, "数量", "x", "y"),))
    page = copied(source, of, catalogue, kind="csv")[BUY]
    assert [cell.value for cell in page[2]] == ["2026-03-02", "盐酸", "5"]
    assert page["B3"].value == "'=1+1;"


def test_a_file_with_very_many_sheets_keeps_those_with_findings(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "l.xlsx"
    made = xlsxwriter.Workbook(str(source))
    for number in range(50):
        made.add_worksheet(f"S{number}").write(0, 0, "日期")
    made.close()
    of = examined(told=(told("L02", "A", "S48", 1, "日期", "x", "y"),), left_out=())
    book = copied(source, of, catalogue)
    assert len(book.sheetnames) == 41
    assert book.sheetnames[-1] == "S48"
    assert "有 10 张" in str(book["体检结果"]["A6"].value)


def test_a_hidden_sheet_stays_hidden_unless_something_is_wrong_in_it(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "l.xlsx"
    made = xlsxwriter.Workbook(str(source))
    for name in ("shown", "good", "faulty"):
        page = made.add_worksheet(name)
        page.write(0, 0, "日期")
        if name != "shown":
            page.hide()
    made.close()
    of = examined(told=(told("L02", "A", "faulty", 1, "日期", "x", "y"),), left_out=())
    book = copied(source, of, catalogue)
    assert {page.title: page.sheet_state for page in book.worksheets[1:]} == {
        "shown": "visible", "good": "hidden", "faulty": "visible",
    }  # fmt: skip


def test_comments_are_limited_and_colours_are_not(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "l.xlsx"
    made = xlsxwriter.Workbook(str(source))
    made.add_worksheet(STOCK)
    made.close()
    found = tuple(told("L02", "A", STOCK, row, "期末", "x", "y") for row in range(1, MOST_COMMENTS + 3))
    page = copied(source, examined(told=found, left_out=()), catalogue)[STOCK]
    last = page.cell(MOST_COMMENTS + 2, 1)
    assert (colour(last), last.comment) == (COLOURS["A"], None)
    assert page.cell(MOST_COMMENTS, 1).comment is not None


def test_odd_values_do_not_break_the_copy(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "l.xlsx"
    made = xlsxwriter.Workbook(str(source))
    page = made.add_worksheet(BUY)
    page.write_row(0, 0, ["日期", True, 1.1010119900307e17, "a\x01b", "甲" * 32_700])
    page.write_datetime(1, 0, datetime(2026, 3, 2, 8, 30), made.add_format({"num_format": "yyyy-mm-dd hh:mm"}))  # noqa: DTZ001
    made.close()
    book = copied(source, examined(told=(), left_out=()), catalogue)
    assert book["体检结果"]["A3"].value == "没有发现问题。"
    copy = book[BUY]
    assert [copy[f"{c}1"].value for c in "BCD"] == [True, 1.1010119900307e17, "ab"]
    assert len(copy["E1"].value) == 32_000
    assert copy["A2"].value == datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001
