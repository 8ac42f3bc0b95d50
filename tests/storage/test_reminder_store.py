"""Reminders on both stores: each lead exactly once, nothing early, nothing after the end."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from tests.fakes import FixedClock, SeededRandomness

from hegui.delivery.outbox.tables import outbox
from hegui.delivery.quiet_hours import QuietHours
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.store import reminder
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import enterprises, people
from hegui.rulebook.pack import Rulebook

DUE = date(2026, 12, 8)


@pytest.fixture
def reminders(rulebook: Rulebook, catalogue: Catalogue, randomness: SeededRandomness) -> Reminders:
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    return Reminders(timetable, quiet=QuietHours(), catalogue=catalogue, randomness=randomness)


@pytest.fixture
async def person(database: Database, clock: FixedClock, randomness: SeededRandomness) -> str:
    async with database.write() as tx:
        return await a_person(tx, clock, randomness, "1")


async def a_person(tx: Any, clock: FixedClock, randomness: SeededRandomness, address: str) -> str:
    made = await people.introduce(tx, ("terminal", address), language="zh", now=clock.now(), randomness=randomness)
    return made.person


async def plan(database: Database, reminders: Reminders, person: str, now: datetime, **more: Any) -> None:
    told = {"about": "case:c1", "reference": "0001", "person": person, "enterprise": None, "due": DUE, **more}
    async with database.write() as tx:
        await reminders.plan(tx, now=now, **told)


async def fire(database: Database, reminders: Reminders, now: datetime) -> int:
    async with database.write() as tx:
        return await reminders.fire(tx, now)


async def letters(database: Database) -> list[tuple[str, str]]:
    async with database.read() as tx:
        rows = await tx.all(select(outbox.c.id, outbox.c.state).order_by(outbox.c.created_at, outbox.c.id))
    return [(":".join(row.id.split(":")[2:4]), row.state) for row in rows]


async def audits(database: Database) -> list[tuple[str, str]]:
    async with database.read() as tx:
        rows = await tx.all(select(audit_log.c.outcome, audit_log.c.detail).order_by(audit_log.c.seq))
    return [(row.outcome, row.detail) for row in rows]


async def test_every_lead_is_queued_exactly_once_across_restarts(
    database: Database, database_url: str, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    for _ in range(24 * 60):
        clock.advance(timedelta(hours=1))
        await fire(database, reminders, clock.now())
        assert await fire(database, reminders, clock.now()) == 0
        if clock.now().hour == 12:
            again = Database(database_url)
            assert await fire(again, reminders, clock.now()) == 0
            await again.close()
    assert [lead for lead, _ in await letters(database)] == [f"1:{lead}" for lead in (7, 3, 1, 0, -1, -5, -10, -20)]


async def test_nothing_is_queued_before_its_time(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    async with database.read() as tx:
        first = await reminders.next_due(tx)
    assert first is not None
    assert await fire(database, reminders, first - timedelta(milliseconds=1)) == 0
    assert await fire(database, reminders, first) == 1


async def test_after_two_weeks_off_only_the_latest_lead_is_sent(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    clock.advance(timedelta(days=14))
    assert await fire(database, reminders, clock.now()) == 1
    assert await letters(database) == [("1:0", "queued")]
    ((outcome, detail),) = await audits(database)
    assert outcome == "done"
    assert '"superseded": [7, 3, 1]' in detail


async def test_a_reminder_that_fires_at_night_waits_for_the_morning(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    at_night = datetime.fromisoformat("2026-12-03T22:30:00+08:00")
    await fire(database, reminders, at_night)
    async with database.read() as tx:
        ready_at = await tx.scalar(select(outbox.c.ready_at))
    assert ready_at == datetime.fromisoformat("2026-12-04T08:00:00+08:00")


async def test_the_end_cancels_what_is_queued_and_what_was_to_come(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    clock.advance(timedelta(days=10))
    await fire(database, reminders, clock.now())
    async with database.write() as tx:
        await reminders.cancel(tx, about="case:c1", now=clock.now())
    assert [state for _, state in await letters(database)] == ["cancelled"]
    clock.advance(timedelta(days=30))
    assert await fire(database, reminders, clock.now()) == 0


async def test_a_new_deadline_supersedes_the_letters_of_the_old_one(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    clock.set(datetime.fromisoformat("2026-11-27T09:00:00+08:00"))
    await fire(database, reminders, clock.now())
    async with database.write() as tx:
        await reminders.replan(tx, about="case:c1", due=date(2026, 12, 15), now=clock.now())
    assert await letters(database) == [("1:7", "superseded")]
    clock.set(datetime.fromisoformat("2026-12-04T09:00:00+08:00"))
    await fire(database, reminders, clock.now())
    assert await letters(database) == [("1:7", "superseded"), ("2:7", "queued")]


async def test_a_cancelled_reminder_begins_again_with_a_new_deadline(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    async with database.write() as tx:
        await reminders.cancel(tx, about="case:c1", now=clock.now())
        await reminders.replan(tx, about="case:c1", due=DUE, now=clock.now())
        held = (await reminders.about(tx, ["case:c1"]))["case:c1"]
    assert (held.state, held.deadline_version) == ("armed", 2)


async def test_every_member_of_the_enterprise_is_reminded(
    database: Database, reminders: Reminders, person: str, clock: FixedClock, randomness: SeededRandomness
) -> None:
    async with database.write() as tx:
        colleague = await a_person(tx, clock, randomness, "2")
        stranger = await a_person(tx, clock, randomness, "3")
        firm = await enterprises.add(
            tx, name="示例公司", uscc="91110000600037341L", district="示例区", now=clock.now(), randomness=randomness
        )
        await enterprises.join(tx, firm.id, person, "owner")
        await enterprises.join(tx, firm.id, colleague, "staff")
    await plan(database, reminders, person, clock.now(), enterprise=firm.id)
    clock.advance(timedelta(days=10))
    await fire(database, reminders, clock.now())
    async with database.read() as tx:
        reached = {row.person for row in await tx.all(select(outbox.c.person))}
    assert reached == {person, colleague}
    assert stranger not in reached


async def test_a_person_without_an_address_is_written_down_and_the_reminder_goes_on(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now())
    async with database.write() as tx:
        await people.switch(tx, ("terminal", "1"), on=False, reason="blocked", now=clock.now())
    clock.advance(timedelta(days=10))
    assert await fire(database, reminders, clock.now()) == 1
    assert await letters(database) == []
    assert [outcome for outcome, _ in await audits(database)] == ["done", "no address"]
    async with database.read() as tx:
        held = (await reminders.about(tx, ["case:c1"]))["case:c1"]
    assert held.state == "armed"


async def test_the_address_used_last_is_taken(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await people.add_address(tx, person, ("telegram", "77"), clock.now() + timedelta(hours=1))
    await plan(database, reminders, person, clock.now())
    await fire(database, reminders, clock.now() + timedelta(days=10))
    async with database.read() as tx:
        assert [row.channel for row in await tx.all(select(outbox.c.channel))] == ["telegram"]


async def test_a_calendar_published_later_moves_the_leads(
    database: Database, reminders: Reminders, person: str, clock: FixedClock, rulebook: Rulebook, catalogue: Catalogue
) -> None:
    await plan(database, reminders, person, clock.now(), due=date(2027, 1, 12))
    async with database.read() as tx:
        held = (await reminders.about(tx, ["case:c1"]))["case:c1"]
    assert held.provisional
    published = [y.model_copy(update={"status": "published", "version": 2}) for y in rulebook.calendar]
    newer = Reminders(
        Timetable(rulebook.reminder_ladders, published), quiet=None, catalogue=catalogue, randomness=SeededRandomness()
    )
    async with database.write() as tx:
        assert await newer.recount(tx) == 1
        assert await newer.recount(tx) == 0
        held = (await reminders.about(tx, ["case:c1"]))["case:c1"]
    assert not held.provisional


async def test_many_are_fired_in_batches(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    async with database.write() as tx:
        for number in range(25):
            await reminders.plan(
                tx,
                about=f"case:c{number}",
                reference=f"{number:04}",
                person=person,
                enterprise=None,
                due=DUE,
                now=clock.now(),
            )
    clock.advance(timedelta(days=10))
    worked_on = []
    while True:
        async with database.write() as tx:
            worked_on.append(await reminders.fire(tx, clock.now(), limit=10))
        if not worked_on[-1]:
            break
    assert worked_on == [10, 10, 5, 0]
    assert len(await letters(database)) == 25


async def test_two_processes_that_fire_at_once_queue_each_letter_once(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    for number in range(20):
        await plan(database, reminders, person, clock.now(), about=f"case:c{number}")
    clock.advance(timedelta(days=10))
    worked_on = await asyncio.gather(*(fire(database, reminders, clock.now()) for _ in range(4)))
    assert sum(worked_on) == 20
    assert len(await letters(database)) == 20
    assert len(await audits(database)) == 20


@pytest.mark.parametrize("seed", range(5))
async def test_a_clock_that_jumps_makes_nothing_early_missing_or_double(
    sqlite_database: Database, rulebook: Rulebook, catalogue: Catalogue, clock: FixedClock, seed: int
) -> None:
    randomness = SeededRandomness(seed)
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    jumpy = Reminders(timetable, quiet=QuietHours(), catalogue=catalogue, randomness=randomness)
    async with sqlite_database.write() as tx:
        person = await a_person(tx, clock, randomness, "1")
        held = await jumpy.plan(
            tx, about="case:c1", reference="0001", person=person, enterprise=None, due=DUE, now=clock.now()
        )
    due_from = {rung.lead: rung.at for rung in timetable.rungs(held)}
    known: dict[str, datetime] = {}
    while clock.now() < due_from[-1]:
        clock.advance(timedelta(hours=72 * (1 + randomness.secret(1)[0] % 3) / 3 - 36))
        await fire(sqlite_database, jumpy, clock.now())
        for lead, _ in await letters(sqlite_database):
            known.setdefault(lead, clock.now())
    leads = [int(key.split(":")[1]) for key in known]
    assert all(known[f"1:{lead}"] >= due_from[lead] for lead in leads)
    assert leads == sorted(set(leads), reverse=True)
    assert leads[-1] == -1
    told = [
        set(json.loads(detail)["superseded"]) | {json.loads(detail)["lead"]}
        for _, detail in await audits(sqlite_database)
    ]
    assert sorted(lead for some in told for lead in some) == [-1, 0, 1, 3, 7]


async def test_a_reminder_that_cannot_be_worked_out_holds_up_no_other(
    database: Database, reminders: Reminders, person: str, clock: FixedClock
) -> None:
    await plan(database, reminders, person, clock.now(), about="case:c1")
    await plan(database, reminders, person, clock.now(), about="case:c2", reference="0002")
    async with database.write() as tx:
        await tx.execute(update(reminder).where(reminder.c.about == "case:c1").values(zone="Nowhere/Nothing"))
    clock.set(datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    assert await fire(database, reminders, clock.now()) == 2
    assert await fire(database, reminders, clock.now()) == 0
    assert len(await letters(database)) == 1
    assert "put off" in [outcome for outcome, _ in await audits(database)]
    clock.advance(timedelta(hours=1))
    assert await fire(database, reminders, clock.now()) == 1
