"""Records and corrects: each change with its audit line and reminders in one transaction, for members only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from hegui.capabilities.ledger.own import access, decisions, reminding, store, weighing
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.fields import with_checked_fields
from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry, NewCertificate, NewEntry
from hegui.capabilities.ledger.own.weighing import Weighed
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Texts
from hegui.foundation.randomness import new_id


async def weigh(
    tx: Transaction,
    keeping: Bookkeeping,
    enterprise: str,
    entry: NewEntry,
    *,
    person: str,
    now: datetime,
    instead_of: str | None = None,
) -> Weighed:
    """What recording this would mean; nothing is changed. Raises Refusal for what cannot be true."""
    await access.members_only(tx, enterprise, person)
    entry = with_checked_fields(entry)
    return weighing.weighed(keeping, await _view(tx, enterprise), enterprise, entry, now, instead_of)


async def _view(tx: Transaction, enterprise: str) -> tuple[tuple[LedgerEntry, ...], tuple[Certificate, ...]]:
    return await store.entries(tx, enterprise), await store.certificates(tx, enterprise)


async def record(
    tx: Transaction,
    keeping: Bookkeeping,
    enterprise: str,
    entry: NewEntry,
    *,
    by: By,
    say: Texts,
    now: datetime,
    warned: Sequence[str] = (),
) -> tuple[LedgerEntry, bool]:
    """Adds an entry; the second time the same id comes, gives what there is. Says whether it was new.

    `warned`: the checks that were told before it was confirmed; they stay in the audit log.
    """
    await access.members_only(tx, enterprise, by.person)
    await store.hold(tx, enterprise)
    if known := await store.entry(tx, entry.id):
        return await access.get(tx, known.id, by.person), False
    entry, held = with_checked_fields(entry), await store.entries(tx, enterprise)
    weighing.possible(entry, now.astimezone(CHINA).date())
    made = weighing.recorded(entry, enterprise, weighing.next_number(held), by, now)
    weighing.never_below_zero((*held, made))
    await store.add(tx, [made])
    await _plan_report(tx, keeping, (*held, made), by, say, now)
    told = {"number": made.number, "kind": made.kind, "warned": sorted(set(warned))}
    await note(tx, "ledger entry recorded", made.about, by, now, enterprise=made.enterprise, **told)
    return made, True


async def _plan_report(
    tx: Transaction, keeping: Bookkeeping, held: Sequence[LedgerEntry], by: By, say: Texts, now: datetime
) -> None:
    await reminding.plan_report(
        tx, keeping.reminders, keeping.rulebook, held[-1].enterprise, held, person=by.person, say=say, now=now
    )


async def correct(
    tx: Transaction,
    keeping: Bookkeeping,
    entry_id: str,
    why: str,
    replacement: NewEntry | None = None,
    *,
    by: By,
    say: Texts,
    now: datetime,
) -> tuple[LedgerEntry, ...]:
    """Takes an entry back by a counter-entry, and records what is right in its place; the old row stays.

    Done a second time it is refused. The stock may not fall below zero by it, now or on any day between.
    """
    wrong = await access.get(tx, entry_id, by.person)
    await store.hold(tx, wrong.enterprise)
    held = await store.entries(tx, wrong.enterprise)
    _correctable(wrong, held, why)
    if replacement:
        replacement = with_checked_fields(replacement)
        weighing.possible(replacement, now.astimezone(CHINA).date())
    number = weighing.next_number(held)
    as_it_was = NewEntry.model_validate(
        {**wrong.model_dump(include=set(NewEntry.model_fields)), "id": new_id(keeping.randomness)}
    )
    made = [weighing.recorded(as_it_was, wrong.enterprise, number, by, now, cancels=wrong.id, why=why.strip())]
    if replacement:
        made.append(
            weighing.recorded(replacement, wrong.enterprise, number + 1, by, now, replaces=wrong.id, why=why.strip())
        )
    weighing.never_below_zero((*held, *made))
    await store.add(tx, made)
    await _plan_report(tx, keeping, (*held, *made), by, say, now)
    numbers = [one.number for one in made]
    await note(
        tx,
        "ledger entry corrected",
        wrong.about,
        by,
        now,
        enterprise=wrong.enterprise,
        number=wrong.number,
        by_entries=numbers,
    )
    return tuple(made)


def _correctable(wrong: LedgerEntry, held: Sequence[LedgerEntry], why: str) -> None:
    if wrong.is_counter:
        raise Refusal("ledger_book.is_counter", number=wrong.reference)
    if any(one.cancels == wrong.id for one in held):
        raise Refusal("ledger_book.corrected_already", number=wrong.reference)
    if not why.strip():
        raise Refusal("ledger_book.why")


async def add_certificate(
    tx: Transaction,
    keeping: Bookkeeping,
    enterprise: str,
    new: NewCertificate,
    *,
    by: By,
    say: Texts,
    now: datetime,
) -> tuple[Certificate, bool]:
    """Adds a certificate with the reminder of its expiry; the second time the same id comes, gives what there is."""
    await access.members_only(tx, enterprise, by.person)
    await store.hold(tx, enterprise)
    if known := await store.certificate(tx, new.id):
        return await access.get_certificate(tx, known.id, by.person), False
    if new.valid_to < new.valid_from:
        raise Refusal("ledger_book.valid_backwards")
    made = Certificate(**new.model_dump(), enterprise=enterprise, recorded_by=by.person, recorded_at=now)
    item = decisions.account_of(made).chemical
    known_ones = (c for c in await store.certificates(tx, enterprise) if c.number == made.number and not c.withdrawn_at)
    if any(decisions.account_of(one).chemical == item for one in known_ones):
        raise Refusal("ledger_book.certificate_known", number=new.number)
    await store.add_certificate(tx, made)
    await reminding.plan_expiry(tx, keeping.reminders, made, say=say, now=now)
    await note(
        tx,
        "certificate recorded",
        made.about,
        by,
        now,
        enterprise=made.enterprise,
        valid_to=made.valid_to,
        kind=made.kind,
    )
    return made, True


async def withdraw_certificate(
    tx: Transaction, keeping: Bookkeeping, certificate_id: str, why: str, *, by: By, now: datetime
) -> Certificate:
    """One that was entered wrongly counts no more and is reminded of no more; its row stays with the reason."""
    held = await access.get_certificate(tx, certificate_id, by.person)
    if held.withdrawn_at:
        raise Refusal("ledger_book.certificate_withdrawn")
    if not why.strip():
        raise Refusal("ledger_book.why")
    await store.withdraw(tx, held.id, why.strip(), now)
    await keeping.reminders.cancel(tx, about=held.about, now=now)
    await note(tx, "certificate withdrawn", held.about, by, now, enterprise=held.enterprise)
    return await access.get_certificate(tx, certificate_id, by.person)


async def mark_reported(
    tx: Transaction, keeping: Bookkeeping, enterprise: str, year: int, *, by: By, say: Texts, now: datetime
) -> date | None:
    """Notes that the report on a year was handed in; reminding goes on with the next. Gives that one's due date."""
    await access.members_only(tx, enterprise, by.person)
    today = now.astimezone(CHINA).date()
    if year >= today.year:
        raise Refusal("ledger_book.year_not_over", year=year)
    if await store.add_report(tx, enterprise, year, on=today, by=by.person, now=now):
        await note(tx, "annual report marked", f"enterprise:{enterprise}", by, now, enterprise=enterprise, year=year)
    held = await store.entries(tx, enterprise)
    return await reminding.plan_report(
        tx, keeping.reminders, keeping.rulebook, enterprise, held, person=by.person, say=say, now=now
    )


async def report_due(tx: Transaction, keeping: Bookkeeping, enterprise: str) -> date | None:
    """When the report comes that is reminded of next."""
    about = reminding.about_report(enterprise)
    held = (await keeping.reminders.about(tx, [about])).get(about)
    return held.due if held else None


async def note(tx: Transaction, act: str, about: str, by: By, now: datetime, **detail: Any) -> None:
    """The audit line of an act; the operating-system user too, where a command did it for a person."""
    if by.on_behalf:
        detail["os_user"] = by.on_behalf
    await audit.record(tx, act, at=now, actor=by.person, about=about, door=by.door, **detail)
