"""A file is what its content says, whatever its name."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from tests.hostile_files import archive, compound, document, old_workbook, page_of, workbook

from hegui.foundation.untrusted.recognising import FileKind, recognise


def _written_workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "日期")
    return made.getvalue()


def _written_document() -> bytes:
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


TABLE = "日期,品名,数量\n2026-01-05,盐酸,5\n"
FILES: dict[str, tuple[bytes | Callable[[], bytes], FileKind]] = {
    "a workbook": (_written_workbook, FileKind.xlsx),
    "a document": (_written_document, FileKind.docx),
    "a workbook with backslashes": (
        archive([("[Content_Types].xml", b"<x/>"), ("xl\\workbook.xml", b"")]), FileKind.xlsx),
    "a workbook with macros": (workbook(more={"xl/vbaProject.bin": b""}), FileKind.macro),
    "a document with macros": (document(more={"word/vbaProject.bin": b""}), FileKind.macro),
    "a workbook with old macro sheets": (workbook(more={"xl/macrosheets/sheet1.xml": b""}), FileKind.macro),
    "a binary workbook": (archive([("[Content_Types].xml", b""), ("xl/workbook.bin", b"")]), FileKind.binary_workbook),
    "slides": (archive([("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]), FileKind.slides),
    "an OFD": (archive([("OFD.xml", b"<x/>")]), FileKind.ofd),
    "an ODS": (archive([("mimetype", b"x"), ("content.xml", b"<x/>")]), FileKind.open_document),
    "a ZIP of files": (archive([("台账.xlsx", b""), ("2.jpg", b"")]), FileKind.zip),
    "an empty ZIP": (archive([]), FileKind.zip),
    "half a ZIP": (workbook()[:400], FileKind.damaged),
    "an old workbook": (old_workbook((0, 0)), FileKind.xls),
    "an old workbook with a password": (old_workbook((0, 0), password=True), FileKind.ole_encrypted),
    "an encrypted new workbook": (compound({"EncryptedPackage": b""}), FileKind.ole_encrypted),
    "an old document": (compound({"WordDocument": b""}), FileKind.doc),
    "old slides": (compound({"PowerPoint Document": b""}), FileKind.slides),
    "an OLE file of another kind": (compound({"Contents": b""}), FileKind.unknown),
    "a PDF": (page_of(b""), FileKind.pdf),
    "a PDF with something before it": (b"\n\n" + page_of(b""), FileKind.pdf),
    "a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", FileKind.image),
    "a PNG": (b"\x89PNG\r\n\x1a\n", FileKind.image),
    "a picture of a telephone": (b"\0\0\0\x18ftypheic\0\0\0\0", FileKind.image),
    "a WEBP": (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.image),
    "a bitmap": (b"BM\x36\x30\0\0\0\0\0\0\x36\0\0\0", FileKind.image),
    "an RTF": (b"{\\rtf1\\ansi}", FileKind.rtf),
    "a RAR": (b"Rar!\x1a\x07\x01\0", FileKind.archive),
    "a 7z": (b"7z\xbc\xaf\x27\x1c\0\4", FileKind.archive),
    "a table in UTF-8": (TABLE.encode(), FileKind.csv),
    "a table in UTF-8 with a mark": (TABLE.encode("utf-8-sig"), FileKind.csv),
    "a table in GB18030": (TABLE.encode("gb18030"), FileKind.csv),
    "a table in UTF-16": (TABLE.encode("utf-16"), FileKind.csv),
    "a table with tabs": (TABLE.replace(",", "\t").encode(), FileKind.csv),
    "a table with full-width commas": (TABLE.replace(",", "，").encode(), FileKind.csv),
    "a table that begins with BM": (b"BM1,BM2\n1,2\n", FileKind.csv),
    "a long table cut within a character": (("a,b\n" + "数" * 1400).encode(), FileKind.csv),
    "a text": ("制度正文".encode(), FileKind.text),
    "a web page called a workbook": (b"<html><table><tr><td>1</td></tr></table></html>", FileKind.web_page),
    "a web table without a head": ("<table><tr><td>盐酸</td></tr></table>".encode("gb18030"), FileKind.web_page),
    "a workbook of 2003": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', FileKind.web_page),
    "nothing": (b"", FileKind.empty),
    "blanks": (b" \r\n\t", FileKind.empty),
    "zeros": (bytes(9999), FileKind.empty),
    "noise": (b"\x01\x02\x03,\xff", FileKind.unknown),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_a_file_is_told_by_its_content(name: str, ending: str, tmp_path: Path) -> None:
    content, kind = FILES[name]
    file = tmp_path / f"upload{ending}"
    file.write_bytes(content if isinstance(content, bytes) else content())
    assert recognise(file) is kind


def test_a_wps_document_is_told_from_an_old_word_one_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "制度.WPS"
    file.write_bytes(compound({"WordDocument": b""}))
    assert recognise(file) is FileKind.wps
