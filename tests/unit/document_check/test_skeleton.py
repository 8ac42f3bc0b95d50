"""The document to fill in, and what the check says of it."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.unit.document_check.judging import books, judged

from hegui.capabilities.document_check.reading.whole import read_document
from hegui.capabilities.document_check.skeleton import blanks, skeleton
from hegui.foundation.language.catalogue import Catalogue, Language, Texts
from hegui.foundation.untrusted.recognising import FileKind

ZH = Texts(Catalogue.load(), "zh")
FACTS = {"企业名称": "绍兴某某染整有限公司", "网络安全负责人": "李明"}


def written(letter: str, folder: Path, language: Language = "zh", without: tuple[str, ...] = ()) -> Path:
    say = Texts(Catalogue.load(), language)
    (folder / "x.docx").write_bytes(skeleton(books(letter).kind, say, FACTS, without))
    return folder / "x.docx"


@pytest.mark.parametrize("letter", ["M", "E"])
def test_a_skeleton_holds_every_element_and_is_not_done_yet(letter: str, tmp_path: Path) -> None:
    document = read_document(written(letter, tmp_path), FileKind.docx, books(letter).words.contents)
    report = judged(document, letter)
    assert [one.element for one in report.judged if one.state != "found"] == []
    assert report.contradictions == ()
    assert report.blanks > len(report.judged)


def test_what_is_known_is_filled_in(tmp_path: Path) -> None:
    text = "\n".join(p.text for p in docx.Document(str(written("M", tmp_path))).paragraphs)
    assert text.startswith("绍兴某某染整有限公司网络安全管理制度")
    assert "指定李明为网络安全负责人" in text
    assert "【企业名称】" not in text


def test_a_business_that_is_not_there_is_waived_in_so_many_words(tmp_path: Path) -> None:
    file = written("M", tmp_path, without=("M10", "M14"))
    report = judged(read_document(file, FileKind.docx, books("M").words.contents))
    assert {one.element for one in report.judged if one.not_applicable} == {"M10", "M14"}


def test_every_run_names_a_font_for_chinese(tmp_path: Path) -> None:
    document = docx.Document(str(written("E", tmp_path)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    fonts = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert fonts == {"方正小标宋简体", "仿宋_GB2312", "黑体"}


def test_blanks_have_names_that_facts_can_fill() -> None:
    assert {"企业名称", "网络安全负责人"} <= set(blanks(books("M").kind, ZH))


def test_the_english_twin_is_english(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(written("M", tmp_path, "en").read_bytes()))
    assert not any(
        "\u4e00" <= c <= "\u9fff" for p in document.paragraphs for c in p.text if c not in "绍兴某某染整有限公司李明"
    )
