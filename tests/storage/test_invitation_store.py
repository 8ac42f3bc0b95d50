"""Invitations on both stores: one of many wins, the token is nowhere, wrong tries are counted."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock, SeededRandomness
from tests.unit.registry.codes import credit_code

from hegui.foundation.database.store import Database
from hegui.registry import enterprises, invitations, people
from hegui.registry.invitations import Issued
from hegui.registry.model import Invitation
from hegui.registry.tables import invitation


@pytest.fixture
async def house(database: Database, clock: FixedClock, randomness: SeededRandomness) -> tuple[Issued, list[str]]:
    """An invitation into an enterprise, and ten strangers."""
    async with database.write() as tx:
        made = await enterprises.add(
            tx, name="甲厂", uscc=credit_code(1), district="CN-33-06", now=clock.now(), randomness=randomness
        )
        strangers = [
            await people.introduce(tx, ("terminal", f"s{n}"), language="zh", now=clock.now(), randomness=randomness)
            for n in range(10)
        ]
        issued = await invitations.make(
            tx,
            enterprise=made.id,
            role="staff",
            by="os:tester",
            now=clock.now(),
            expires=clock.now() + invitations.LASTS,
            randomness=randomness,
        )
    return issued, [speaker.person for speaker in strangers]


async def _take(database: Database, token: str, person: str, clock: FixedClock) -> Invitation | None:
    async with database.write() as tx:
        return await invitations.take(tx, token, person, clock.now())


async def test_of_ten_who_redeem_at_once_one_wins(
    database: Database, clock: FixedClock, house: tuple[Issued, list[str]]
) -> None:
    issued, strangers = house
    won = await asyncio.gather(*(_take(database, issued.token, one, clock) for one in strangers))
    (winner,) = [one for one in won if one]
    assert winner.used_by in strangers
    async with database.read() as tx:
        assert await invitations.look(tx, issued.token) == winner


async def test_a_token_has_256_bits_fits_a_deep_link_and_is_not_stored(
    database: Database, house: tuple[Issued, list[str]]
) -> None:
    token = house[0].token
    assert invitations.TOKEN_BYTES * 8 == 256
    assert len(token) <= 64
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    async with database.read() as tx:
        (row,) = await tx.all(select(invitation))
    assert token not in str(row)
    assert len(row.token_sha256) == 64


async def test_an_invitation_lasts_to_the_second(
    database: Database, clock: FixedClock, house: tuple[Issued, list[str]]
) -> None:
    issued, (first, *_) = house
    clock.advance(invitations.LASTS)
    assert await _take(database, issued.token, first, clock) is None
    clock.advance(timedelta(seconds=-1))
    assert await _take(database, issued.token, first, clock)


async def test_wrong_tries_are_counted_for_a_chat_and_an_hour(database: Database, clock: FixedClock) -> None:
    async with database.write() as tx:
        for _ in range(invitations.MOST_WRONG):
            assert await invitations.may_try(tx, "terminal:a", clock.now())
            await invitations.note_wrong(tx, "terminal:a", clock.now())
        assert not await invitations.may_try(tx, "terminal:a", clock.now())
        assert await invitations.may_try(tx, "terminal:b", clock.now())
        clock.advance(invitations.HOUR)
        assert await invitations.may_try(tx, "terminal:a", clock.now())


async def test_a_leader_of_enterprises_is_kept_and_no_circle_is_made(
    database: Database, clock: FixedClock, randomness: SeededRandomness
) -> None:
    async with database.write() as tx:
        lead, other = [
            await enterprises.add(
                tx, name=name, uscc=credit_code(n), district="CN-33", now=clock.now(), randomness=randomness
            )
            for n, name in enumerate(("甲", "乙"))
        ]
        await enterprises.affiliate(tx, lead.id, other.id, clock.now())
        await enterprises.affiliate(tx, lead.id, other.id, clock.now())
        assert await enterprises.affiliates(tx, lead.id) == (other,)
        for pair in ((other.id, lead.id), (lead.id, lead.id)):
            with pytest.raises(enterprises.Refusal):
                await enterprises.affiliate(tx, *pair, clock.now())
        assert await enterprises.part(tx, lead.id, other.id)
        assert not await enterprises.part(tx, lead.id, other.id)
