"""The own ledger on both stores: recorded once, corrected only by counter-entries, kept private, reminded of."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from tests.fakes import FixedClock, SeededRandomness
from tests.unit.ledger_own.shelf import ETHER, TODAY, Firm, bookkeeping

from hegui.capabilities.ledger.own import access, decisions, reminding, service, store
from hegui.delivery.reminders.store import reminder
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.pack import Rulebook


@pytest.fixture
async def firm(
    database: Database, rulebook: Rulebook, catalogue: Catalogue, randomness: SeededRandomness, clock: FixedClock
) -> Firm:
    made = Firm(bookkeeping(rulebook, catalogue, randomness), clock)
    async with database.write() as tx:
        return await made.found(tx)


async def test_an_entry_comes_back_as_it_was_recorded_with_its_audit_line(database: Database, firm: Firm) -> None:
    new = firm.entry("purchase", "25.250", fields={"supplier": "示例  供应\n商", "certificate": "=BA-1"})
    async with database.write() as tx:
        made = await firm.record(tx, new)
    async with database.read() as tx:
        (kept,) = await store.entries(tx, firm.id)
        acts = [row.act for row in await tx.all(select(audit_log.c.act))]
    assert kept == made
    assert (kept.number, kept.amount, kept.unit) == (1, Decimal("25.250"), "kg")
    assert kept.fields == {"supplier": "示例 供应 商", "certificate": "=BA-1"}
    assert acts == ["ledger entry recorded"]


async def test_a_repeated_confirmation_records_nothing_more(database: Database, firm: Firm) -> None:
    new = firm.entry("purchase", "25")
    async with database.write() as tx:
        await firm.record(tx, new)
        again, is_new = await service.record(tx, firm.keeping, firm.id, new, by=firm.by, say=firm.say, now=firm.now)
        assert (again.number, is_new) == (1, False)
        assert len(await store.entries(tx, firm.id)) == 1
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(audit_log)) == 1


async def test_more_than_there_is_cannot_leave_and_the_figure_is_said(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        await firm.record(tx, firm.entry("purchase", "10"))
        with pytest.raises(Refusal) as refused:
            await firm.record(tx, firm.entry("use", "12500", unit="g"))
        assert len(await store.entries(tx, firm.id)) == 1
    assert refused.value.key == "ledger_book.below_zero"
    assert (refused.value.params["held"], refused.value.params["leaving"]) == ("10", "12.5")


@pytest.mark.parametrize(
    ("kind", "amount", "day", "fields", "why"),
    [
        ("purchase", "5", TODAY + timedelta(days=1), {}, "ledger_book.future"),
        ("purchase", "0", TODAY, {}, "ledger_book.no_amount"),
        ("purchase", "-1", TODAY, {}, "ledger_book.no_amount"),
        ("use", "1", TODAY, {"returned": "2"}, "ledger_book.more_returned"),
        ("use", "1", TODAY, {"supplier": "x"}, "ledger_book.bad_field"),
        ("use", "1", TODAY, {"returned": "many"}, "ledger_book.bad_field"),
        ("loss", "1", TODAY, {"reported_on": "2026-13-01"}, "ledger_book.bad_field"),
    ],
)
async def test_what_cannot_be_is_refused(
    database: Database, firm: Firm, kind: str, amount: str, day: date, fields: dict[str, str], why: str
) -> None:
    async with database.write() as tx:
        with pytest.raises(Refusal) as refused:
            await firm.record(tx, firm.entry(kind, amount, day=day, fields=fields))  # type: ignore[arg-type]
        assert refused.value.key == why
        assert await store.entries(tx, firm.id) == ()


async def test_a_correction_leaves_the_old_row_and_says_who_and_why(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        wrong = await firm.record(tx, firm.entry("purchase", "100"))
        await firm.record(tx, firm.entry("use", "50"))
        counter, right = await firm.correct(tx, wrong, firm.entry("purchase", "90"))
        every = await store.entries(tx, firm.id)
    assert every[0] == wrong
    assert (counter.cancels, counter.why, counter.recorded_by) == (wrong.id, "称错了", firm.member.person)
    assert (right.replaces, right.number) == (wrong.id, 4)
    assert decisions.balances(every)[0].amount == 40


async def test_taking_back_what_was_used_already_is_refused(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        wrong = await firm.record(tx, firm.entry("purchase", "100"))
        await firm.record(tx, firm.entry("use", "50"))
        with pytest.raises(Refusal) as refused:
            await firm.correct(tx, wrong)
        assert refused.value.key == "ledger_book.below_zero"
        assert len(await store.entries(tx, firm.id)) == 2


async def test_an_entry_is_taken_back_once_and_a_counter_entry_never(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        wrong = await firm.record(tx, firm.entry("purchase", "100"))
        (counter,) = await firm.correct(tx, wrong)
        with pytest.raises(Refusal) as again:
            await firm.correct(tx, wrong)
        with pytest.raises(Refusal) as of_counter:
            await firm.correct(tx, counter)
    assert again.value.key == "ledger_book.corrected_already"
    assert of_counter.value.key == "ledger_book.is_counter"


async def test_to_strangers_nothing_of_it_exists(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        made = await firm.record(tx, firm.entry("purchase", "100"))
        held = await firm.certificate(tx)
        stranger = firm.stranger.person
        acts = [
            lambda: access.entries(tx, firm.id, stranger),
            lambda: access.entries(tx, "nosuchfirm", stranger),
            lambda: access.get(tx, made.id, stranger),
            lambda: access.get(tx, "nosuchrow", stranger),
            lambda: access.quotas(tx, firm.id, stranger),
            lambda: access.get_certificate(tx, held.id, stranger),
        ]
        for act in acts:
            with pytest.raises(Refusal) as refused:
                await act()
            assert refused.value.key == "ledger_book.not_yours"


async def test_the_first_entry_plans_the_yearly_report_and_no_other_doubles_it(database: Database, firm: Firm) -> None:
    about = reminding.about_report(firm.id)
    async with database.write() as tx:
        for _ in range(3):
            await firm.record(tx, firm.entry("purchase", "1"))
        held = (await firm.keeping.reminders.about(tx, [about]))[about]
        count = await tx.scalar(select(func.count()).select_from(reminder))
    assert (held.due, held.state, held.enterprise, count) == (date(2027, 3, 31), "armed", firm.id, 1)


async def test_a_report_handed_in_moves_the_reminder_to_the_next_year(
    database: Database, firm: Firm, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await firm.record(tx, firm.entry("purchase", "1"))
        with pytest.raises(Refusal) as too_early:
            await service.mark_reported(tx, firm.keeping, firm.id, 2026, by=firm.by, say=firm.say, now=firm.now)
        clock.advance(timedelta(days=80))
        for _ in range(2):
            due = await service.mark_reported(tx, firm.keeping, firm.id, 2026, by=firm.by, say=firm.say, now=firm.now)
    assert too_early.value.key == "ledger_book.year_not_over"
    assert due == date(2028, 3, 31)


async def test_a_certificate_is_reminded_of_before_it_expires_until_it_is_withdrawn(
    database: Database, firm: Firm
) -> None:
    async with database.write() as tx:
        held = await firm.certificate(tx)
        armed = (await firm.keeping.reminders.about(tx, [held.about]))[held.about]
        withdrawn = await service.withdraw_certificate(tx, firm.keeping, held.id, "抄错了", by=firm.by, now=firm.now)
        after = (await firm.keeping.reminders.about(tx, [held.about]))[held.about]
        again = await firm.certificate(tx)
    assert (armed.due, armed.state, after.state) == (held.valid_to, "armed", "cancelled")
    assert (withdrawn.why, again.number) == ("抄错了", held.number)


async def test_one_certificate_serves_several_chemicals_but_each_only_once(database: Database, firm: Firm) -> None:
    async with database.write() as tx:
        await firm.certificate(tx)
        await firm.certificate(tx, what=ETHER)
        with pytest.raises(Refusal) as refused:
            await firm.certificate(tx, "5")
    assert refused.value.key == "ledger_book.certificate_known"
