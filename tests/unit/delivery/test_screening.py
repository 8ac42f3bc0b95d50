"""The gate for citations: what was not verified does not leave as law."""

from datetime import date

import pytest

from hegui.conversation.reply import Draft
from hegui.delivery.screening import Screening
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)


@pytest.fixture
def screen(rulebook: Rulebook, catalogue: Catalogue) -> Screening:
    return Screening(rulebook, catalogue)


def said(screen: Screening, text: str, on: date = TODAY) -> str:
    return screen(Draft().text(text).reply(), on).plain()


@pytest.mark.parametrize(
    "text", ["您要的是《网络安全法》第二十三条。", "See Article 33 of the Administrative Penalty Law.", "好的。", ""]
)
def test_a_text_with_verified_citations_passes_as_it_is(screen: Screening, text: str) -> None:
    assert said(screen, text) == text


def test_an_article_that_does_not_exist_is_named_as_such(screen: Screening) -> None:
    told = said(screen, "民警答复：依据《网络安全法》第九十九条。")
    assert told.splitlines()[0] == "民警答复：依据《网络安全法》第九十九条。"
    assert "《网络安全法》第九十九条（查无此条）" in told.splitlines()[1]


def test_the_note_is_in_the_language_of_the_text(screen: Screening) -> None:
    assert "cannot be relied on as law: CSL Art. 99 (no such article)" in said(screen, "Look at CSL Art. 99.")


def test_a_text_that_says_itself_what_was_not_checked_gets_no_second_note(screen: Screening) -> None:
    text = "以下条文在这一天的文本没有收录，未核对：《信息安全等级保护管理办法》第十五条"
    assert said(screen, text) == text


def test_the_day_counts(screen: Screening) -> None:
    text = "《网络安全法》第八十条"
    assert said(screen, text) == text
    assert said(screen, text, date(2025, 12, 31)) != text
