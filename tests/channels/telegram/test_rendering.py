"""Blocks become Telegram's HTML: nothing is lost, nothing is too long, no tag is cut."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bot_api_server import _visible

from hegui.channels.telegram.rendering import LONGEST_TEXT, split, units
from hegui.conversation.reply import Block, Draft

KINDS = ("heading", "text", "item", "quote", "note")
letters = st.sampled_from("合规整改期限。；，\n <>&\"'ab. ;😀👩‍👩‍👧é\u0301")
long_texts = st.builds(lambda part, times: part * times, st.text(letters, max_size=40), st.integers(1, 400))
some_blocks = st.lists(st.builds(Block, kind=st.sampled_from(KINDS), text=long_texts), min_size=1, max_size=6)


def _bare(text: str) -> str:
    return re.sub(r"[\s•]", "", text)


@settings(max_examples=150, deadline=None)
@given(some_blocks)
def test_no_message_is_too_long_and_nothing_is_lost(blocks: list[Block]) -> None:
    pieces = split(blocks)
    for piece in pieces:
        assert len(piece.plain.encode("utf-16-le")) // 2 <= LONGEST_TEXT
        assert _visible(piece.html, "HTML") == piece.plain
    assert _bare("".join(piece.plain for piece in pieces)) == _bare("".join(block.text for block in blocks))


@given(st.text())
def test_units_are_those_of_utf16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_every_kind_has_its_form() -> None:
    draft = Draft().heading("A <b>").text("B & C").item("one").item("two").quote("law").note("small").reply()
    (piece,) = split(draft.blocks)
    assert piece.html == ("<b>A &lt;b&gt;</b>\nB &amp; C\n\n• one\n• two\n<blockquote>law</blockquote>\n<i>small</i>")


def test_whole_blocks_move_to_the_next_message() -> None:
    blocks = [Block(kind="quote", text=letter * 1500) for letter in "abc"]
    assert [piece.plain for piece in split(blocks)] == ["a" * 1500 + "\n" + "b" * 1500, "c" * 1500]


@pytest.mark.parametrize(
    ("stop", "rest"),
    [("\n", "。"), ("。", "字"), ("；", "字"), (". ", "x")],
    ids=["line", "full stop", "semicolon", "dot"],
)
def test_a_long_block_is_cut_after_a_stop(stop: str, rest: str) -> None:
    text = rest * 3000 + stop + rest * 3000
    first, *_ = split([Block(kind="text", text=text)])
    assert first.plain == (rest * 3000 + stop).strip()


def test_a_long_item_has_one_bullet() -> None:
    pieces = split([Block(kind="item", text="字" * 9000)])
    assert len(pieces) == 3
    assert "".join(piece.plain for piece in pieces).count("•") == 1


def test_more_than_a_hundred_blocks_take_two_messages() -> None:
    assert len(split([Block(kind="heading", text="x")] * 150)) == 2


def test_html_in_peoples_words_stays_words() -> None:
    (piece,) = split([Block(kind="text", text="<a href='x'>&amp;</a>")])
    assert "<" not in piece.html
    assert unescape(piece.html) == piece.plain
