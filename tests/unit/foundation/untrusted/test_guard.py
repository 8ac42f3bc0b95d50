"""What the guard says of files that are good, and of those that are of another kind than is wanted."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from docx import Document
from openpyxl.styles import PatternFill
from tests.hostile_files import (
    archive,
    compound,
    document,
    old_workbook,
    page_of,
    real_rows,
    relations,
    sheet,
    workbook,
)

from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue
from hegui.foundation.untrusted.guard import DOCUMENTS, TABLES, WORDS, glance, inspect
from hegui.foundation.untrusted.recognising import FileKind

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44"
    "ae426082"
)


def _rich_workbook() -> bytes:
    """A ledger with what ledgers have: merged title, notes, links, a picture, a chart, a filter."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet("出入库台账")
        page.merge_range(0, 0, 0, 9, "易制毒化学品台账")
        page.write_row(1, 0, ["日期", "品名", "数量", "备注"])
        for row in range(2, 50):
            page.write_row(row, 0, ["2026-01-05", "盐酸", row, "<!备注> & ]]>"])
        page.write_comment(2, 1, "已核对")
        page.write_url(3, 3, "https://example.invalid/a")
        page.insert_image(60, 0, "p.png", {"image_data": io.BytesIO(PICTURE)})
        page.autofilter(1, 0, 49, 3)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=出入库台账!$C$3:$C$50"})
        page.insert_chart(5, 5, chart)
    return made.getvalue()


def _coloured_columns() -> bytes:
    """A sheet of which somebody coloured whole columns, the last row and the last column: cells without a value."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["日期", "品名"])
    fill = PatternFill("solid", fgColor="FFFF00")
    for place in ("A1048576", "XFD1", "XFD1048576"):
        page[place].fill = fill
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _same_rows() -> bytes:
    """Twenty thousand equal lines, which compress better than any real ledger."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(20_000):
            page.write_row(row, 0, ["同上", 0, 0, 0, "同上", 0, 0, 0])
    return made.getvalue()


def _policy() -> bytes:
    made = io.BytesIO()
    policy = Document()
    policy.add_heading("网络安全管理制度", 1)
    cell = policy.add_table(1, 1).cell(0, 0)
    for _ in range(20):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "留存日志不少于六个月"
    policy.add_picture(io.BytesIO(PICTURE))
    policy.save(made)
    return made.getvalue()


GOOD: dict[str, tuple[Callable[[], bytes], FileKind]] = {
    "a ledger with notes, links, a picture and a chart": (_rich_workbook, FileKind.xlsx),
    "whole columns coloured": (_coloured_columns, FileKind.xlsx),
    "equal lines": (_same_rows, FileKind.xlsx),
    "the last row that is read": (
        lambda: workbook(sheet('<row r="300000"><c r="A300000"><v>1</v></c></row>')), FileKind.xlsx),
    "the last column that is read": (
        lambda: workbook(sheet('<row r="1"><c r="ZZ1"><v>1</v></c></row>')), FileKind.xlsx),
    "rows in UTF-16": (lambda: workbook(sheet().decode().encode("utf-16")), FileKind.xlsx),
    "a font that begins like XML": (
        lambda: document(more={"word/fonts/font1.odttf": b"<a\0\xff" * 99}), FileKind.docx),
    "a printer's settings": (
        lambda: workbook(more={"xl/printerSettings/p.bin": "\\\\打印机".encode("utf-16-le")}), FileKind.xlsx),
    "a policy with nested tables and a picture": (_policy, FileKind.docx),
    "a policy with a web address": (
        lambda: document(more={"word/_rels/document.xml.rels": relations(HYPERLINK, "https://x.cn", outside=True)}),
        FileKind.docx),
    "an old workbook": (lambda: old_workbook((0, 0), (9, 3)), FileKind.xls),
    "a text table of 300,000 lines": (lambda: b"1,2\n" * 300_000, FileKind.csv),
    "a text table with broken lines in quotes": (lambda: b'1,"a\nb\nc"\n' * 150_000, FileKind.csv),
    "a text table in UTF-16": (lambda: "日期,品名\n1,盐酸\n".encode("utf-16"), FileKind.csv),
    "a PDF": (lambda: page_of(b"BT ET"), FileKind.pdf),
}  # fmt: skip


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "upload"
    file.write_bytes(content)
    return file


