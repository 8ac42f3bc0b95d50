"""Every character is shown, or replaced and named."""

from pathlib import Path

import pytest

from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.typesetting.fonts import RARE, FontShelf, shipped
from hegui.foundation.typesetting.wording import breakable, settable

UNSHOWN = "\ue816"  # a character of somebody's own font


@pytest.fixture(scope="module")
def shelf() -> FontShelf:
    return FontShelf()


def test_rare_characters_of_names_can_be_shown(shelf: FontShelf) -> None:
    assert shelf.missing_characters(RARE + "〓●○①—…㎡") == ""


def test_a_character_that_no_font_has_is_named_once_in_order(shelf: FontShelf) -> None:
    assert shelf.missing_characters(f"甲{UNSHOWN}乙\ue001{UNSHOWN}") == f"{UNSHOWN}\ue001"


def test_blanks_and_steering_marks_need_no_shape(shelf: FontShelf) -> None:
    assert shelf.missing_characters("a \u3000\n\t\u200b\u200d葛\ufe0e\U000e0101") == ""


def test_missing_characters_are_replaced_by_a_visible_mark_and_named(shelf: FontShelf) -> None:
    data = {"name": f"张{UNSHOWN}", "rows": [["好", f"{UNSHOWN}\ud800"]], "count": 3, "none": None}
    made, missing = settable(data, shelf)
    assert made == {"name": "张〓", "rows": [["好", "〓〓"]], "count": 3, "none": None}
    assert missing == ("U+E816", "U+D800")


def test_marks_that_turn_the_direction_and_control_characters_go(shelf: FontShelf) -> None:
    assert settable("a\u202eb\x00c\x1bd\te\nf", shelf) == ("abcd e\nf", ())


def test_long_numbers_get_places_to_break_and_chinese_does_not() -> None:
    assert breakable("甲" * 30) == "甲" * 30
    assert breakable("a" * 25) == f"{'a' * 12}\u200b{'a' * 12}\u200ba"


def test_a_folder_of_the_operator_comes_before_the_shipped_fonts(tmp_path: Path) -> None:
    (tmp_path / "own.otf").write_bytes((shipped() / "NotoSansSC-Regular.otf").read_bytes())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    shelf = FontShelf(tmp_path)
    assert shelf.families["body"] == ("Noto Sans SC", "Noto Serif SC")
    assert shelf.missing_characters("合规") == ""


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"fonts\.dir"):
        FontShelf(tmp_path / "none")
