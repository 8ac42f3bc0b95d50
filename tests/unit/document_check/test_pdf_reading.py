"""The text layer of PDF files, and pages that have none."""

import io
from pathlib import Path

import pypdf
import pytest
import typst
from pylopdf_fonts_zh_cn import serif_path
from tests.unit.document_check.pictures import scan

from hegui.capabilities.document_check.reading.lines import paragraphs
from hegui.capabilities.document_check.reading.pdf import Page, read_with_pdfium, read_with_pypdf
from hegui.capabilities.document_check.reading.whole import read_document
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.recognising import FileKind

TEXT = "系统日志集中保存，保存期限不少于六个月，任何人不得提前删除，由信息部每月检查一次保存情况并且登记。"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages with a header and page numbers, the last of them empty."""
    file = tmp_path_factory.mktemp("pdf") / "x.pdf"
    page = "\n\n".join(f"#par[第{{}}条 {TEXT}]" for _ in range(2))
    pages = [page.format(f"{n}", f"{n}0") for n in "123"]
    source = (
        '#set page(paper: "a5", numbering: "1 / 1", header: [某某公司内部文件])\n#set text(font: "Noto Serif SC")\n'
        + "\n#pagebreak()\n".join([*pages, ""])
    )
    file.write_bytes(typst.compile(source.encode(), font_paths=[serif_path().parent]))
    return file


@pytest.mark.parametrize("read", [read_with_pdfium, read_with_pypdf])
def test_both_readers_find_the_text(printed: Path, read: object) -> None:
    pages = read(printed)  # type: ignore[operator]
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert not any(page.scan for page in pages)
    joined = [raw for raw in paragraphs(pages) if raw.source == "body"]
    assert [raw.text for raw in joined] == [f"第{n}条 {TEXT}" for n in (1, 10, 2, 20, 3, 30)]
    assert [raw.page for raw in joined] == [1, 1, 2, 2, 3, 3]


def test_a_header_on_every_page_is_kept_once_and_page_numbers_go(printed: Path) -> None:
    beside = [raw for raw in paragraphs(read_with_pdfium(printed)) if raw.source == "header"]
    assert [(raw.text, raw.page) for raw in beside] == [("某某公司内部文件", 1)]


def test_a_page_with_a_picture_and_no_text_is_a_scan(tmp_path: Path) -> None:
    document = read_document(scan(tmp_path / "scan.pdf", pages=2), FileKind.pdf, ())
    assert (document.pages, document.scanned_pages, document.paragraphs) == (2, (1, 2), ())


def test_one_scanned_page_among_others_is_named(printed: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for file in (printed, scan(tmp_path / "scan.pdf", pages=1)):
        writer.append(file)
    writer.write(tmp_path / "both.pdf")
    for reader in ("pdfium", "pypdf"):
        assert read_document(tmp_path / "both.pdf", FileKind.pdf, (), reader).scanned_pages == (5,)


def test_a_locked_file_is_asked_for_unlocked(printed: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=printed)
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    for read in (read_with_pdfium, read_with_pypdf):
        with pytest.raises(Refusal, match=r"upload\.password"):
            read(tmp_path / "locked.pdf")


def test_damage_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nnothing")
    for read in (read_with_pdfium, read_with_pypdf):
        with pytest.raises(Refusal, match=r"upload\.damaged"):
            read(tmp_path / "x.pdf")


def test_a_file_without_a_word_and_one_in_english_are_told_apart(tmp_path: Path) -> None:
    for source, key in (("", "document.no_text"), ("Keep the logs for six months, always.", "document.not_chinese")):
        (tmp_path / "x.pdf").write_bytes(typst.compile(source.encode()))
        with pytest.raises(Refusal, match=key):
            read_document(tmp_path / "x.pdf", FileKind.pdf, ())


def test_an_endless_file_is_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(2001):
        writer.add_blank_page(10, 10)
    stream = io.BytesIO()
    writer.write(stream)
    (tmp_path / "x.pdf").write_bytes(stream.getvalue())
    with pytest.raises(Refusal, match=r"document\.too_many_pages"):
        read_with_pdfium(tmp_path / "x.pdf")


def test_a_colon_at_the_end_of_a_full_line_does_not_end_its_paragraph() -> None:
    full = "本制度经总经理办公会审议批准自二〇二六年三月起施行批准人："
    found = paragraphs([Page(1, (full, "王越。", "第二章 日志"), scan=False)])
    assert [raw.text for raw in found] == [full + "王越。", "第二章 日志"]


def test_rows_in_a_printed_table_know_its_head() -> None:
    lines = ("第二条 记录", "对象 保存期限 位置", "服务器日志 12 个月 日志平台", "完。")
    found = paragraphs([Page(1, lines, scan=False)])
    assert [(raw.text, raw.above, raw.row) for raw in found] == [
        ("第二条 记录", "", None),
        ("对象 ｜ 保存期限 ｜ 位置", "", 1),
        ("服务器日志12个月 ｜ 日志平台", "对象 ｜ 保存期限 ｜ 位置", 2),
        ("完。", "", None),
    ]
