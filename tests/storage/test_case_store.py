"""Cases on both stores: opened once, with findings, reminders and audit line; closed, reopened, and kept private."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from tests.fakes import FixedClock, SeededRandomness

from hegui.capabilities.rectification import decisions, service, store
from hegui.capabilities.rectification.model import Case, Due
from hegui.capabilities.self_check import service as self_check
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.turn import Speaker
from hegui.delivery.outbox.tables import outbox
from hegui.delivery.quiet_hours import QuietHours
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import enterprises, people
from hegui.rulebook.pack import Rulebook

PACK = "network-security"


class House:
    """A store with one person whose finished self-check showed faults."""

    def __init__(
        self,
        database: Database,
        clock: FixedClock,
        rulebook: Rulebook,
        catalogue: Catalogue,
        randomness: SeededRandomness,
    ) -> None:
        self.database = database
        self.clock = clock
        self.rulebook = rulebook
        self.randomness = randomness
        timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
        self.reminders = Reminders(timetable, quiet=QuietHours(), catalogue=catalogue, randomness=randomness)

    async def person(self, tx: Transaction, address: str) -> Speaker:
        return await people.introduce(
            tx, ("terminal", address), language="zh", now=self.clock.now(), randomness=self.randomness
        )

    async def checked(self, tx: Transaction, person: Speaker, enterprise: str | None = None) -> str:
        """A run of the first example of the pack, finished; its id."""
        pack = self.rulebook.pack(PACK)
        assert pack is not None
        example, now = pack.examples[0], self.clock.now()
        sheet = await self_check.start(tx, pack, person.person, enterprise, now=now, randomness=self.randomness)
        while question := sheet.current:
            value = example.answers.get(question.id, example.otherwise)
            sheet = await self_check.answer(tx, sheet, question.id, value, now)
        return (await self_check.finish(tx, sheet, now=now, randomness=self.randomness)).run.id

    async def opened(self, tx: Transaction, run: str, by: Speaker) -> Case:
        due = decisions.self_set(10, date(2026, 11, 24), self.reminders.timetable.days)
        return await self.opened_for(tx, await self_check.findings_of(tx, run, by.person), due, by)

    async def opened_for(self, tx: Transaction, faults: Sequence[Fault], due: Due, by: Speaker) -> Case:
        return await service.open_case(
            tx,
            self.reminders,
            faults,
            pack=PACK,
            due=due,
            by=by,
            now=self.clock.now(),
            randomness=self.randomness,
        )

    async def letters(self, tx: Transaction) -> list[str]:
        return [row.state for row in await tx.all(select(outbox.c.state).order_by(outbox.c.created_at))]


@pytest.fixture
def house(
    database: Database, clock: FixedClock, rulebook: Rulebook, catalogue: Catalogue, randomness: SeededRandomness
) -> House:
    return House(database, clock, rulebook, catalogue, randomness)


async def test_opening_a_case_takes_findings_reminders_and_audit_with_it(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        run = await house.checked(tx, me)
        case = await house.opened(tx, run, me)
    async with house.database.read() as tx:
        faults = await self_check.findings_of(tx, run, me.person)
        held = (await house.reminders.about(tx, [case.about]))[case.about]
        acts = [row.act for row in await tx.all(select(audit_log.c.act))]
        items = await store.items(tx, [case.id])
    assert {(f.finding.state, f.finding.case) for f in faults} == {("in_case", case.id)}
    assert (held.state, held.due, held.reference) == ("armed", case.due, "0001")
    assert "case opened" in acts
    assert len(items[case.id]) == len(faults)
    assert all(item.obligations for item in items[case.id])


async def test_opening_twice_gives_the_case_there_is(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        run = await house.checked(tx, me)
        first, second = await house.opened(tx, run, me), await house.opened(tx, run, me)
        assert first == second
        assert await tx.scalar(select(func.count()).select_from(store.case)) == 1


async def test_cases_are_numbered_in_order(house: House) -> None:
    async with house.database.write() as tx:
        numbers = []
        for address in ("1", "2", "3"):
            person = await house.person(tx, address)
            numbers.append((await house.opened(tx, await house.checked(tx, person), person)).reference)
    assert numbers == ["0001", "0002", "0003"]


async def test_done_cancels_what_is_queued_and_corrects_the_findings(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        run = await house.checked(tx, me)
        case = await house.opened(tx, run, me)
    house.clock.advance(timedelta(days=10))
    async with house.database.write() as tx:
        await house.reminders.fire(tx, house.clock.now())
        assert await house.letters(tx) == ["queued"]
    async with house.database.write() as tx:
        done = await service.mark_done(tx, house.reminders, case.id, by=me, now=house.clock.now())
        assert (done.state, done.version) == ("done", 2)
        assert await house.letters(tx) == ["cancelled"]
        assert {f.finding.state for f in await self_check.findings_of(tx, run, me.person)} == {"corrected"}
    house.clock.advance(timedelta(days=30))
    async with house.database.write() as tx:
        assert await house.reminders.fire(tx, house.clock.now()) == 0


async def test_done_twice_is_refused_in_words(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        case = await house.opened(tx, await house.checked(tx, me), me)
        await service.mark_done(tx, house.reminders, case.id, by=me, now=house.clock.now())
        with pytest.raises(Refusal) as refused:
            await service.mark_done(tx, house.reminders, case.id, by=me, now=house.clock.now())
    assert refused.value.key == "case.already.done"


async def test_a_reopened_case_is_reminded_of_again(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        run = await house.checked(tx, me)
        case = await house.opened(tx, run, me)
        await service.mark_done(tx, house.reminders, case.id, by=me, now=house.clock.now())
        again = await service.reopen(tx, house.reminders, case.id, by=me, now=house.clock.now())
        held = (await house.reminders.about(tx, [case.about]))[case.about]
        assert {f.finding.state for f in await self_check.findings_of(tx, run, me.person)} == {"in_case"}
    assert (again.state, again.done_at) == ("in_progress", None)
    assert (held.state, held.deadline_version) == ("armed", 2)


async def test_a_new_deadline_is_kept_with_its_source(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        case = await house.opened(tx, await house.checked(tx, me), me)
        days = house.reminders.timetable.days
        due = decisions.by_order_on(date(2026, 12, 18), date(2026, 11, 20), days)
        changed = await service.change_deadline(tx, house.reminders, case.id, due, by=me, now=house.clock.now())
        held = (await house.reminders.about(tx, [case.about]))[case.about]
    assert (changed.due, changed.due_source, changed.order_day) == (due.day, "order", date(2026, 11, 20))
    assert held.due == due.day


async def test_reminders_of_an_order_cannot_be_stopped(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        case = await house.opened(tx, await house.checked(tx, me), me)
        due = decisions.by_order_on(date(2026, 12, 18), date(2026, 11, 20), house.reminders.timetable.days)
        await service.change_deadline(tx, house.reminders, case.id, due, by=me, now=house.clock.now())
        with pytest.raises(Refusal) as refused:
            await service.stop_reminders(tx, house.reminders, case.id, by=me, now=house.clock.now())
    assert refused.value.key == "case.reminders.always"


async def test_what_an_order_says_cannot_be_put_off_by_oneself(house: House) -> None:
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        case = await house.opened(tx, await house.checked(tx, me), me)
        days = house.reminders.timetable.days
        ordered = decisions.by_order_on(date(2026, 12, 18), date(2026, 11, 20), days)
        await service.change_deadline(tx, house.reminders, case.id, ordered, by=me, now=house.clock.now())
        later = decisions.self_set(10, ordered.day, days)
        with pytest.raises(Refusal) as refused:
            await service.change_deadline(tx, house.reminders, case.id, later, by=me, now=house.clock.now())
        again = decisions.by_order_on(date(2027, 1, 15), date(2026, 12, 10), days)
        moved = await service.change_deadline(tx, house.reminders, case.id, again, by=me, now=house.clock.now())
    assert refused.value.key == "case.order_stands"
    assert moved.due == again.day


async def test_a_strangers_case_does_not_exist(house: House) -> None:
    async with house.database.write() as tx:
        me, stranger = await house.person(tx, "1"), await house.person(tx, "2")
        case = await house.opened(tx, await house.checked(tx, me), me)
        for case_id in (case.id, "nosuchcase"):
            with pytest.raises(Refusal) as refused:
                await service.get(tx, case_id, stranger.person)
            assert refused.value.key == "conversation.old_button"
        assert await service.listed(tx, stranger.person) == ((), 0)


async def test_colleagues_share_the_cases_of_their_enterprise(house: House) -> None:
    async with house.database.write() as tx:
        me, colleague = await house.person(tx, "1"), await house.person(tx, "2")
        firm = await enterprises.add(
            tx,
            name="示例公司",
            uscc="91110000600037341L",
            district="示例区",
            now=house.clock.now(),
            randomness=house.randomness,
        )
        for member in (me, colleague):
            await enterprises.join(tx, firm.id, member.person, "staff")
        case = await house.opened(tx, await house.checked(tx, me, firm.id), me)
        assert await service.get(tx, case.id, colleague.person) == case
        assert await service.still_open(tx, colleague.person) == (case,)


async def test_open_cases_stand_first_by_due_date(house: House) -> None:
    days = house.reminders.timetable.days
    async with house.database.write() as tx:
        me = await house.person(tx, "1")
        faults = await self_check.findings_of(tx, await house.checked(tx, me), me.person)
        assert len(faults) >= 2
        cases = []
        for fault, working_days in zip(faults, (15, 5), strict=False):
            due = decisions.self_set(working_days, date(2026, 11, 24), days)
            cases.append(await house.opened_for(tx, [fault], due, me))
        assert [case.id for case in await service.still_open(tx, me.person)] == [cases[1].id, cases[0].id]
        await service.mark_done(tx, house.reminders, cases[1].id, by=me, now=house.clock.now())
        listed, count = await service.listed(tx, me.person)
    assert count == 2
    assert [case.id for case in listed] == [cases[0].id, cases[1].id]
