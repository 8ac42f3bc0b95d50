"""Whatever the order of answers, changes, skips, steps back and restarts: the same answers, the same findings."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes import FixedClock, SeededRandomness
from tests.unit.self_check.small_check import small_pack

from hegui.capabilities.self_check import access, service, store
from hegui.capabilities.self_check.model import Sheet
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.registry import people

VALUES = {
    "F01": ("office", "site"),
    "F02": ("yes", "no"),
    "Q01": ("yes", "partly", "no", "not_applicable"),
    "Q02": ("2026-01-01", "2026-11-01"),
    "Q03": ("yes", "no"),
    "Q04": ("yes", "partly", "no"),
}
STEPS = ("answer", "skip", "unsure", "back", "jump", "resume", "restart")

step = st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.integers(0, 3))


async def begin(tx: Transaction, clock: FixedClock, randomness: SeededRandomness) -> Sheet:
    made = await people.add_person(tx, role="member", language="zh", now=clock.now(), randomness=randomness)
    return await service.start(tx, small_pack(), made.id, None, now=clock.now(), randomness=randomness)


async def take(tx: Transaction, sheet: Sheet, what: str, which: int, value: int, clock: FixedClock) -> Sheet:
    asked = sheet.asked[which % len(sheet.asked)]
    now = clock.now()
    match what:
        case "answer":
            shown = sheet.current or asked
            return await service.answer(tx, sheet, shown.id, VALUES[shown.id][value % len(VALUES[shown.id])], now)
        case "skip":
            return await service.skip(tx, sheet, asked.id, now)
        case "unsure":
            return await service.unsure(tx, sheet, asked.id, now)
        case "back":
            return await service.back(tx, sheet, asked.id, now)
        case "jump":
            return await service.jump(tx, sheet, asked.id, now)
        case _:
            return await access.own(tx, sheet.run.id, sheet.run.person)


async def straight(tx: Transaction, final: dict[str, str], clock: FixedClock, randomness: SeededRandomness) -> Sheet:
    """A run that gives the final answers one after the other."""
    sheet = await begin(tx, clock, randomness)
    while sheet.current:
        sheet = await service.answer(tx, sheet, sheet.current.id, final[sheet.current.id], clock.now())
    return sheet


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, max_size=25))
async def test_any_order_gives_what_a_straight_run_with_the_final_answers_gives(sqlite_url, randomness, steps):
    clock = FixedClock()
    database = Database(sqlite_url)
    async with database.write() as tx:
        sheet = await begin(tx, clock, randomness)
    for what, which, value in steps:
        if what == "restart":
            await database.close()
            database = Database(sqlite_url)
        async with database.write() as tx:
            sheet = await take(tx, sheet, what, which, value, clock)
            stored = await access.own(tx, sheet.run.id, sheet.run.person)
            assert (stored.answers, stored.current) == (sheet.answers, sheet.current)
    async with database.write() as tx:
        while sheet.current:
            sheet = await service.answer(tx, sheet, sheet.current.id, VALUES[sheet.current.id][0], clock.now())
        other = await straight(tx, dict(sheet.answers), clock, randomness)
        assert other.answers == sheet.answers
        found = []
        for one in (sheet, other):
            done = await service.finish(tx, one, now=clock.now(), randomness=randomness)
            again = await service.finish(tx, done, now=clock.now(), randomness=randomness)
            kept = await store.findings(tx, [again.run.id])
            found.append([(finding.question, finding.severity) for finding in kept])
        assert found[0] == found[1]
    await database.close()
