"""Letters: on disk before they leave, never two at once to a chat, and a true state at the end."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from tests.fakes import FixedClock
from tests.talk import Talk

from hegui.conversation.reply import Draft
from hegui.delivery.channel import AddressGone, AddressMoved, DeliveryFailed, OutcomeUnknown
from hegui.delivery.outbox import store
from hegui.delivery.outbox.decisions import Limits
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.delivery.outbox.tables import outbox
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import people
from hegui.registry.tables import address


@pytest.fixture
def talk(database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> Talk:
    return Talk(database, clock, catalogue, tmp_path)


def _letter(talk: Talk, key: str, kind: LetterKind = LetterKind.REMINDER_DUE, **changes: object) -> NewLetter:
    values: dict[str, object] = {
        "key": key,
        "kind": kind,
        "person": "nobody",
        "channel": "recording",
        "address": "ann",
        "about": "case:1",
        "reply": Draft().text(key).reply(),
        "ready_at": talk.clock.now(),
    }
    return NewLetter.model_validate({**values, **changes})


async def _queue(talk: Talk, *letters: NewLetter) -> None:
    async with talk.database.write() as tx:
        await store.queue(tx, letters)


async def _states(talk: Talk) -> dict[str, tuple[str, str | None]]:
    async with talk.database.read() as tx:
        return {row.id: (row.state, row.reason) for row in await tx.all(select(outbox))}


async def test_a_letter_of_the_same_key_is_queued_once(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one"))
    await _queue(talk, _letter(talk, "one"))
    await talk.settles()
    assert talk.channel.texts() == ["one"]
    assert await _states(talk) == {"one": ("sent", None)}


async def test_urgent_lanes_leave_first_and_a_chat_never_has_two_under_way(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "early", LetterKind.REMINDER_EARLY), _letter(talk, "reply", LetterKind.REPLY))
    await talk.sender.tick()
    assert [state for state, _ in (await _states(talk)).values()].count("sending") == 1
    await talk.settles()
    assert talk.channel.texts() == ["reply", "early"]


async def test_a_letter_is_sending_on_disk_before_it_leaves(talk: Talk) -> None:
    seen: list[str] = []

    async def look() -> None:
        seen.append((await _states(talk))["one"][0])

    class Watching(Exception):
        pass

    await _queue(talk, _letter(talk, "one"))
    talk.channel.delay_seconds = 0.05
    await talk.sender.tick()
    await look()
    await talk.settles()
    assert seen == ["sending"]


async def test_a_cancelled_letter_does_not_leave(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one"), _letter(talk, "two", about="case:2"))
    async with talk.database.write() as tx:
        await store.cancel(tx, about="case:1", now=talk.clock.now())
    await talk.settles()
    assert talk.channel.texts() == ["two"]
    assert (await _states(talk))["one"] == ("cancelled", None)


async def test_an_expired_letter_fails_instead_of_arriving_late(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one", expires_at=talk.clock.now() + timedelta(hours=1)))
    talk.clock.advance(timedelta(hours=2))
    await talk.settles()
    assert talk.channel.texts() == []
    assert await _states(talk) == {"one": ("failed", "expired")}


async def test_what_certainly_did_not_leave_is_tried_again_and_given_up_after_five_attempts(talk: Talk) -> None:
    talk.channel.fails = lambda parcel: DeliveryFailed("server error")
    await _queue(talk, _letter(talk, "one"))
    tries = 0
    while (await _states(talk))["one"][0] == "queued":
        await talk.settles()
        talk.clock.advance(timedelta(seconds=61))
        tries += 1
    assert tries == 5
    assert (await _states(talk))["one"] == ("failed", "server error")


async def test_a_wait_that_the_server_asks_for_is_kept_and_is_no_attempt(talk: Talk) -> None:
    until = talk.clock.now() + timedelta(seconds=30)
    talk.channel.fails = lambda parcel: DeliveryFailed("too many", retry_at=until, counted=False)
    await _queue(talk, _letter(talk, "one"))
    await talk.settles()
    talk.channel.fails = lambda parcel: None
    talk.clock.advance(timedelta(seconds=29))
    await talk.settles()
    assert talk.channel.texts() == []
    talk.clock.advance(timedelta(seconds=1))
    await talk.settles()
    assert talk.channel.texts() == ["one"]
    async with talk.database.read() as tx:
        assert await tx.scalar(select(outbox.c.attempts)) == 0


async def test_a_duty_whose_outcome_is_unknown_is_sent_once_more_and_says_so(talk: Talk) -> None:
    talk.channel.loses_answer = lambda parcel: OutcomeUnknown("answer lost")
    await _queue(talk, _letter(talk, "one"))
    await talk.settles()
    assert talk.channel.texts() == ["one", "（重发，同一通知）\none"]
    assert await _states(talk) == {"one": ("unknown", "answer lost"), "one:again": ("unknown", "answer lost")}


@pytest.mark.parametrize(("newer_turn", "copies"), [(False, 2), (True, 1)])
async def test_a_reply_of_unknown_outcome_is_repeated_unmarked_unless_the_person_went_on(
    talk: Talk, newer_turn: bool, copies: int
) -> None:
    talk.channel.loses_answer = lambda parcel: OutcomeUnknown("answer lost")
    await talk.hears("hello")
    await talk.worker.tick()
    await talk.sender.tick()
    if newer_turn:
        await talk.hears("more")
    await talk.sender.drain()
    talk.channel.loses_answer = lambda parcel: None
    await talk.settles()
    assert talk.channel.texts().count("hello") == copies


async def test_letters_that_a_stopped_process_left_half_sent_become_unknown_and_go_once_more(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one"))
    async with talk.database.write() as tx:
        await store.claim(tx, ["one"], owner="dead", lease_until=talk.clock.now())
    await talk.sender.recover()
    await talk.settles()
    assert talk.channel.texts() == ["（重发，同一通知）\none"]
    assert await _states(talk) == {"one": ("unknown", "process stopped"), "one:again": ("sent", None)}


async def test_a_blocked_address_is_switched_off_and_a_duty_goes_to_the_other_one(talk: Talk) -> None:
    await talk.says("hello", address="ann")
    async with talk.database.write() as tx:
        person = await tx.scalar(select(address.c.person))
        await tx.insert(
            address,
            [{"channel": "recording", "address": "ben", "person": person, "on": True, "changed_at": talk.clock.now()}],
        )
    talk.channel.fails = lambda parcel: AddressGone("blocked") if parcel.address == "ann" else None
    await _queue(talk, _letter(talk, "duty", person=person))
    await talk.settles()
    assert talk.channel.texts("ben") == ["duty"]
    async with talk.database.read() as tx:
        off = select(address.c.on, address.c.reason).where(address.c.address == "ann")
        assert tuple(await tx.one(off) or ()) == (False, "blocked")


async def test_letters_follow_a_chat_that_moved(talk: Talk) -> None:
    await talk.says("hello", address="old")
    talk.channel.fails = lambda parcel: AddressMoved("new") if parcel.address == "old" else None
    await _queue(talk, _letter(talk, "one", address="old"))
    await talk.settles()
    assert talk.channel.texts("new") == ["one"]


async def test_nothing_leaves_faster_than_the_limits(
    database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path
) -> None:
    limits = {"recording": Limits(per_second=2, chat_seconds=1, chat_burst=2)}
    talk = Talk(database, clock, catalogue, tmp_path, limits=limits, in_flight=1)
    await _queue(talk, *(_letter(talk, f"{n}", LetterKind.REPLY) for n in range(6)))
    arrived = []
    for _ in range(40):
        await talk.settles()
        arrived.append(len(talk.channel.arrived))
        clock.advance(timedelta(milliseconds=250))
    assert arrived[-1] == 6
    in_any_second = [later - earlier for earlier, later in zip(arrived, arrived[4:], strict=False)]
    assert max(in_any_second) <= 2


async def test_a_drain_leaves_nothing_unknown(talk: Talk) -> None:
    talk.channel.delay_seconds = 0.05
    await _queue(talk, *(_letter(talk, f"{n}", address=f"a{n}") for n in range(6)))
    stop = asyncio.Event()
    running = asyncio.create_task(talk.sender.run(stop))
    await asyncio.sleep(0.03)
    stop.set()
    talk.sender.wake()
    await running
    assert {state for state, _ in (await _states(talk)).values()} <= {"sent", "queued"}


def _by_chat(talk: Talk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for parcel in talk.channel.arrived:
        found.setdefault(parcel.address, []).append(parcel.reply.plain())
    return found


async def test_many_answers_of_one_moment_keep_their_order(talk: Talk) -> None:
    said = [f"m{n}" for n in range(12)]
    assert await talk.says(*said) == said


async def test_limits_never_change_the_order_within_a_chat(
    database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path
) -> None:
    talk = Talk(
        database, clock, catalogue, tmp_path, limits={"recording": Limits(per_second=4, chat_seconds=1)}, in_flight=4
    )
    chats = [f"c{n}" for n in range(5)]
    await _queue(talk, *(_letter(talk, f"{c}-{n}", LetterKind.REPLY, address=c) for c in chats for n in range(4)))
    for _ in range(60):
        await talk.settles()
        clock.advance(timedelta(milliseconds=100))
    assert _by_chat(talk) == {c: [f"{c}-{n}" for n in range(4)] for c in chats}


async def test_while_a_chat_must_wait_nothing_goes_to_it_and_nothing_overtakes(talk: Talk) -> None:
    until = talk.clock.now() + timedelta(seconds=30)
    talk.channel.fails = lambda parcel: DeliveryFailed("too many", retry_at=until, counted=False)
    await _queue(talk, _letter(talk, "a", LetterKind.REPLY), _letter(talk, "b", LetterKind.REPLY))
    await talk.settles()
    talk.channel.fails = lambda parcel: None
    await _queue(talk, _letter(talk, "elsewhere", LetterKind.REPLY, address="ben"))
    talk.clock.advance(timedelta(seconds=29))
    await _queue(talk, _letter(talk, "c", LetterKind.REPLY))
    await talk.settles()
    assert _by_chat(talk) == {"ben": ["elsewhere"]}
    talk.clock.advance(timedelta(seconds=1))
    await talk.settles()
    assert _by_chat(talk)["ann"] == ["a", "b", "c"]


async def test_letters_of_a_channel_that_runs_elsewhere_wait_for_it(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one", channel="elsewhere"), _letter(talk, "two"))
    await talk.settles()
    assert await _states(talk) == {"one": ("queued", None), "two": ("sent", None)}


async def test_a_duty_for_an_address_that_is_off_goes_to_the_other_one(talk: Talk) -> None:
    await talk.says("hello", address="ann")
    async with talk.database.write() as tx:
        person = await tx.scalar(select(address.c.person))
        await people.switch(tx, ("recording", "ann"), on=False, reason="blocked", now=talk.clock.now())
        await people.add_address(tx, person, ("recording", "ben"), talk.clock.now())
    await _queue(talk, _letter(talk, "duty", person=person))
    await talk.settles()
    assert talk.channel.texts("ben") == ["duty"]
    assert (await _states(talk))["duty"] == ("failed", "address switched off")


async def test_a_fault_of_the_store_does_not_end_the_sender_nor_lose_what_came_back(talk: Talk) -> None:
    talk.channel.delay_seconds = 0.05
    await _queue(talk, _letter(talk, "one"))
    stop = asyncio.Event()
    running = asyncio.create_task(talk.sender.run(stop))
    await asyncio.sleep(0.03)
    async with talk.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE outbox RENAME TO away"))
    await asyncio.sleep(0.1)
    async with talk.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE away RENAME TO outbox"))
    for _ in range(200):
        if (await _states(talk))["one"][0] == "sent":
            break
        await asyncio.sleep(0.01)
    stop.set()
    talk.sender.wake()
    await running
    assert talk.channel.texts() == ["one"]
    assert await _states(talk) == {"one": ("sent", None)}


async def test_letters_taken_by_a_commit_whose_answer_was_lost_are_sent_all_the_same(talk: Talk) -> None:
    await _queue(talk, _letter(talk, "one"))
    async with talk.database.write() as tx:
        await store.claim(tx, ["one"], owner="test", lease_until=talk.clock.now() + timedelta(seconds=60))
    await talk.sender.recover()
    await talk.settles()
    assert talk.channel.texts() == ["one"]
