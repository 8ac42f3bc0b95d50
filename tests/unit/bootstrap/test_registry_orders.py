"""Orders of the operator, on both stores: what they change, what they refuse, and that both are in the audit log."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests.unit.registry.codes import credit_code

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.program import Program
from hegui.bootstrap.stores import business_state
from hegui.foundation.audit import audit_log
from hegui.foundation.database.state_hash import state_hash
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises, invitations, people

DISTRICT = "CN-33-06-03"


async def _order(program: Program, act: str, **given: Any) -> Any:
    return await carry_out_here(program, act, {**given, "os_user": "root"})


async def _add(program: Program, number: int = 1, **given: Any) -> str:
    wanted = {"name": f"第{number}厂", "uscc": credit_code(number), "district": DISTRICT, **given}
    return str((await _order(program, "enterprise.add", **wanted))["enterprise"])


async def _officer(program: Program, name: str) -> str:
    made = await _order(program, "user.add", name=name, role="officer", district="CN-33-06", unit="某某派出所")
    return str(made["person"])


async def _refused(program: Program, act: str, **given: Any) -> str:
    """The key of the refusal, which changes nothing but the audit log."""
    async with program.database.read() as tx:
        before = await state_hash(tx, business_state())
    with pytest.raises(Refusal) as refusal:
        await _order(program, act, **given)
    async with program.database.read() as tx:
        assert await state_hash(tx, business_state()) == before
        last = (await tx.all(select(audit_log).order_by(audit_log.c.seq)))[-1]
    assert (last.act, last.about, last.actor, last.outcome) == ("refused", act, "os:root", refusal.value.key)
    return refusal.value.key


async def test_an_enterprise_is_registered_with_tags_and_contact_officer(program: Program) -> None:
    officer = await _officer(program, "张")
    its = await _add(program, tags=["network=yes", "规模=小型"], officer="张")
    async with program.database.read() as tx:
        assert (await enterprises.tags_of(tx, [its]))[its] == (("network", "yes"), ("size", "small"))
        assert await enterprises.officer_of(tx, its) == officer
        lines = await tx.all(select(audit_log.c.act, audit_log.c.actor, audit_log.c.door))
    assert ("enterprise registered", "os:root", "command") in [tuple(line) for line in lines]


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"uscc": "91990000MADEM00111"}, "registry.wrong_uscc"),
        ({"uscc": credit_code(1).lower()}, "registry.uscc_taken"),
        ({"district": "CN-33-06-99"}, "registry.unknown_district_below"),
        ({"tags": ["network=perhaps"]}, "registry.bad_fact"),
        ({"officer": "nobody"}, "registry.no_such_officer"),
        ({"name": " "}, "registry.bad_name"),
    ],
)
async def test_what_is_wrong_about_an_enterprise_changes_nothing(
    program: Program, wrong: dict[str, Any], key: str
) -> None:
    await _add(program, 1)
    right = {"name": "x", "uscc": credit_code(2), "district": DISTRICT}
    assert await _refused(program, "enterprise.add", **right | wrong) == key


async def test_an_officers_enterprises_go_to_another(program: Program) -> None:
    first, second = [await _officer(program, name) for name in ("张", "李")]
    its = await _add(program, 1, officer=first)
    await _add(program, 2, officer=first)
    moved = await _order(program, "enterprise.transfer", **{"from": first, "to": second, "enterprises": [its]})
    assert moved["transferred"] == 1
    assert (await _order(program, "user.dismiss", person=first, to=second))["enterprises"] == 1
    assert await _refused(program, "enterprise.transfer", **{"from": second, "to": first}) == "registry.no_such_officer"
    assert await _refused(program, "user.dismiss", person=first) == "registry.no_role"
    assert (await _order(program, "user.dismiss", person=second))["enterprises"] == 2
    async with program.database.read() as tx:
        assert await enterprises.officer_of(tx, its) is None


async def test_a_dismissed_persons_open_invitation_is_closed(program: Program) -> None:
    made = await _order(program, "user.add", name="张", role="auditor", district="CN")
    await _order(program, "user.dismiss", person=made["person"])
    async with program.database.write() as tx:
        assert await invitations.take(tx, made["token"], made["person"], program.clock.now()) is None


async def test_a_membership_is_revoked(program: Program) -> None:
    its = await _add(program)
    async with program.database.write() as tx:
        member = await people.introduce(
            tx, ("terminal", "ann"), language="zh", now=program.clock.now(), randomness=program.randomness
        )
        await enterprises.join(tx, its, member.person, "owner")
    await _order(program, "enterprise.revoke", enterprise=credit_code(1), person=member.person)
    async with program.database.read() as tx:
        assert await enterprises.of_person(tx, member.person) == ()
    revoked_again = {"enterprise": its, "person": member.person}
    assert await _refused(program, "enterprise.revoke", **revoked_again) == "registry.no_membership"


async def test_an_enterprise_is_put_under_a_lead_and_taken_away_again(program: Program) -> None:
    lead, other = await _add(program, 1), await _add(program, 2)
    pair = {"lead": lead, "affiliate": credit_code(2)}
    assert (await _order(program, "enterprise.affiliate", **pair))["affiliates"] == [other]
    assert (await _order(program, "enterprise.affiliate", **pair, end=True))["affiliates"] == []
    assert await _refused(program, "enterprise.affiliate", **pair, end=True) == "registry.no_affiliation"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [({"role": "member"}, "registry.bad_role"), ({"district": "CN-98"}, "registry.unknown_district")],
)
async def test_an_unknown_role_or_district_makes_nobody(program: Program, wrong: dict[str, str], key: str) -> None:
    assert await _refused(program, "user.add", **{"name": "x", "role": "officer", "district": "CN"} | wrong) == key


async def test_invitations_last_72_hours_and_each_wish_is_answered(program: Program) -> None:
    its, officer = await _add(program), await _officer(program, "张")
    wishes = [
        {"enterprise": its, "role": "owner"},
        {"enterprise": "none"},
        {"enterprise": credit_code(1), "role": "king"},
        {"person": officer},
        {"person": "none"},
        {"unreadable": True},
        {"enterprise": credit_code(1)},
    ]
    answers = await _order(program, "user.invite", invitations=wishes, language="en")
    assert ["token" in one for one in answers] == [True, False, False, True, False, False, True]
    assert answers[0]["expires"] == (program.clock.now() + timedelta(hours=72)).isoformat()
    assert [one.get("role") for one in answers if "token" in one] == ["owner", None, "staff"]
    assert len({one["token"] for one in answers if "token" in one}) == 3
    async with program.database.read() as tx:
        lines = await tx.all(select(audit_log.c.about).where(audit_log.c.act == "invitation made"))
    assert len(lines) == 4  # the officer's own first invitation too


async def test_an_order_that_nobody_knows_is_refused(program: Program) -> None:
    with pytest.raises(Refusal):
        await _order(program, "enterprise.vanish")
