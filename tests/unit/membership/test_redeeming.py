"""Invitations in chat: who gets in, what everybody else is told, and who hears of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock
from tests.unit.membership.house import House

from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import enterprises, invitations, people
from hegui.registry.tables import wrong_invitation


@pytest.fixture
def house(sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> House:
    return House(sqlite_database, clock, catalogue, tmp_path)


async def test_an_invitation_brings_a_person_into_the_enterprise_that_the_answer_names(house: House) -> None:
    its = await house.enterprise("绍兴甲厂")
    answer = await house.opens(await house.token(enterprise=its.id, role="owner"))
    assert "绍兴甲厂" in answer
    assert house.text("role.owner") in answer
    assert await house.belongs("ann") == ["绍兴甲厂"]
    assert await house.audited("membership begun") == ["done"]


async def test_wrong_used_revoked_and_expired_invitations_get_the_same_answer(house: House) -> None:
    its, officer = await house.enterprise(), await house.official()
    used, expired, revoked = [
        await house.token(enterprise=its.id, role="staff"),
        await house.token(enterprise=its.id, role="staff", lasts=timedelta(seconds=-1)),
        await house.token(person=officer),
    ]
    async with house.database.write() as tx:
        await invitations.revoke(tx, officer, house.clock.now())
    await house.opens(used, "bob")
    answers = {await house.opens(token) for token in ("wrong", used, expired, revoked, "又 一个")}
    assert answers == {house.text("no_such_invitation")}
    assert "甲厂" not in "".join(house.talk.channel.texts("ann"))
    assert await house.belongs("ann") == []
    assert await house.audited("invitation refused") == ["wrong", "used", "expired", "revoked", "wrong"]


async def test_who_opens_a_used_invitation_is_reported_once_to_those_whom_it_concerns(house: House) -> None:
    its, officer = await house.enterprise(), await house.official()
    async with house.database.write() as tx:
        await enterprises.set_officers(tx, {its.id: officer})
        await people.add_address(tx, officer, ("recording", "officer"), house.clock.now())
    await house.opens(await house.token(enterprise=its.id, role="owner"), "boss")
    token = await house.token(enterprise=its.id, role="staff")
    await house.opens(token, "bob")
    for _ in range(3):
        await house.opens(token, "mallory")
    alarm = house.text("alarm.enterprise", enterprise="甲厂")
    told = {who: sum(alarm in text for text in house.talk.channel.texts(who)) for who in ("boss", "bob", "officer")}
    assert told == {"boss": 1, "bob": 1, "officer": 1}
    assert not [text for text in house.talk.channel.texts("mallory") if "甲厂" in text]
    assert await house.audited("invitation alarm") == ["used again"] * 3


async def test_pressing_ones_own_link_twice_alarms_nobody(house: House) -> None:
    its = await house.enterprise()
    token = await house.token(enterprise=its.id, role="staff")
    await house.opens(token)
    for _ in range(invitations.MOST_WRONG + 1):
        assert await house.opens(token) == house.text("no_such_invitation")
    assert await house.audited("invitation alarm") == []
    async with house.database.read() as tx:
        assert await tx.all(select(wrong_invitation)) == []


async def test_after_five_wrong_tries_a_chat_gets_no_further_for_an_hour(house: House) -> None:
    its = await house.enterprise()
    token = await house.token(enterprise=its.id, role="staff")
    for number in range(invitations.MOST_WRONG):
        await house.opens(f"wrong{number}")
    assert await house.opens(token) == house.text("no_such_invitation")
    assert (await house.audited("invitation refused"))[-1] == "too many tries"
    house.clock.advance(timedelta(minutes=61))
    assert "甲厂" in await house.opens(token)


async def test_very_many_wrong_tries_are_told_to_the_operators(house: House) -> None:
    operator = await house.official("operator", "运维")
    async with house.database.write() as tx:
        await people.add_address(tx, operator, ("recording", "operator"), house.clock.now())
    for number in range(invitations.ALARMING):
        await house.opens(f"wrong{number}", f"chat{number // 5}")
    (letter,) = house.talk.channel.texts("operator")
    assert house.text("alarm.guessing") in letter


async def test_an_account_is_taken_over_by_the_chat_that_opens_its_invitation(house: House) -> None:
    officer = await house.official(name="张警官")
    await house.opens(await house.token(person=officer), "old")
    assert await house.person("old") == officer
    answer = await house.opens(await house.token(person=officer), "new")
    assert "张警官" in answer
    assert house.text("role.officer") in answer
    assert await house.person("new") == officer
    await house.says("hello", "old")
    assert await house.person("old") != officer


async def test_nobody_serves_the_authorities_and_an_enterprise_at_once(house: House) -> None:
    its, officer = await house.enterprise(), await house.official()
    for_official, for_member = await house.token(person=officer), await house.token(enterprise=its.id, role="staff")
    await house.opens(await house.token(enterprise=its.id, role="owner"), "boss")
    assert await house.opens(for_official, "boss") == house.text("leave_first")
    assert house.text("role.officer") in await house.opens(for_official, "zhang")
    assert await house.opens(for_member, "zhang") == house.text("not_for_officials")
    assert "甲厂" in await house.opens(for_member, "bob")  # neither refusal had used an invitation up


async def test_who_was_dismissed_has_no_role_at_the_next_act(house: House) -> None:
    its, officer = await house.enterprise(), await house.official()
    await house.opens(await house.token(person=officer), "zhang")
    async with house.database.write() as tx:
        assert await people.dismiss(tx, officer)
        assert not await people.dismiss(tx, officer)
    assert "甲厂" in await house.opens(await house.token(enterprise=its.id, role="staff"), "zhang")


# ---- leaving -----------------------------------------------------------------------------------------------------


def _press(*action: str) -> object:
    from hegui.conversation.incoming import Incoming

    return Incoming(kind="press", action=":".join(action))


async def test_a_member_leaves_by_their_own_word_after_being_asked(house: House) -> None:
    its = await house.enterprise()
    await house.opens(await house.token(enterprise=its.id, role="staff"))
    assert "甲厂" in await house.says("/leave")
    assert await house.belongs("ann") == ["甲厂"]
    await house.says(_press("leave", "stay"))
    assert await house.belongs("ann") == ["甲厂"]
    assert "甲厂" in await house.says(_press("leave", "do", its.id))
    assert await house.belongs("ann") == []
    assert await house.says("/leave") == house.text("in_none")
    assert await house.audited("membership ended") == ["done"]


async def test_who_belongs_to_several_chooses_which_to_leave(house: House) -> None:
    for name in ("甲厂", "乙厂"):
        its = await house.enterprise(name)
        await house.opens(await house.token(enterprise=its.id, role="staff"))
    await house.says("退出企业")
    buttons = house.talk.channel.arrived[-1].reply.buttons
    assert {button.label for button in buttons} == {"甲厂", "乙厂"}
    first = next(button for button in buttons if button.label == "乙厂")
    assert "乙厂" in await house.says(_press(*first.action.split(":")))


async def test_a_button_of_somebody_elses_enterprise_says_nothing_about_it(house: House) -> None:
    its = await house.enterprise()
    await house.opens(await house.token(enterprise=its.id, role="owner"), "boss")
    foreign = [await house.says(_press("leave", step, its.id)) for step in ("ask", "do")]
    missing = [await house.says(_press("leave", step, "nothing")) for step in ("ask", "do")]
    assert foreign == missing
    assert await house.belongs("boss") == ["甲厂"]
