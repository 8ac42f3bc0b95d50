"""The privacy wall: police and strangers learn nothing, not even that a run exists."""

import pytest
from tests.unit.self_check.small_check import Talk, run_of, small_pack, with_pack

from hegui.capabilities.self_check import access, service
from hegui.conversation.turn import Floor
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises

RUN_ACTS = (
    "on {run}",
    "anew {run}",
    "a {run} F01 office",
    "u {run} F01",
    "s {run} F01",
    "b {run} Q01",
    "j {run} F01",
    "help {run} F01",
    "list {run} 0",
    "leave {run}",
    "finish {run}",
    "evid {run} Q01",
    "files {run} Q01",
    "del {run} abcdefghjk",
    "later {run} 0",
    "fresh {run} me",
    "redo {run}",
    "result {run}",
    "found {run} 0",
    "diff {run} 0",
)
NOBODY = "zzzzzzzzzz"


@pytest.fixture
def talk(sqlite_database, catalogue, rulebook, clock) -> Talk:
    return Talk(sqlite_database, catalogue, with_pack(rulebook, small_pack()), clock)


def pressed(act: str, run: str) -> str:
    return "check:" + act.format(run=run).replace(" ", ":")


def test_every_act_on_a_run_is_walked_here(talk):
    [dialogue] = talk.router.dialogues.values()
    assert {act.split()[0] for act in RUN_ACTS} == set(dialogue._acts)


@pytest.mark.parametrize("role", ["officer", "approver", "auditor", "assessor", "member"])
@pytest.mark.parametrize("finished", [True, False])
async def test_a_foreign_run_is_refused_in_the_words_of_one_that_does_not_exist(talk, role, finished):
    ann = await talk.meets()
    if finished:
        done = await talk.finishes(ann, "只办公", "否", "是")
        run = next(button.action.split(":")[2] for button in done.buttons)
    else:
        run = run_of(await talk.chooses(ann, await talk.begins(ann), "只办公"))
    other = await talk.meets(role=role)
    for act in RUN_ACTS:
        foreign = await talk.presses(other, pressed(act, run))
        missing = await talk.presses(other, pressed(act, NOBODY))
        assert foreign == missing, act
        assert foreign.plain() == talk.catalogue.say("zh", access.NO_SUCH_RUN), act


@pytest.mark.parametrize("role", ["officer", "member"])
@pytest.mark.parametrize("step", ["answer", "evidence"])
async def test_a_floor_on_a_foreign_run_takes_neither_text_nor_file(talk, role, step):
    ann, other = await talk.meets(), await talk.meets(role=role)
    run = run_of(await talk.begins(ann))
    told = []
    for which in (run, NOBODY):
        floor = Floor(dialogue="check", step=step, data={"run": which, "question": "F01"})
        for act in (talk.says(other, "只办公"), talk.sends(other, "图.png")):
            talk.floors[other.chat] = floor
            told.append((await act).plain())
    assert set(told) == {talk.catalogue.say("zh", access.NO_SUCH_RUN)}


@pytest.mark.parametrize("role", ["officer", "approver", "auditor", "assessor"])
@pytest.mark.parametrize("act", ["check:open", "check:runs", "/check"])
async def test_only_members_check_themselves(talk, role, act):
    other = await talk.meets(role=role)
    told = await (talk.says(other, act) if act.startswith("/") else talk.presses(other, act))
    assert told.plain() == talk.catalogue.say("zh", "check.members_only")


async def test_an_officer_who_stands_in_the_enterprises_list_still_sees_nothing(talk):
    ann, cop = await talk.meets(), await talk.meets(role="officer")
    async with talk.database.write() as tx:
        made = await enterprises.add(
            tx,
            name="示例一厂",
            uscc="91110000600037341L",
            district="CN-33-08",
            now=talk.clock.now(),
            randomness=talk.randomness,
        )
        for person in (ann, cop):
            await enterprises.join(tx, made.id, person.person, "staff")
        run = (
            await service.start(tx, small_pack(), ann.person, made.id, now=talk.clock.now(), randomness=talk.randomness)
        ).run.id
        with pytest.raises(Refusal):
            await service.findings_of(tx, run, cop.person)
        with pytest.raises(Refusal):
            await service.open_findings(tx, cop.person)


async def test_a_colleague_reads_the_result_but_changes_nothing(talk):
    ann, ben = await talk.meets(), await talk.meets()
    async with talk.database.write() as tx:
        made = await enterprises.add(
            tx,
            name="示例一厂",
            uscc="91110000600037341L",
            district="CN-33-08",
            now=talk.clock.now(),
            randomness=talk.randomness,
        )
        for person in (ann, ben):
            await enterprises.join(tx, made.id, person.person, "staff")
    shown = await talk.chooses(ann, await talk.says(ann, "/check"), "开始：示例一厂")
    run = run_of(shown)
    for word in ("只办公", "否", "是"):
        shown = await talk.says(ann, word)
    await talk.chooses(ann, shown, "完成自查")
    assert "Q01没有做到" in (await talk.presses(ben, f"check:result:{run}")).plain()
    assert "按钮已经用不了" in (await talk.presses(ben, f"check:evid:{run}:Q01")).plain()
    assert "已完成" in str((await talk.presses(ben, "check:runs")).buttons)
    async with talk.database.read() as tx:
        assert [f.question for f in await service.open_findings(tx, ben.person)] == ["Q01"]


@pytest.mark.parametrize(
    "action", ["check", "check:on", "check:a:x", "check:list:x:y", "check:go:x:me", "check:pack:x"]
)
async def test_a_button_made_up_is_an_old_button(talk, action):
    ann = await talk.meets()
    assert "按钮已经用不了" in (await talk.presses(ann, action)).plain()


@pytest.mark.parametrize("value", ["maybe", "partly", "2026-01-01"])
async def test_a_value_that_the_question_does_not_have_is_an_old_button(talk, value):
    ann = await talk.meets()
    run = run_of(await talk.begins(ann))
    assert "按钮已经用不了" in (await talk.presses(ann, f"check:a:{run}:F01:{value}")).plain()
