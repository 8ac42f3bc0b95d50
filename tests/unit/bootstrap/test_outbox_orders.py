"""`hegui outbox retry` as the program takes it: once, for letters that did not arrive, with a line in the audit log."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock, RecordingChannel

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.program import Program
from hegui.conversation.reply import Draft
from hegui.delivery.channel import DeliveryFailed, OutcomeUnknown
from hegui.delivery.outbox import store
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.delivery.outbox.tables import outbox
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.registry import people
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

FAILED, UNKNOWN = DeliveryFailed("wrong", permanent=True), OutcomeUnknown("no answer")
MARK = "（重发，同一通知）"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel()


@pytest.fixture
async def program(
    sqlite_database: Database, rulebook: Rulebook, data_dir: Path, clock: FixedClock, channel: RecordingChannel
) -> Program:
    """With a person behind the address ann."""
    settings = Settings(data_dir=data_dir)
    made = Program(settings, rulebook, sqlite_database, channels={channel.name: channel}, clock=clock)
    async with sqlite_database.write() as tx:
        await people.introduce(tx, ("recording", "ann"), language="zh", now=clock.now(), randomness=made.randomness)
    return made


async def settles(program: Program) -> None:
    while await program.sender.tick():
        await program.sender.drain()


async def sent(program: Program, channel: RecordingChannel, outcome: BaseException | None, **more: Any) -> None:
    """A letter whose sending came to this; afterwards everything arrives."""
    channel.fails = lambda parcel: outcome
    new = NewLetter(
        key="case:1",
        kind=LetterKind.HAND_OVER,
        person="nobody",
        channel="recording",
        address="ann",
        about="case:1",
        reply=Draft().text("重要").reply(),
        ready_at=program.clock.now(),
        **more,
    )
    other = new.model_copy(update={"key": "another", "address": "ben"})
    async with program.database.write() as tx:
        await store.queue(tx, [new])
    await settles(program)
    channel.fails = lambda parcel: None
    async with program.database.write() as tx:
        await store.queue(tx, [other])
    await settles(program)
    channel.arrived.clear()


async def retried(program: Program, which: str = "case:1") -> Any:
    return await carry_out_here(program, "outbox.retry", {"id": which, "os_user": "wang"})


async def refused(program: Program, which: str = "case:1") -> str:
    with pytest.raises(Refusal) as refusal:
        await retried(program, which)
    program.catalogue.say("en", refusal.value.key, **refusal.value.params)
    return refusal.value.key


async def states(program: Program) -> dict[str, str]:
    async with program.database.read() as tx:
        return {row.id: row.state for row in await tx.all(select(outbox.c.id, outbox.c.state))}


async def test_a_letter_that_failed_goes_once_more_as_it_was(program: Program, channel: RecordingChannel) -> None:
    await sent(program, channel, FAILED)
    assert await retried(program) == {"id": "case:1", "copy": "case:1:retry1"}
    assert await refused(program) == "outbox.repeated_already"
    await settles(program)
    assert channel.texts() == ["重要"]
    found = await states(program)
    assert (found["case:1"], found["case:1:retry1"]) == ("failed", "sent")
    assert await refused(program) == "outbox.repeated_already"
    assert await refused(program, "case:1:retry1") == "outbox.not_to_be_repeated"


async def test_a_copy_of_what_may_have_arrived_says_that_it_is_one(program: Program, channel: RecordingChannel) -> None:
    await sent(program, channel, UNKNOWN)
    found = await states(program)
    assert (found["case:1"], found["case:1:again"]) == ("unknown", "unknown")
    await retried(program)
    await settles(program)
    assert channel.texts() == [f"{MARK}\n重要"]


async def test_what_failed_again_can_be_tried_again(program: Program, channel: RecordingChannel) -> None:
    await sent(program, channel, FAILED)
    channel.fails = lambda parcel: FAILED
    await retried(program)
    await settles(program)
    assert (await retried(program))["copy"] == "case:1:retry2"


async def test_what_is_no_longer_true_is_not_sent(
    program: Program, channel: RecordingChannel, clock: FixedClock
) -> None:
    await sent(program, channel, FAILED, expires_at=clock.now() + timedelta(hours=1))
    clock.advance(timedelta(hours=1))
    assert await refused(program) == "outbox.out_of_date"


async def test_a_switched_off_address_is_told_to_the_operator(program: Program, channel: RecordingChannel) -> None:
    await sent(program, channel, FAILED)
    async with program.database.write() as tx:
        await people.switch(tx, ("recording", "ann"), on=False, reason="blocked", now=program.clock.now())
    assert await refused(program) == "outbox.address_is_off"


async def test_the_act_and_the_refusal_are_audited_with_who_did_it(program: Program, channel: RecordingChannel) -> None:
    assert await refused(program, "no such") == "outbox.no_such_letter"
    await sent(program, channel, FAILED)
    await retried(program)
    async with program.database.read() as tx:
        of_ours = select(audit_log.c.actor, audit_log.c.about, audit_log.c.outcome).where(
            audit_log.c.act == "letter retried"
        )
        assert [tuple(row) for row in await tx.all(of_ours.order_by(audit_log.c.seq))] == [
            ("operator:wang", "no such", "refused: outbox.no_such_letter"),
            ("operator:wang", "case:1", "done"),
        ]
