"""Updates are kept before they are confirmed and handled once in effect."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from tests.fakes import FixedClock
from tests.talk import SOURCE, Talk

from hegui.conversation.floors import floor
from hegui.conversation.incoming import Attachment, Incoming
from hegui.delivery.inbox import store
from hegui.delivery.inbox.store import Arrival, inbox
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue


@pytest.fixture
def talk(database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> Talk:
    return Talk(database, clock, catalogue, tmp_path / "files")


async def _states(database: Database) -> list[str]:
    async with database.read() as tx:
        return [row.state for row in await tx.all(select(inbox.c.state).order_by(inbox.c.seq))]


async def test_an_update_is_answered_and_done(talk: Talk) -> None:
    assert await talk.says("hello") == ["hello"]
    assert await _states(talk.database) == ["done"]


async def test_a_repeated_update_has_one_effect(talk: Talk) -> None:
    body = Incoming(kind="text", text="once").model_dump_json()
    for _ in range(3):
        async with talk.database.write() as tx:
            await store.put(tx, SOURCE, "recording", [Arrival(update_id=7, address="ann", body=body)], talk.clock.now())
        await talk.settles()
    assert talk.channel.texts() == ["once"]


async def test_an_update_id_that_starts_again_lower_is_not_taken_for_a_repeat(talk: Talk) -> None:
    body = Incoming(kind="text", text="again").model_dump_json()
    for update_id in (500, 3):
        async with talk.database.write() as tx:
            await store.put(
                tx, SOURCE, "recording", [Arrival(update_id=update_id, address="ann", body=body)], talk.clock.now()
            )
    await talk.settles()
    assert talk.channel.texts() == ["again", "again"]


async def test_a_chat_is_answered_in_its_order_and_others_do_not_wait(talk: Talk) -> None:
    await talk.hears("a1", "a2", "a3", address="ann")
    await talk.hears("b1", address="ben")
    assert await talk.worker.tick() == 2  # the first of each chat
    await talk.settles()
    assert talk.channel.texts("ann") == ["a1", "a2", "a3"]
    assert talk.channel.texts("ben") == ["b1"]


@pytest.mark.parametrize("poison", ["poison", "endless"])
async def test_a_poison_update_is_tried_three_times_set_aside_and_the_rest_goes_on(talk: Talk, poison: str) -> None:
    await talk.hears(poison, "after", address="ann")
    await talk.says("other", address="ben")
    for _ in range(3):
        talk.clock.advance(timedelta(seconds=5))
        await talk.settles()
    apology, after = talk.channel.texts("ann")
    assert "1" in apology
    assert after == "after"
    assert talk.channel.texts("ben") == ["other"]
    assert await _states(talk.database) == ["dead", "done", "done"]


async def test_what_a_failed_turn_wrote_is_undone(talk: Talk) -> None:
    await talk.says("poison")
    async with talk.database.read() as tx:
        acts = [row.act for row in await tx.all(select(audit_log.c.act))]
    assert "half done" not in acts


async def test_a_refusal_undoes_the_turn_and_is_said_once(talk: Talk, catalogue: Catalogue) -> None:
    assert await talk.says("refuse") == [catalogue.say("zh", "conversation.empty")]
    async with talk.database.read() as tx:
        assert [row.act for row in await tx.all(select(audit_log.c.act))] == ["refused"]


async def test_an_unreadable_update_does_not_block_its_chat(talk: Talk) -> None:
    async with talk.database.write() as tx:
        await store.put(
            tx, SOURCE, "recording", [Arrival(update_id=1, address="ann", body="{broken")], talk.clock.now()
        )
    talk._update_id = 1
    await talk.hears("after")
    for _ in range(4):
        talk.clock.advance(timedelta(seconds=5))
        await talk.settles()
    assert talk.channel.texts("ann") == ["after"]


async def test_an_update_that_stopped_the_program_three_times_is_set_aside(
    database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path
) -> None:
    first = Talk(database, clock, catalogue, tmp_path)
    await first.says("hello")
    await first.hears("killer", "after")
    async with database.write() as tx:
        killer = (await store.claim(tx, clock.now(), 1, channels=["recording"]))[0]
        await store.attempted(tx, killer.seq, 3, None, "begun")
    second = Talk(database, clock, catalogue, tmp_path)
    await second.worker.recover()
    await second.settles()
    texts = second.channel.texts("ann")
    assert "killer" not in texts
    assert texts[-1] == "after"


async def test_the_floor_survives_a_restart(
    database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path
) -> None:
    first = Talk(database, clock, catalogue, tmp_path)
    await first.says("hold")
    second = Talk(database, clock, catalogue, tmp_path)
    second._update_id = first._update_id
    assert await second.says("go on") == ["holding go on"]


async def _until_answered(talk: Talk, count: int) -> list[str]:
    for _ in range(200):
        await talk.settles()
        if len(talk.channel.texts("ann")) >= count:
            break
        await asyncio.sleep(0.01)
    return talk.channel.texts("ann")


def _file(path: Path, size: int | None = None) -> Incoming:
    return Incoming(kind="file", attachment=Attachment(source=str(path), name="日志.png", size=size))


async def test_an_expected_file_is_kept_under_a_random_name(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"12345")
    await talk.says("hold")
    await talk.hears(_file(tmp_path / "photo.png"))
    assert await _until_answered(talk, 2) == ["held", "got 日志.png 5"]
    kept = list((tmp_path / "files").iterdir())
    assert [file.read_bytes() for file in kept] == [b"12345"]
    assert "日志" not in kept[0].name


async def test_a_file_name_cannot_hide_what_it_ends_with(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    await talk.says("hold")
    hidden = Attachment(source=str(tmp_path / "a"), name="a\u202egpj.exe")
    await talk.hears(Incoming(kind="file", attachment=hidden))
    assert (await _until_answered(talk, 2))[-1] == "got agpj.exe 1"


@pytest.mark.parametrize(
    ("size", "hold", "key"),
    [
        (None, False, "conversation.file_unexpected"),
        (0, True, "conversation.file_empty"),
        (30 * 1024 * 1024, True, "conversation.file_too_big"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence_and_not_fetched(
    talk: Talk, catalogue: Catalogue, tmp_path: Path, size: int | None, hold: bool, key: str
) -> None:
    if hold:
        await talk.says("hold")
    await talk.hears(_file(tmp_path / "does-not-exist", size))
    texts = await _until_answered(talk, 2 if hold else 1)
    assert texts[-1] == catalogue.say("zh", key)
    assert not (tmp_path / "files").exists()


async def test_a_person_who_blocks_us_is_switched_off_and_on_again(talk: Talk) -> None:
    from hegui.registry.tables import address

    async def on() -> bool:
        async with talk.database.read() as tx:
            return bool(await tx.scalar(select(address.c.on)))

    await talk.says("hello")
    await talk.says(Incoming(kind="turned", other="off"))
    assert not await on()
    await talk.says("back")
    assert await on()


async def test_finished_updates_are_forgotten_after_a_week_and_no_earlier(talk: Talk) -> None:
    await talk.says("hello", "newest")  # numbers go on from the newest row, so it stays
    for days, left in ((6, 2), (2, 1)):
        talk.clock.advance(timedelta(days=days))
        async with talk.database.write() as tx:
            await store.purge(tx, talk.clock.now())
        assert len(await _states(talk.database)) == left


async def test_numbers_are_not_used_again_after_a_silent_month(talk: Talk) -> None:
    await talk.says("before")
    talk.clock.advance(timedelta(days=30))
    async with talk.database.write() as tx:
        await store.purge(tx, talk.clock.now())
    assert await talk.says("after") == ["before", "after"]


async def test_updates_of_a_channel_that_runs_elsewhere_wait_for_it(talk: Talk) -> None:
    body = Incoming(kind="text", text="hello").model_dump_json()
    async with talk.database.write() as tx:
        await store.put(tx, "other:1", "elsewhere", [Arrival(update_id=1, address="eve", body=body)], talk.clock.now())
    assert await talk.says("here") == ["here"]
    assert await _states(talk.database) == ["open", "done"]


async def test_files_that_wait_for_their_turn_hold_up_nobody_and_keep_no_worker_busy(
    talk: Talk, tmp_path: Path
) -> None:
    (tmp_path / "photo.png").write_bytes(b"1")
    talk.channel.fetch_delay_seconds = 0.3
    chats = [f"chat{n}" for n in range(7)]
    for chat in chats:
        await talk.says("hold", address=chat)
        await talk.hears(_file(tmp_path / "photo.png"), address=chat)
    looks = 0
    while await talk.worker.tick():
        looks += 1
    assert looks < 3
    assert await talk.says("quick", address="ann") == ["quick"]
    for _ in range(100):
        talk.clock.advance(timedelta(seconds=1))
        await talk.settles()
        await asyncio.sleep(0.02)
        if all(len(talk.channel.texts(chat)) == 2 for chat in chats):
            break
    assert [len(talk.channel.texts(chat)) for chat in chats] == [2] * 7


async def test_a_fault_of_the_store_does_not_end_the_worker(talk: Talk) -> None:
    stop = asyncio.Event()
    async with talk.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    running = asyncio.create_task(talk.worker.run(stop))
    await asyncio.sleep(0.05)
    async with talk.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    await talk.hears("hello")
    talk.worker.wake()
    for _ in range(200):
        if await _states(talk.database) == ["done"]:
            break
        await asyncio.sleep(0.01)
    stop.set()
    talk.worker.wake()
    await running
    assert await _states(talk.database) == ["done"]


async def test_no_error_of_the_store_repeats_what_people_wrote(talk: Talk) -> None:
    row = {"chat": "secret-chat", "state": "secret words", "changed_at": talk.clock.now()}
    with pytest.raises(IntegrityError) as caught:
        async with talk.database.write() as tx:
            await tx.insert(floor, [row])
            await tx.insert(floor, [row])
    assert "secret words" not in str(caught.value)
