"""Data stay data, the same data give the same bytes, and what was set can be read again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import typst
from tests.reading_pdf import fonts_not_inside, pages_of, text_of

from hegui.foundation.errors import Refusal
from hegui.foundation.typesetting.apart import TypesetterApart
from hegui.foundation.typesetting.press import DRAWING
from hegui.foundation.typesetting.typesetter import Typesetter

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MARKUP = '#panic("x") $a$ *b* _c_ @d <e> \\ // f'
TEMPLATE = """
#let given = json(bytes(sys.inputs.data))
#let missing = json(bytes(sys.inputs.missing))
#let faces = json(bytes(sys.inputs.faces))
#set text(font: faces.body)
#given.text #missing.join(",")
"""


@pytest.fixture
async def setter(tmp_path: Path) -> AsyncIterator[Typesetter]:
    (tmp_path / "page.typ").write_text(TEMPLATE, encoding="utf-8")
    made = Typesetter(root=tmp_path)
    yield made
    made.close()


async def test_markup_in_data_is_printed_as_it_stands(setter: Typesetter, tmp_path: Path) -> None:
    made = await setter.pdf(tmp_path / "page.typ", {"text": f"合规 {MARKUP}"}, at=AT)
    assert text_of(made) == f"合规 {MARKUP}"


async def test_the_same_page_has_the_same_bytes_and_another_moment_gives_others(
    setter: Typesetter, tmp_path: Path
) -> None:
    again = Typesetter(root=tmp_path)
    first = await setter.pdf(tmp_path / "page.typ", {"text": "台账"}, at=AT)
    assert await again.pdf(tmp_path / "page.typ", {"text": "台账"}, at=AT) == first
    later = await setter.pdf(tmp_path / "page.typ", {"text": "台账"}, at=AT.replace(year=2027))
    assert later != first
    again.close()


async def test_the_fonts_are_inside_and_the_file_is_made_for_the_archive(setter: Typesetter, tmp_path: Path) -> None:
    made = await setter.pdf(tmp_path / "page.typ", {"text": "台账 ledger"}, at=AT)
    assert fonts_not_inside(made) == []
    assert b"<pdfaid:part>2</pdfaid:part>" in made


async def test_a_missing_character_is_never_a_silent_box(setter: Typesetter, tmp_path: Path) -> None:
    made = await setter.pdf(tmp_path / "page.typ", {"text": "张\ue816"}, at=AT)
    assert text_of(made) == "张〓 U+E816"


async def test_a_template_cannot_read_outside_its_root(setter: Typesetter, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    for path in (str(secret), "../secret.txt"):
        (tmp_path / "page.typ").write_text(f'#read("{path}")', encoding="utf-8")
        with pytest.raises(typst.TypstError):
            await setter.pdf(tmp_path / "page.typ", {}, at=AT)


async def test_a_drawing_becomes_a_picture_of_its_own_size() -> None:
    setter = Typesetter()
    words = '<text y="20" font-family="plain">盐酸</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36">{words}</svg>'
    made = await setter.drawing(svg, "盐酸", ppi=144)
    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (108, 54)  # an SVG pixel is 3/4 pt
    setter.close()


async def test_many_pages_at_once_all_come(setter: Typesetter, tmp_path: Path) -> None:
    made = await asyncio.gather(*(setter.pdf(tmp_path / "page.typ", {"text": f"page {n}"}, at=AT) for n in range(8)))
    assert [text_of(one) for one in made] == [f"page {n}" for n in range(8)]


LETTER = """
#import "page.typ": *
#show: sheet.with(title: given.title, official: true)
#letter-title(given.title)
#for line in given.lines { par(line) }
#unstretched(given.code)
#signed(given.by, given.day)
"""


async def test_a_letter_has_the_measures_of_official_papers(tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_bytes(DRAWING.with_name("page.typ").read_bytes())
    (tmp_path / "letter.typ").write_text(LETTER, encoding="utf-8")
    setter = Typesetter(root=tmp_path)
    lines = ["我单位承诺按期整改，如实记录易制毒化学品的购买、使用和库存。" * 4] * 6
    data = {"title": "整改承诺书", "lines": lines, "code": "统一社会信用代码 91330000MA27TEST1A"}
    made = await setter.pdf(tmp_path / "letter.typ", {**data, "by": "示例制造有限公司", "day": "2026年3月2日"}, at=AT)
    document = pypdfium2.PdfDocument(made)
    assert [round(size) for size in document[0].get_size()] == [595, 842]  # A4 in points
    first = document[0].get_textpage()
    lefts = {
        round(first.get_charbox(place)[0])
        for place in range(first.count_chars())
        if first.get_text_range(place, 1) == "我"
    }
    assert min(lefts) >= 79  # 28 mm in points
    pages = pages_of(made)
    assert all(f"— {number} —" in page for number, page in enumerate(pages, 1))
    assert "示例制造有限公司\n2026年3月2日\n" in pages[-1].replace(" ", "")
    setter.close()


async def test_a_page_set_apart_is_the_same_as_one_set_here() -> None:
    here, apart = Typesetter(), TypesetterApart()
    data = {"svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "title": "盐酸"}
    assert await apart.pdf(DRAWING, data, at=AT) == await here.pdf(DRAWING, data, at=AT)
    assert await apart.picture(DRAWING, data) == await here.picture(DRAWING, data)
    here.close()


async def test_a_page_that_cannot_be_set_apart_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        await TypesetterApart().pdf(tmp_path / "none.typ", {}, at=AT)
    assert refused.value.key == "page.not_set"
