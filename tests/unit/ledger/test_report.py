"""The report says what was found, where, by which rules and what was not checked; the same facts give the same file."""

from collections.abc import AsyncIterator

import pytest
from tests.reading_pdf import fonts_not_inside, pages_of, text_of
from tests.unit.ledger.examined import BUY, examined, told

from hegui.capabilities.ledger.output.report import MOST_FINDINGS, report_data, report_pdf
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.typesetting.typesetter import Typesetter


@pytest.fixture
async def setter() -> AsyncIterator[Typesetter]:
    made = Typesetter()
    yield made
    made.close()


@pytest.fixture
def texts(catalogue: Catalogue) -> Texts:
    return Texts(catalogue, "zh")


def bare(text: str) -> str:
    """Without blanks: readers put some between Chinese and figures."""
    return "".join(text.replace("\u200b", "").split())


async def test_everything_that_was_found_stands_in_it(setter: Typesetter, texts: Texts) -> None:
    of = examined()
    said = bare(text_of(await report_pdf(of, texts, setter)))
    for found in of.told:
        assert bare(found.sentence) in said
        assert bare(found.mend) in said
        assert bare(found.citations) in said
    for fact in ("示例制造有限公司", "3月台账.xlsx", of.sha256, "2026年11月24日10:00", "易制毒化学品2026.11"):
        assert bare(fact) in said
    assert "合计行，没有当作业务读取" in said
    assert "L33年度报告的数字没有提供" in said
    assert "没有人签署" in said


async def test_it_can_be_made_again_byte_for_byte_with_all_fonts_inside(setter: Typesetter, texts: Texts) -> None:
    made = await report_pdf(examined(), texts, setter)
    assert await report_pdf(examined(), texts, setter) == made
    assert fonts_not_inside(made) == []


async def test_markup_in_the_file_prints_as_it_stands_and_missing_characters_are_named(
    setter: Typesetter, texts: Texts
) -> None:
    found = told("L35", "C", '#panic("x")', 4, "$a$ *b*", "#read(1) \\ <x> @y _z_ 张\ue816", "= //")
    said = bare(text_of(await report_pdf(examined(told=(found,)), texts, setter)))
    for written in ('#panic("x")', "$a$*b*", "#read(1)\\<x>@y_z_张〓", "=//"):
        assert written in said
    assert "U+E816" in said


async def test_the_header_is_repeated_and_nothing_runs_out_of_the_page(setter: Typesetter, texts: Texts) -> None:
    long = told("L29", "C", BUY, 9, "发票号", "发票号 " + "0123456789" * 12 + " 出现两次。", "核对发票。")
    pages = pages_of(await report_pdf(examined(told=(long,) * 60), texts, setter))
    assert len(pages) > 2
    assert all("问题和依据" in page for page in pages[:3])
    assert bare(pages[0]).count("0123456789" * 12) == bare(pages[0]).count("出现两次。")


def test_the_worst_comes_first_and_what_is_not_printed_is_counted(texts: Texts) -> None:
    data = report_data(examined(told=examined().told * 200), texts)
    assert len(data["findings"]) == MOST_FINDINGS
    assert [one["severity"] for one in data["findings"]] == sorted(one["severity"] for one in data["findings"])
    assert "1000" in data["more"]
    assert sum(one["count"] for one in data["counts"]) == 1000


async def test_a_clean_ledger_gets_a_report_too(setter: Typesetter, catalogue: Catalogue) -> None:
    of = examined(told=(), left_out=(), not_checked=(), unsigned=(), enterprise=None)
    said = text_of(await report_pdf(of, Texts(catalogue, "en"), setter))
    assert "Nothing was found." in said
    assert "every check was made" in said
    assert "Enterprise (seal)" in said
    assert "Note" not in said
