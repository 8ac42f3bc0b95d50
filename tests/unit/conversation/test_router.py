"""The router finds who is meant, and says one sentence where nobody is."""

from pathlib import Path

import pytest
from tests.fakes import FixedClock
from tests.talk import Talk

from hegui.conversation.incoming import Incoming
from hegui.conversation.router import clean
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue


@pytest.fixture
def talk(sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> Talk:
    return Talk(sqlite_database, clock, catalogue, tmp_path)


@pytest.mark.parametrize("typed", ["/help", "/HELP", "/help@our_bot", "/帮助", "帮助", "help"])
async def test_a_command_is_known_by_all_its_words(talk: Talk, typed: str) -> None:
    assert (await talk.says(typed))[-1] == "help:"


async def test_what_follows_a_command_is_handed_on(talk: Talk) -> None:
    assert (await talk.says("/help  网络安全 "))[-1] == "help:网络安全"


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\u3000"])
async def test_all_that_follows_a_command_is_handed_on_whatever_parts_them(talk: Talk, gap: str) -> None:
    assert (await talk.says(f"/help{gap}one two\nthree"))[-1] == "help:one two\nthree"


async def test_a_command_of_several_words_is_no_command_with_a_rest(talk: Talk) -> None:
    assert (await talk.says("what can you do"))[-1] in ("help:", "what can you do")


async def test_a_word_inside_a_sentence_is_no_command(talk: Talk) -> None:
    assert (await talk.says("help me please"))[-1] == "help me please"


@pytest.mark.parametrize(
    ("act", "key"),
    [
        (Incoming(kind="text", text="/nonsense"), "conversation.unknown_command"),
        (Incoming(kind="text", text=" \u200b\u0000 "), "conversation.empty"),
        (Incoming(kind="other", other="sticker"), "conversation.not_understood_kind"),
        (Incoming(kind="other", other="voice"), "conversation.not_understood_kind"),
        (Incoming(kind="foreign_press"), "conversation.old_button"),
        (Incoming(kind="press", action="nobody:knows"), "conversation.old_button"),
        (Incoming(kind="press", action=""), "conversation.old_button"),
        (Incoming(kind="file"), "conversation.file_gone"),
    ],
)
async def test_what_cannot_be_taken_gets_one_sentence(
    talk: Talk, catalogue: Catalogue, act: Incoming, key: str
) -> None:
    assert await talk.says(act) == [catalogue.say("zh", key)]


async def test_ten_thousand_characters_get_one_sentence(talk: Talk, catalogue: Catalogue) -> None:
    assert await talk.says("长" * 10_000) == [catalogue.say("zh", "conversation.too_long", longest=4096)]


async def test_the_language_of_the_first_contact_is_kept(talk: Talk, catalogue: Catalogue) -> None:
    await talk.says(Incoming(kind="text", text="hello", language_hint="en"))
    assert (await talk.says("/nonsense"))[-1] == catalogue.say("en", "conversation.unknown_command")


async def test_cancel_leaves_the_floor_and_says_so(talk: Talk, catalogue: Catalogue) -> None:
    await talk.says("hold")
    assert (await talk.says("取消"))[-1] == catalogue.say("zh", "conversation.cancelled")
    assert (await talk.says("word"))[-1] == "word"
    assert (await talk.says("/cancel"))[-1] == catalogue.say("zh", "conversation.nothing_open")


async def test_a_refused_turn_leaves_the_floor_as_it_was(talk: Talk) -> None:
    await talk.says("hold")
    await talk.says("refuse")
    assert (await talk.says("word"))[-1] == "holding word"


def test_marks_that_hide_what_is_meant_are_taken_out() -> None:
    assert clean("a\u202eb\u0000c\nd\u200b ") == "abc\nd"
