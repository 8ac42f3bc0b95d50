"""A question goes to an officer only as it was shown and confirmed, and one answer comes back."""

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock, SeededRandomness
from tests.talk import Parrot, Talk

from hegui.capabilities.hand_over.dialogue import HandOverDialogue
from hegui.capabilities.hand_over.store import hand_over
from hegui.conversation.incoming import Incoming
from hegui.conversation.router import Router
from hegui.conversation.turn import Role
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import people
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

QUESTION = "没有应急预案怎么办"


class Desk(Talk):
    """A talk about questions; everybody presses the buttons of the letters that they were sent."""

    async def press(self, label: str, address: str = "ann", *, letter: int = -1) -> str:
        sent = [p.reply for p in self.channel.arrived if p.address == address]
        having = [reply for reply in sent if any(button.label == label for button in reply.buttons)]
        action = next(button.action for button in having[letter].buttons if button.label == label)
        return (await self.says(Incoming(kind="press", action=action), address=address))[-1]

    async def with_role(self, role: Role, address: str) -> None:
        async with self.database.write() as tx:
            made = await people.add_person(
                tx, role=role, language="zh", now=self.clock.now(), randomness=SeededRandomness(len(address))
            )
            await people.add_address(tx, made.id, (self.channel.name, address), self.clock.now())

    async def questions(self) -> list[tuple[str, str | None]]:
        async with self.database.read() as tx:
            return [(row.question, row.answer) for row in await tx.all(select(hand_over))]


@pytest.fixture
async def desk(
    sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, rulebook: Rulebook, tmp_path: Path
) -> Desk:
    dialogue = HandOverDialogue(WorkingDays(rulebook.calendar), SeededRandomness(7))
    parrot = Parrot()
    return Desk(
        sqlite_database,
        clock,
        catalogue,
        tmp_path,
        router=Router([dialogue, parrot], free_text=parrot, catalogue=catalogue),
    )


@pytest.fixture
def words(catalogue: Catalogue) -> dict[str, str]:
    keys = ("send", "leave", "look", "reply", "again")
    return {key: catalogue.say("zh", f"human.button.{key}") for key in keys}


async def test_a_question_goes_out_only_once_it_is_confirmed_and_its_answer_comes_back(
    desk: Desk, words: dict[str, str]
) -> None:
    await desk.with_role("officer", "officer")
    await desk.says("/human", QUESTION)
    assert await desk.questions() == []
    assert desk.channel.texts("officer") == []
    await desk.press(words["send"])
    assert QUESTION not in desk.channel.texts("officer")[-1]
    assert QUESTION in await desk.press(words["look"], "officer")
    await desk.press(words["reply"], "officer")
    await desk.says("先写一份。", address="officer")
    assert await desk.questions() == [(QUESTION, "先写一份。")]
    assert "先写一份。" in desk.channel.texts("ann")[-1]


async def test_a_question_may_follow_its_command_on_the_next_line(desk: Desk) -> None:
    await desk.with_role("officer", "officer")
    assert QUESTION in (await desk.says(f"/human\n{QUESTION}"))[-1]


async def test_pressing_send_twice_asks_once(desk: Desk, catalogue: Catalogue, words: dict[str, str]) -> None:
    await desk.with_role("officer", "officer")
    await desk.says(f"/human {QUESTION}")
    await desk.press(words["send"])
    assert await desk.press(words["send"]) == catalogue.say("zh", "human.sent_already")
    assert len(await desk.questions()) == 1


async def test_the_button_of_an_earlier_text_does_not_send_a_later_one(
    desk: Desk, catalogue: Catalogue, words: dict[str, str]
) -> None:
    await desk.with_role("officer", "officer")
    await desk.says("/human first", "second")
    assert await desk.press(words["send"], letter=0) == catalogue.say("zh", "human.sent_already")
    assert await desk.questions() == []
    await desk.press(words["send"])
    assert await desk.questions() == [("second", None)]


async def test_an_old_leave_button_does_not_take_the_floor_from_another_dialogue(
    desk: Desk, words: dict[str, str]
) -> None:
    await desk.with_role("officer", "officer")
    await desk.says("/human", "hold me", "/cancel", "hold")
    await desk.press(words["leave"], letter=0)
    assert (await desk.says("still"))[-1] == "holding still"


async def test_without_an_officer_nobody_types_a_question_in_vain(desk: Desk, catalogue: Catalogue) -> None:
    nobody = catalogue.say("zh", "human.nobody")
    assert (await desk.says("/human"))[-1] == nobody
    assert (await desk.says(f"/human {QUESTION}"))[-1] == nobody


async def test_where_no_officer_can_be_reached_nothing_is_kept_and_the_person_is_told(
    desk: Desk, catalogue: Catalogue, words: dict[str, str]
) -> None:
    await desk.with_role("officer", "officer")
    async with desk.database.write() as tx:
        there = (desk.channel.name, "officer")
        await people.switch(tx, there, on=False, reason="blocked", now=desk.clock.now())
    await desk.says(f"/human {QUESTION}")
    assert await desk.press(words["send"]) == catalogue.say("zh", "human.nobody")
    assert await desk.questions() == []


async def test_the_slower_officer_is_told_and_can_go_on(
    desk: Desk, catalogue: Catalogue, words: dict[str, str]
) -> None:
    for address in ("officer1", "officer02"):
        await desk.with_role("officer", address)
    await desk.says(f"/human {QUESTION}")
    await desk.press(words["send"])
    for address in ("officer1", "officer02"):
        await desk.press(words["look"], address)
        await desk.press(words["reply"], address)
    await desk.says("one", address="officer1")
    assert (await desk.says("two", address="officer02"))[-1] == catalogue.say("zh", "human.answered_already")
    assert (await desk.says("three", address="officer02"))[-1] == "three"
    assert await desk.questions() == [(QUESTION, "one")]


@pytest.mark.parametrize("role", ["member", "approver", "auditor", "assessor"])
@pytest.mark.parametrize("act", ["look", "reply"])
async def test_nobody_but_an_officer_sees_or_answers_a_question(
    desk: Desk, catalogue: Catalogue, words: dict[str, str], role: Role, act: str
) -> None:
    await desk.with_role("officer", "officer")
    await desk.with_role(role, "eve")
    await desk.says(f"/human {QUESTION}")
    await desk.press(words["send"])
    async with desk.database.read() as tx:
        which = await tx.scalar(select(hand_over.c.id))
    said = await desk.says(Incoming(kind="press", action=f"human:{act}:{which}"), address="eve")
    assert said == [catalogue.say("zh", "conversation.old_button")]


async def test_the_audit_log_never_repeats_question_or_answer(desk: Desk, words: dict[str, str]) -> None:
    await desk.with_role("officer", "officer")
    await desk.says(f"/human {QUESTION}")
    await desk.press(words["send"])
    await desk.press(words["look"], "officer")
    await desk.press(words["reply"], "officer")
    await desk.says("先写一份。", address="officer")
    async with desk.database.read() as tx:
        rows = [str(row) for row in await tx.all(select(audit_log))]
    assert [row for row in rows if QUESTION in row or "先写一份" in row] == []
    assert len(rows) == 3
