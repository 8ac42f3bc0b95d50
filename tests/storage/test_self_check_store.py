"""Rows of the self-check on both stores."""

from datetime import date, timedelta

from tests.unit.self_check.small_check import small_pack

from hegui.capabilities.self_check import evidence, service, store
from hegui.capabilities.self_check.model import Sheet
from hegui.conversation.incoming import Attachment
from hegui.foundation.database.transaction import Transaction
from hegui.registry import people


async def begun(tx: Transaction, clock, randomness) -> Sheet:
    made = await people.add_person(tx, role="member", language="zh", now=clock.now(), randomness=randomness)
    return await service.start(tx, small_pack(), made.id, None, now=clock.now(), randomness=randomness)


async def again(tx: Transaction, sheet: Sheet, clock, randomness, based_on: str | None = None) -> Sheet:
    return await service.start(
        tx, small_pack(), sheet.run.person, None, now=clock.now(), randomness=randomness, based_on=based_on
    )


async def finished(tx: Transaction, sheet: Sheet, clock, randomness, *values: str) -> Sheet:
    for value in values:
        assert sheet.current
        sheet = await service.answer(tx, sheet, sheet.current.id, value, clock.now())
    return await service.finish(tx, sheet, now=clock.now(), randomness=randomness)


async def test_a_person_has_one_unfinished_run_of_a_pack(database, clock, randomness):
    async with database.write() as tx:
        first = await begun(tx, clock, randomness)
        assert (await again(tx, first, clock, randomness)).run.id == first.run.id
        assert await service.abandon(tx, first, clock.now())
        assert not await service.abandon(tx, first, clock.now())
        assert (await again(tx, first, clock, randomness)).run.id != first.run.id


async def test_a_run_comes_back_as_it_was_stored(database, clock, randomness):
    async with database.write() as tx:
        sheet = await begun(tx, clock, randomness)
        sheet = await service.answer(tx, sheet, "F01", "site", clock.now())
        sheet = await service.jump(tx, sheet, "Q04", clock.now())
    async with database.read() as tx:
        assert await store.get_run(tx, sheet.run.id) == sheet.run
        assert await store.get_snapshot(tx, sheet.run.snapshot) == sheet.snapshot
        assert await store.answers(tx, sheet.run.id) == {"F01": "site"}
        assert await store.get_run(tx, "nothing") is None


async def test_a_changed_answer_takes_its_dependants_and_nothing_else(database, clock, randomness):
    async with database.write() as tx:
        sheet = await begun(tx, clock, randomness)
        for question, value in (("F01", "site"), ("F02", "yes"), ("Q01", "yes"), ("Q03", "no"), ("Q04", "no")):
            sheet = await service.answer(tx, sheet, question, value, clock.now())
        await service.answer(tx, sheet, "F01", "office", clock.now())
        assert await store.answers(tx, sheet.run.id) == {"F01": "office", "Q01": "yes", "Q04": "no"}


async def test_evidence_is_kept_once_dated_and_removed(database, clock, randomness):
    async with database.write() as tx:
        sheet = await begun(tx, clock, randomness)
        sent = Attachment(source="x", name="图.png", media_type="image/png", size=9, stored="one", sha256="aa")
        kept = await evidence.attach(tx, sheet, "Q01", sent, now=clock.now(), randomness=randomness)
        twice = sent.model_copy(update={"stored": "two"})
        same = await evidence.attach(tx, sheet, "Q01", twice, now=clock.now(), randomness=randomness)
        assert same == kept
        await evidence.date_it(tx, sheet, kept.id, date(2026, 5, 1))
        assert await store.stored_files(tx) == {"one"}
        assert [one.dated for one in await evidence.kept(tx, sheet, "Q01")] == [date(2026, 5, 1)]
        await evidence.remove(tx, sheet, kept.id)
        await evidence.remove(tx, sheet, kept.id)
        assert await evidence.kept(tx, sheet) == ()


async def test_findings_go_into_a_case_are_corrected_and_come_back(database, clock, randomness):
    async with database.write() as tx:
        done = await finished(tx, await begun(tx, clock, randomness), clock, randomness, "office", "no", "no")
        red, amber = await service.findings_of(tx, done.run.id, done.run.person)
        assert (red.finding.severity, amber.finding.severity) == ("red", "amber")
        await service.mark_in_case(tx, [red.finding.id], "case1")
        await service.mark_in_case(tx, [red.finding.id], "case2")
        assert [f.id for f in await service.open_findings(tx, done.run.person)] == [amber.finding.id]
        await service.mark_corrected(tx, "case1")
        states = {f.id: (f.state, f.case) for f in await store.findings(tx, [done.run.id])}
        assert states == {red.finding.id: ("corrected", "case1"), amber.finding.id: ("open", None)}
        await service.mark_in_case(tx, [red.finding.id], "case1")
        assert (await store.findings(tx, [done.run.id]))[0].state == "in_case"


async def test_a_new_check_joins_the_case_that_is_open_and_replaces_the_old_findings(database, clock, randomness):
    async with database.write() as tx:
        done = await finished(tx, await begun(tx, clock, randomness), clock, randomness, "office", "no", "no")
        [red, _] = await service.findings_of(tx, done.run.id, done.run.person)
        await service.mark_in_case(tx, [red.finding.id], "case1")
        clock.advance(timedelta(days=1))
        retaken = await again(tx, done, clock, randomness, based_on=done.run.id)
        assert retaken.current is None
        done_again = await finished(tx, retaken, clock, randomness)
        findings = {f.question: (f.state, f.case) for f in await store.findings(tx, [done_again.run.id])}
        assert findings == {"Q01": ("in_case", "case1"), "Q04": ("open", None)}
        assert [f.run for f in await service.open_findings(tx, done.run.person)] == [done_again.run.id]
        assert (await store.last_finished(tx, done.run.person, "small")).id == done_again.run.id