def _refused(file: Path, wanted: frozenset[FileKind] = TABLES) -> Refusal:
    with pytest.raises(Refusal) as refused:
        inspect(file, wanted)
    return refused.value


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_passes(name: str, tmp_path: Path) -> None:
    build, kind = GOOD[name]
    assert inspect(_file(tmp_path, build()), TABLES | DOCUMENTS) is kind


@pytest.mark.parametrize(
    ("content", "wanted", "key"),
    [
        (PICTURE, TABLES, "picture_of_table"),
        (PICTURE, DOCUMENTS, "picture_of_document"),
        (workbook(), DOCUMENTS, "table_not_document"),
        (old_workbook((0, 0)), DOCUMENTS, "table_not_document"),
        (b"a,b\n1,2\n", DOCUMENTS, "table_not_document"),
        (document(), TABLES, "document_not_table"),
        (page_of(b""), TABLES, "document_not_table"),
        (b"only words", TABLES, "unknown_table"),
        (b"only words", DOCUMENTS, "unknown_document"),
        (archive([("1.xlsx", b"")]), TABLES, "archive"),
        (compound({"WordDocument": b""}), DOCUMENTS, "old_document"),
        (b"{\\rtf1}", DOCUMENTS, "rtf"),
        (b"<html><table>", TABLES, "web_page"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_gets_the_word_that_fits(
    content: bytes, wanted: frozenset[FileKind], key: str, tmp_path: Path
) -> None:
    assert _refused(_file(tmp_path, content), wanted).key == f"upload.{key}"


def test_a_kind_that_is_wanted_is_let_through_whatever_it_is(tmp_path: Path) -> None:
    assert glance(_file(tmp_path, PICTURE), frozenset({FileKind.image})) is FileKind.image


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    assert _refused(tmp_path / "none").key == "upload.gone"


def test_a_file_just_over_twenty_megabytes_is_too_big_and_one_just_under_is_not(tmp_path: Path) -> None:
    line = b"1,2,3,4,5,6,7,8,9," + b"x" * 81 + b"\n"
    content = line * (20 * 1024 * 1024 // len(line))
    assert inspect(_file(tmp_path, content), TABLES) is FileKind.csv
    refusal = _refused(_file(tmp_path, content + line))
    assert (refusal.key, refusal.params) == ("upload.too_big", {"limit": 20})


def test_one_row_too_many_is_named_with_the_limit(tmp_path: Path) -> None:
    assert inspect(_file(tmp_path, real_rows(300_000)), TABLES) is FileKind.xlsx
    refusal = _refused(_file(tmp_path, real_rows(300_001)))
    assert (refusal.key, refusal.params) == ("upload.too_many_rows", {"limit": "300,000"})


def test_a_far_cell_is_named(tmp_path: Path) -> None:
    content = workbook(sheet('<row r="1048576"><c r="A1048576" s="1"/><c r="C1048576"><v>1</v></c></row>'))
    refusal = _refused(_file(tmp_path, content))
    assert (refusal.key, refusal.params["cell"]) == ("upload.far_cell", "C1048576")


@pytest.mark.parametrize("cut", range(1, len(workbook()), 37))
def test_a_workbook_that_was_cut_anywhere_is_damaged(cut: int, tmp_path: Path) -> None:
    assert _refused(_file(tmp_path, workbook()[:cut])).key in ("upload.damaged", "upload.unknown_table")


@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_that_is_not_read_has_its_word(kind: FileKind, catalogue: Catalogue) -> None:
    read = TABLES | DOCUMENTS | {FileKind.image, FileKind.text, FileKind.unknown}
    assert (kind in WORDS) is (kind not in read)
    for language in LANGUAGES:
        assert kind in read or catalogue.say(language, WORDS[kind])
