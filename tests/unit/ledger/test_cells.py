"""No text from outside becomes a formula, a link or a broken file."""

import pytest

from hegui.capabilities.ledger.output.cells import is_numbered, safe_sheet_name, safe_text, width_of


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\x00="])
def test_what_a_spreadsheet_might_work_out_gets_a_mark_before_it(start: str) -> None:
    assert safe_text(f"{start}HYPERLINK(1)").startswith("'")


@pytest.mark.parametrize("text", ["", "-", "－", "——", " ", "盐酸", "a=b", "'=1", "5-3"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_what_breaks_a_file_goes() -> None:
    assert safe_text("a\x00b\x1b\ud800c\uffff\nd") == "abc\nd"
    assert len(safe_text("甲" * 40_000)) == 32_000


def test_numbers_of_things_are_told_from_amounts() -> None:
    assert is_numbered("13800000000")
    assert is_numbered("91330000MA27XXXX1A")
    assert not is_numbered("120.5")
    assert not is_numbered("盐酸盐酸盐酸盐酸盐酸盐酸")


def test_a_sheet_keeps_its_name_where_the_format_allows_it() -> None:
    assert safe_sheet_name("3月'台账", set()) == "3月'台账"
    assert safe_sheet_name("a/b:c[1]", set()) == "a_b_c_1_"
    assert safe_sheet_name("'购买'", {"购买"}) == "购买 (2)"
    assert safe_sheet_name("", set()) == "Sheet"
    long = safe_sheet_name("长" * 40, {"长" * 31})
    assert long == "长" * 27 + " (2)"


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert (width_of("盐酸"), width_of("kg\n盐酸x"), width_of("")) == (4, 5, 0)
