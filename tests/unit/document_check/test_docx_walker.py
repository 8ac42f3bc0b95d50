"""The text of a DOCX file as a person sees it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx2python import docx2python
from tests.documents import labelled

from hegui.capabilities.document_check.reading.docx import read_docx
from hegui.capabilities.document_check.reading.raw import Raw
from hegui.capabilities.document_check.reading.structure import structured
from hegui.foundation.errors import Refusal

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
WRITTEN = "<w:r><w:t>{}</w:t></w:r>"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a file whose body is given as XML, with other parts beside it."""

    def written(body: str, head: str = "", **parts: str) -> Path:
        file = tmp_path / "made.docx"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>")
            for name, content in parts.items():
                archive.writestr(f"word/{name}.xml", f"<w:part {NAMES}>{content}</w:part>")
        return file

    return written


def texts(file: Path) -> list[str]:
    return [raw.text for raw in read_docx(file)[0]]


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def said(text: str) -> str:
    return WRITTEN.format(text)


def test_what_was_inserted_is_text_and_what_was_deleted_is_not(make: Make) -> None:
    deleted = "<w:del><w:r><w:delText>三个月</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{said('搬走')}</w:moveFrom>"
    body = paragraph(said("保存"), f"<w:ins>{said('六个月')}</w:ins>", deleted, moved)
    assert texts(make(body)) == ["保存六个月"]


