"""Pauses that a channel asks for, groups, and the paid lane, on both stores."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock
from tests.talk import Talk

from hegui.conversation.reply import Draft
from hegui.delivery.channel import Parcel, TooMany
from hegui.delivery.outbox import store
from hegui.delivery.outbox.decisions import Limits
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.delivery.outbox.tables import outbox, pace
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue

FREE = Limits(per_second=25, chat_seconds=1, per_minute_in_group=20)


@pytest.fixture
def new_talk(database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path):
    """Makes a program on the same store: a second one is the first after a restart."""

    def made(limits: Limits = FREE, in_flight: int = 64) -> Talk:
        return Talk(database, clock, catalogue, tmp_path, limits={"recording": limits}, in_flight=in_flight)

    return made


async def queue(talk: Talk, *addresses: str, kind: LetterKind = LetterKind.REMINDER_DUE) -> None:
    letters = [
        NewLetter(
            key=f"{kind}:{address}:{n}",
            kind=kind,
            person="nobody",
            channel="recording",
            address=address,
            about="case:1",
            reply=Draft().text(address).reply(),
            ready_at=talk.clock.now(),
        )
        for n, address in enumerate(addresses)
    ]
    async with talk.database.write() as tx:
        await store.queue(tx, letters, now=talk.clock.now())


def refuses(talk: Talk, seconds: dict[str, int]) -> None:
    """From now on these chats are told to wait."""
    begun = talk.clock.now()

    def answer(parcel: Parcel) -> TooMany | None:
        if parcel.address in seconds:
            return TooMany(begun + timedelta(seconds=seconds[parcel.address]))
        return None

    talk.channel.fails = answer


async def passes(talk: Talk, seconds: float, step: float = 0.1) -> list[int]:
    """Lets time pass; says how many letters had arrived at the end of each step."""
    arrived = []
    for _ in range(round(seconds / step)):
        talk.clock.advance(timedelta(seconds=step))
        await talk.settles()
        arrived.append(len(talk.channel.arrived))
    return arrived


async def test_a_chat_that_must_wait_holds_up_nobody_else(new_talk) -> None:
    talk = new_talk()
    refuses(talk, {"ann": 30})
    await queue(talk, "ann", "ben", "cid")
    await talk.settles()
    assert sorted(talk.channel.texts()) == ["ben", "cid"]


async def test_refusals_of_several_chats_hold_the_whole_channel_also_after_a_restart(new_talk) -> None:
    talk = new_talk()
    refuses(talk, {"ann": 3600, "ben": 20, "cid": 25})
    await queue(talk, "ann", "ben", "cid")
    await talk.settles()

    talk = new_talk()
    await queue(talk, "dan", "eve")
    assert await passes(talk, 19, step=1) == [0] * 19
    await passes(talk, 2, step=1)
    assert sorted(talk.channel.texts()) == ["ben", "dan", "eve"], "the shortest pause; ann alone waits for an hour"
    async with talk.database.read() as tx:
        rows = await tx.all(select(outbox.c.state, outbox.c.attempts).where(outbox.c.address == "ann"))
    assert [tuple(row) for row in rows] == [("queued", 0)], "not an attempt"


async def test_refusals_far_apart_are_those_of_their_chats(new_talk) -> None:
    talk = new_talk()
    refuses(talk, {"ann": 60, "ben": 60, "cid": 60})
    for address in ("ann", "ben", "cid"):
        await queue(talk, address)
        await talk.settles()
        talk.clock.advance(timedelta(seconds=2))
    await queue(talk, "dan")
    await talk.settles()
    assert talk.channel.texts() == ["dan"]


async def test_after_a_flood_the_channel_goes_on_more_slowly_and_without_a_burst_of_all_that_waited(new_talk) -> None:
    talk = new_talk()
    refuses(talk, {"ann": 5, "ben": 5, "cid": 5})
    await queue(talk, "ann", "ben", "cid")
    await talk.settles()
    talk.channel.fails = lambda parcel: None
    await queue(talk, *(f"c{n}" for n in range(60)), kind=LetterKind.REPLY)
    arrived = await passes(talk, 7)
    assert arrived[48] == 0
    seconds = [later - earlier for earlier, later in zip(arrived, arrived[10:], strict=False)]
    assert 17 <= max(seconds) <= 20, "three quarters of 25 a second"


async def test_a_group_gets_twenty_a_minute_and_others_go_on(new_talk) -> None:
    talk = new_talk()
    await queue(talk, *["-100"] * 30, "ann")
    arrived = await passes(talk, 60, step=1)
    assert talk.channel.texts("-100").count("-100") == 20
    assert talk.channel.texts("ann") == ["ann"]
    assert arrived[1] <= 4


async def test_letters_that_may_cost_pass_those_that_may_not(new_talk) -> None:
    """Lane 1 may cost here; lane 2 stays at the free rate."""
    talk = new_talk(Limits(per_second=4, paid_per_second=100, paid_up_to_lane=1))
    await queue(talk, *(f"d{n}" for n in range(40)))
    await queue(talk, *(f"r{n}" for n in range(40)), kind=LetterKind.REPLY)
    await passes(talk, 1)
    paid = [parcel.address for parcel in talk.channel.arrived if parcel.paid]
    free = [parcel.address for parcel in talk.channel.arrived if not parcel.paid]
    assert len(paid) == 40
    assert {address[0] for address in paid} == {"r"}
    assert {address[0] for address in free} == {"d"}
    assert 4 <= len(free) <= 8


async def test_times_that_are_long_past_are_forgotten(new_talk) -> None:
    talk = new_talk()
    await queue(talk, "ann")
    await talk.settles()
    async with talk.database.write() as tx:
        assert await tx.all(select(pace))
        await store.forget_paces(tx, talk.clock.now() + timedelta(days=1))
        assert await tx.all(select(pace)) == []
