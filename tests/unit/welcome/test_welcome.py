"""The first page, help, and the choice of language."""

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock
from tests.talk import Parrot, Talk

from hegui.capabilities.welcome.dialogue import SHOWN_IN_HELP, WelcomeDialogue
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Incoming
from hegui.conversation.router import Router
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry.tables import person


class _Parrot(Parrot):
    commands = ()


@pytest.fixture
def talk(sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> Talk:
    parrot = _Parrot()
    dialogues: list[Dialogue] = [WelcomeDialogue(), parrot]
    router = Router(dialogues, free_text=parrot, catalogue=catalogue)
    return Talk(sqlite_database, clock, catalogue, tmp_path, router=router)


def _press(*action: str) -> Incoming:
    return Incoming(kind="press", action=":".join(action))


@pytest.mark.parametrize("typed", ["/start", "/menu"])
async def test_the_first_page_says_what_this_is_and_offers_the_ways_on(
    talk: Talk, catalogue: Catalogue, typed: str
) -> None:
    page = (await talk.says(typed))[-1]
    assert catalogue.say("zh", "welcome.start.what") in page
    assert catalogue.say("zh", "welcome.start.disclaimer") in page
    actions = [button.action for button in talk.channel.arrived[-1].reply.buttons]
    assert actions == ["check:open", "case:list", "human:ask", "welcome:help", "welcome:language:en"]


async def test_start_leaves_what_was_being_talked_about_and_help_does_not(talk: Talk) -> None:
    await talk.says("hold", "/help")
    assert (await talk.says("word"))[-1] == "holding word"
    await talk.says("/start")
    assert (await talk.says("word"))[-1] == "word"


async def test_help_names_every_command(talk: Talk, catalogue: Catalogue) -> None:
    page = (await talk.says("/help"))[-1]
    assert [command for command in SHOWN_IN_HELP if f"/{command} " not in page] == []
    assert (await talk.says(_press("welcome", "help")))[-1] == page


async def test_a_chosen_language_is_used_at_once_and_kept(talk: Talk, catalogue: Catalogue) -> None:
    await talk.says("/language", _press("welcome", "language", "en"))
    assert talk.channel.texts()[1] == catalogue.say("en", "welcome.language.done")
    assert catalogue.say("en", "welcome.start.what") in talk.channel.texts()[-1]
    assert catalogue.say("en", "welcome.help.free_text") in (await talk.says("/help"))[-1]
    async with talk.database.read() as tx:
        assert await tx.scalar(select(person.c.language)) == "en"


@pytest.mark.parametrize("action", [("language", "fr"), ("nonsense",), ("help", "more")])
async def test_an_unknown_button_is_refused_and_changes_nothing(
    talk: Talk, catalogue: Catalogue, action: tuple[str, ...]
) -> None:
    assert await talk.says(_press("welcome", *action)) == [catalogue.say("zh", "conversation.old_button")]