def test_hidden_text_is_not_read(make: Make) -> None:
    assert texts(make(paragraph(said("看得见"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"))) == [
        "看得见"
    ]


def test_a_text_box_is_read_once_and_the_text_around_it_stays(make: Make) -> None:
    box = f"<w:txbxContent>{paragraph(said('框内'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    raws, _ = read_docx(make(paragraph(f"<w:r><w:t>前</w:t>{both}<w:t>后</w:t></w:r>")))
    assert [(raw.text, raw.source) for raw in raws] == [("框内", "box"), ("前后", "body")]


def test_content_controls_are_text_and_a_table_of_contents_is_known(make: Make) -> None:
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    body = f"<w:sdt><w:sdtContent>{paragraph(said('控件'))}</w:sdtContent></w:sdt>"
    toc = f"<w:sdt>{gallery}<w:sdtContent>{paragraph(said('第一章 日志 1'))}</w:sdtContent></w:sdt>"
    raws, _ = read_docx(make(body + toc))
    assert [(raw.text, raw.toc) for raw in raws] == [("控件", False), ("第一章 日志1", True)]


def test_a_table_of_contents_is_known_by_its_field(make: Make) -> None:
    begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    body = paragraph(begin, said("第一章 总则")) + paragraph(said("第二章 日志"), end) + paragraph(said("正文"))
    assert [raw.toc for raw in read_docx(make(body))[0]] == [True, True, False]
    styled = paragraph(said("第一章 总则"), properties="<w:pStyle w:val='a'/>")
    styles = "<w:style w:styleId='a'><w:name w:val='toc 1'/></w:style>"
    assert [raw.toc for raw in read_docx(make(styled, styles=styles))[0]] == [True]


def test_headings_are_known_by_style_by_its_base_and_by_outline(make: Make) -> None:
    styles = (
        "<w:style w:styleId='1'><w:name w:val='heading 2'/></w:style>"
        "<w:style w:styleId='x'><w:name w:val='公文标题'/><w:basedOn w:val='1'/></w:style>"
        "<w:style w:styleId='loop'><w:name w:val='甲'/><w:basedOn w:val='loop'/></w:style>"
    )
    body = (
        paragraph(said("甲"), properties="<w:pStyle w:val='1'/>")
        + paragraph(said("乙"), properties="<w:pStyle w:val='x'/>")
        + paragraph(said("丙"), properties="<w:outlineLvl w:val='0'/>")
        + paragraph(said("丁"), properties="<w:pStyle w:val='loop'/>")
    )
    assert [raw.level for raw in read_docx(make(body, styles=styles))[0]] == [1, 1, 0, None]


def test_numbers_that_word_adds_are_not_relied_on(make: Make) -> None:
    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    assert texts(make(paragraph(said("日志保存六个月。"), properties=listed))) == ["日志保存六个月。"]


def test_headers_footers_and_notes_are_read_once(make: Make) -> None:
    head = paragraph(said("某某公司"))
    raws, _ = read_docx(
        make(paragraph(said("正文")), header1=head, header2=head, footer1=paragraph(said("脚")), footnotes=head)
    )
    assert [(raw.text, raw.source) for raw in raws] == [("正文", "body"), ("脚", "footer"), ("某某公司", "note")]


def test_a_row_is_one_sentence_below_the_head_of_its_table(make: Make) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(said(cell))}</w:tc>" for cell in cells) + "</w:tr>"

    raws, _ = read_docx(make(f"<w:tbl>{row('对象', '期限')}{row('日志', '6个月')}{row('独占一格')}</w:tbl>"))
    assert [(raw.text, raw.above, raw.row, raw.column) for raw in raws] == [
        ("对象 ｜ 期限", "", 1, None),
        ("日志 ｜ 6个月", "对象 ｜ 期限", 2, None),
        ("独占一格", "", 3, 1),
    ]


def test_a_table_inside_a_table_keeps_its_own_rows(make: Make) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(said('内一'))}</w:tc><w:tc>{paragraph(said('内二'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(said('外'))}{inner}</w:tc></w:tr></w:tbl>"
    raws, _ = read_docx(make(outer + paragraph(said("表后"))))
    assert sorted((raw.text, raw.table) for raw in raws[:2]) == [("内一 ｜ 内二", 2), ("外", 1)]
    assert raws[2].table is None


def test_a_file_with_a_document_type_is_refused_and_not_read_as_empty(make: Make) -> None:
    head = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(Refusal, match=r"upload\.dangerous"):
        read_docx(make(paragraph("<w:r><w:t>&x;</w:t></w:r>"), head))


def test_broken_xml_is_damage(make: Make) -> None:
    with pytest.raises(Refusal, match=r"upload\.damaged"):
        read_docx(make("<w:p><w:r>"))


def test_a_file_without_text_part_is_damage(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(Refusal, match=r"upload\.damaged"):
        read_docx(tmp_path / "x.docx")


def test_pictures_are_noticed(make: Make) -> None:
    assert read_docx(make(paragraph("<w:r><w:drawing/></w:r>")))[1]
    assert not read_docx(make(paragraph(said("字"))))[1]


def test_another_reader_finds_no_word_that_the_walker_lost(tmp_path: Path) -> None:
    document = next(one for one in labelled.every() if one.name == "m5-tables-boxes-tracked")
    file = labelled.as_docx(document, tmp_path / "x.docx")
    mine = "".join("".join(texts(file)).split()).replace("｜", "")
    with docx2python(file) as other:
        theirs = {c for c in other.text if "\u4e00" <= c <= "\u9fff"}
    assert theirs <= set(mine)


def test_headings_form_a_path_and_long_ones_are_text() -> None:
    raws = [
        Raw("网络安全制度"), Raw("第一章 总则", level=0), Raw("一、目的"), Raw("为了安全。"), Raw("（一）日志管理"),
        Raw("保存六个月。"), Raw("第二章 其他"), Raw("第五条 日志保存六个月，不得删除。", level=1), Raw("甲"),
    ]  # fmt: skip
    found = structured(raws, ())
    assert found[0].is_title
    assert found[5].place.headings == ("第一章 总则", "一、目的", "（一）日志管理")
    assert [one.is_heading for one in found] == [False, True, True, False, True, False, True, False, False]
    assert found[8].place.headings == ("第一章 总则", "第二章 其他")


def test_items_of_a_list_without_marks_are_text() -> None:
    raws = [
        Raw("制度"),
        Raw("（一）安装防病毒软件并且每周更新"),
        Raw("（二）开启防火墙并且每月检查一次"),
        Raw("结束。"),
    ]
    assert [one.is_heading for one in structured(raws, ())][1] is False


def test_lines_with_dots_and_numbers_are_a_table_of_contents() -> None:
    raws = [
        Raw("制度"),
        Raw("目录"),
        Raw("第一章 总则........1"),
        Raw("第二章 日志\t2"),
        Raw("第一章 总则"),
        Raw("正文。"),
    ]
    assert [one.is_toc for one in structured(raws, ("目录",))] == [False, True, True, True, False, False]


def test_a_real_file_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    document.add_paragraph("日志保存六个月。")
    document.save(str(tmp_path / "x.docx"))
    raws, _ = read_docx(tmp_path / "x.docx")
    assert [(raw.text, raw.level) for raw in raws] == [("第一章 总则", 0), ("日志保存六个月。", None)]
