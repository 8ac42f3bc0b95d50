"""Words for search: one form of many, and only what says something."""

import pytest

from hegui.capabilities.answering.text import LONGEST, MOST_TOKENS, asked_tokens, language_of, tokens
from hegui.foundation.language.chinese import normalise


def test_a_han_run_gives_its_characters_and_pairs() -> None:
    assert tokens("备案证明") == ("备", "案", "证", "明", "备案", "案证", "证明")


def test_traditional_characters_are_the_same_words_as_simplified_ones() -> None:
    assert tokens("網絡日誌備份") == tokens("网络日志备份")


def test_full_width_letters_and_case_do_not_matter() -> None:
    assert tokens("ＩＣＰ备案") == tokens("icp备案")


def test_mixed_text_gives_words_of_both_kinds() -> None:
    assert tokens("WiFi实名") == ("wifi", "实", "名", "实名")


def test_english_words_lose_their_endings() -> None:
    assert tokens("keeping logs") == tokens("keep log")


def test_function_words_are_dropped() -> None:
    assert tokens("我们的可以吗") == ()
    assert tokens("what are we, isn't it?") == ()


@pytest.mark.parametrize("said", ["", "   ", "\x00\x07\u200b", "🙂🔥", "，。！？"])
def test_text_without_words_gives_no_tokens(said: str) -> None:
    assert tokens(said) == ()


def test_control_and_zero_width_marks_do_not_hide_a_word() -> None:
    assert normalise("日\u200b志\x00") == "日志 "


def test_a_long_paste_is_cut() -> None:
    assert tokens("日" * (LONGEST + 5)) == tokens("日" * LONGEST)
    pasted = "".join(chr(0x4E00 + n) for n in range(5000))
    assert len(asked_tokens(pasted)) == MOST_TOKENS


@pytest.mark.parametrize(
    ("said", "language"), [("日志", "zh"), ("ICP 备案", "zh"), ("logs", "en"), ("", "en"), ("🙂", "en")]
)
def test_one_chinese_character_makes_a_question_chinese(said: str, language: str) -> None:
    assert language_of(said) == language


def test_who_came_and_said_it_is_no_matter_of_the_question() -> None:
    assert tokens("警察来了说我们没预案会不会罚") == tokens("没预案")
    assert tokens("The officer said that our logs are short") == tokens("logs short")
    assert tokens("警察多久能到") != tokens("多久能到")


def test_irregular_forms_are_the_same_word() -> None:
    assert tokens("sold bought kept") == tokens("sell buy keep")
