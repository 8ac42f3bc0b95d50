"""Records, corrects, and tells what follows: each change with its audit line and reminders in one transaction.

Members of the enterprise only. What does not exist and what is not theirs is refused in the same words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from hegui.capabilities.ledger.model import Finding
from hegui.capabilities.ledger.own import decisions, entry_checks, reminding, store
from hegui.capabilities.ledger.own.as_book import KIND_OF, Words, as_book
from hegui.capabilities.ledger.own.doctor import Doctor
from hegui.capabilities.ledger.own.fields import with_checked_fields
from hegui.capabilities.ledger.own.model import (
    Certificate,
    Concern,
    LedgerEntry,
    NewCertificate,
    NewEntry,
    Quota,
)
from hegui.capabilities.ledger.own.units import in_unit, shown
from hegui.delivery.reminders.service import Reminders
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Catalogue, Texts
from hegui.foundation.randomness import Randomness, new_id
from hegui.rulebook.catalogue import Chemical, ChemicalCatalogue
from hegui.rulebook.pack import Rulebook

PACK = "precursor-chemicals"
NOT_YOURS = "ledger_book.not_yours"
LOSS = "L24"


@dataclass(frozen=True)
class Bookkeeping:
    """All that the ledger needs besides a transaction and the time."""

    rulebook: Rulebook
    reminders: Reminders
    catalogue: Catalogue
    randomness: Randomness
    doctor: Doctor | None = None

    @property
    def chemicals(self) -> tuple[Chemical, ...]:
        listed = self.list_of_chemicals
        return listed.chemicals if listed else ()

    @property
    def list_of_chemicals(self) -> ChemicalCatalogue | None:
        pack = self.rulebook.pack(PACK)
        return pack.catalogue if pack else None

    def chemical(self, item: str) -> Chemical | None:
        return next((one for one in self.chemicals if one.id == item), None)

    @property
    def certificate_words(self) -> Words:
        return {"once": self._word("kind.once"), "many": self._word("kind.many")}

    def _word(self, value: str) -> str:
        return self.catalogue.say("zh", f"ledger_book.value.{value}")


class By(NamedTuple):
    """Who does something, and through which door. `on_behalf` is the operating-system user of a command."""

    person: str
    door: str
    on_behalf: str = ""


class Weighed(NamedTuple):
    """An entry before it is confirmed: what to look at, and the stock after it in its own unit."""

    concerns: tuple[Concern, ...]
    findings: tuple[Finding, ...]
    before: Decimal
    after: Decimal

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of everything that was found."""
        return tuple(one.check for one in self.concerns) + tuple(one.check for one in self.findings)


# ---- Who may ------------------------------------------------------------------------------------------------------


async def members_only(tx: Transaction, enterprise: str, person: str) -> None:
    """Raises Refusal for everybody else, officers too."""
    if not await store.is_member(tx, enterprise, person):
        raise Refusal(NOT_YOURS)


async def get(tx: Transaction, entry_id: str, person: str) -> LedgerEntry:
    found = await store.entry(tx, entry_id)
    if found is None or not await store.is_member(tx, found.enterprise, person):
        raise Refusal(NOT_YOURS)
    return found


async def get_certificate(tx: Transaction, certificate_id: str, person: str) -> Certificate:
    found = await store.certificate(tx, certificate_id)
    if found is None or not await store.is_member(tx, found.enterprise, person):
        raise Refusal(NOT_YOURS)
    return found


async def entries(tx: Transaction, enterprise: str, person: str) -> tuple[LedgerEntry, ...]:
    """Every row of the enterprise's ledger, in the order in which they were recorded."""
    await members_only(tx, enterprise, person)
    return await store.entries(tx, enterprise)


async def quotas(tx: Transaction, enterprise: str, person: str) -> tuple[Quota, ...]:
    await members_only(tx, enterprise, person)
    return decisions.quotas(await store.certificates(tx, enterprise), await store.entries(tx, enterprise))


# ---- Recording ----------------------------------------------------------------------------------------------------


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
    await members_only(tx, enterprise, person)
    entry = with_checked_fields(entry)
    return _weigh(keeping, await _view(tx, enterprise), enterprise, entry, now, instead_of)


async def _view(tx: Transaction, enterprise: str) -> tuple[tuple[LedgerEntry, ...], tuple[Certificate, ...]]:
    return await store.entries(tx, enterprise), await store.certificates(tx, enterprise)


def _weigh(
    keeping: Bookkeeping,
    view: tuple[tuple[LedgerEntry, ...], tuple[Certificate, ...]],
    enterprise: str,
    entry: NewEntry,
    now: datetime,
    instead_of: str | None,
) -> Weighed:
    held, certificates = view
    today = now.astimezone(CHINA).date()
    _possible(entry, today)
    rest = (*held, *_taken_back(held, instead_of, now))
    made = _entry(entry, enterprise, _next_number(rest), By("", ""), now, replaces=instead_of)
    after = (*rest, made)
    _never_below_zero(after)
    listed = keeping.chemical(entry.chemical) is not None
    context = entry_checks.Context(rest, certificates, listed)
    findings = _findings(keeping, after, certificates, made, today)
    told = {finding.check for finding in findings}
    concerns = tuple(c for c in entry_checks.concerns(entry, context) if c.check not in told)
    step = next(step for step in decisions.steps(after) if step.entry.id == made.id)
    return Weighed(concerns, tuple(findings), in_unit(step.before, entry.unit), in_unit(step.after, entry.unit))


def _taken_back(held: Sequence[LedgerEntry], wrong: str | None, now: datetime) -> Iterator[LedgerEntry]:
    """The counter-entry that a correction would add."""
    for one in held:
        if one.id == wrong:
            number = _next_number(held)
            yield one.model_copy(update={"id": "", "number": number, "cancels": wrong, "recorded_at": now})


def _findings(
    keeping: Bookkeeping,
    entries: Sequence[LedgerEntry],
    certificates: Sequence[Certificate],
    made: LedgerEntry,
    today: date,
) -> list[Finding]:
    """What the doctor says of this entry, seeing all of its chemical and of its certificate.

    A shortage that a stock-take shows is told by the check at entry, which knows the count.
    """
    if keeping.doctor is None:
        return []
    item, paper = decisions.account_of(made).chemical, made.fields.get("certificate")
    seen = [
        one
        for one in entries
        if decisions.account_of(one).chemical == item or (paper and one.fields.get("certificate") == paper)
    ]
    book = as_book(seen, certificates, keeping.certificate_words)
    told = (finding for finding in keeping.doctor.examine(book, today) if _is_about(finding, made))
    return [finding for finding in told if not (made.kind == "stock_take" and finding.check == LOSS)]


def _is_about(finding: Finding, entry: LedgerEntry) -> bool:
    return finding.row == entry.number and finding.sheet in (KIND_OF[entry.kind], "stock")


def _possible(entry: NewEntry, today: date) -> None:
    """Raises Refusal for a day to come, for an amount of nothing, and for more coming back than was taken."""
    if entry.day > today:
        raise Refusal("ledger_book.future", day=entry.day)
    if entry.amount < 0 or (entry.amount == 0 and entry.kind != "stock_take"):
        raise Refusal("ledger_book.no_amount")
    if decisions.returned(entry) and decisions.moved(entry, decisions.ZERO) > 0 and entry.kind == "use":
        raise Refusal("ledger_book.more_returned")


def _never_below_zero(entries: Sequence[LedgerEntry]) -> None:
    if short := decisions.shortage(entries):
        figures = {"held": shown(short.held), "leaving": shown(short.leaving)}
        raise Refusal("ledger_book.below_zero", name=short.name, unit=short.unit, day=short.day, **figures)


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
    await members_only(tx, enterprise, by.person)
    await store.hold(tx, enterprise)
    if known := await store.entry(tx, entry.id):
        return await get(tx, known.id, by.person), False
    entry, held = with_checked_fields(entry), await store.entries(tx, enterprise)
    _possible(entry, now.astimezone(CHINA).date())
    made = _entry(entry, enterprise, _next_number(held), by, now)
    _never_below_zero((*held, made))
    await store.add(tx, [made])
    await _plan_report(tx, keeping, (*held, made), by, say, now)
    told = {"number": made.number, "kind": made.kind, "warned": sorted(set(warned))}
    await note(tx, "ledger entry recorded", made.about, by, now, **told)
    return made, True


async def _plan_report(
    tx: Transaction, keeping: Bookkeeping, held: Sequence[LedgerEntry], by: By, say: Texts, now: datetime
) -> None:
    await reminding.plan_report(
        tx, keeping.reminders, keeping.rulebook, held[-1].enterprise, held, person=by.person, say=say, now=now
    )


def _next_number(held: Sequence[LedgerEntry]) -> int:
    return held[-1].number + 1 if held else 1


def _entry(entry: NewEntry, enterprise: str, number: int, by: By, now: datetime, **more: Any) -> LedgerEntry:
    values = entry.model_dump(include=set(NewEntry.model_fields))
    return LedgerEntry(**values, enterprise=enterprise, number=number, recorded_by=by.person, recorded_at=now, **more)


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
    wrong = await get(tx, entry_id, by.person)
    await store.hold(tx, wrong.enterprise)
    held = await store.entries(tx, wrong.enterprise)
    _correctable(wrong, held, why)
    if replacement:
        replacement = with_checked_fields(replacement)
        _possible(replacement, now.astimezone(CHINA).date())
    number = _next_number(held)
    as_it_was = NewEntry.model_validate(
        {**wrong.model_dump(include=set(NewEntry.model_fields)), "id": new_id(keeping.randomness)}
    )
    made = [_entry(as_it_was, wrong.enterprise, number, by, now, cancels=wrong.id, why=why.strip())]
    if replacement:
        made.append(_entry(replacement, wrong.enterprise, number + 1, by, now, replaces=wrong.id, why=why.strip()))
    _never_below_zero((*held, *made))
    await store.add(tx, made)
    await _plan_report(tx, keeping, (*held, *made), by, say, now)
    numbers = [one.number for one in made]
    await note(tx, "ledger entry corrected", wrong.about, by, now, number=wrong.number, by_entries=numbers)
    return tuple(made)


def _correctable(wrong: LedgerEntry, held: Sequence[LedgerEntry], why: str) -> None:
    if wrong.is_counter:
        raise Refusal("ledger_book.is_counter", number=wrong.reference)
    if any(one.cancels == wrong.id for one in held):
        raise Refusal("ledger_book.corrected_already", number=wrong.reference)
    if not why.strip():
        raise Refusal("ledger_book.why")


# ---- Certificates -------------------------------------------------------------------------------------------------


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
    await members_only(tx, enterprise, by.person)
    await store.hold(tx, enterprise)
    if known := await store.certificate(tx, new.id):
        return await get_certificate(tx, known.id, by.person), False
    if new.valid_to < new.valid_from:
        raise Refusal("ledger_book.valid_backwards")
    made = Certificate(**new.model_dump(), enterprise=enterprise, recorded_by=by.person, recorded_at=now)
    item = decisions.account_of(made).chemical
    known_ones = (c for c in await store.certificates(tx, enterprise) if c.number == made.number and not c.withdrawn_at)
    if any(decisions.account_of(one).chemical == item for one in known_ones):
        raise Refusal("ledger_book.certificate_known", number=new.number)
    await store.add_certificate(tx, made)
    await reminding.plan_expiry(tx, keeping.reminders, made, say=say, now=now)
    await note(tx, "certificate recorded", made.about, by, now, valid_to=made.valid_to, kind=made.kind)
    return made, True


async def withdraw_certificate(
    tx: Transaction, keeping: Bookkeeping, certificate_id: str, why: str, *, by: By, now: datetime
) -> Certificate:
    """One that was entered wrongly counts no more and is reminded of no more; its row stays with the reason."""
    held = await get_certificate(tx, certificate_id, by.person)
    if held.withdrawn_at:
        raise Refusal("ledger_book.certificate_withdrawn")
    if not why.strip():
        raise Refusal("ledger_book.why")
    await store.withdraw(tx, held.id, why.strip(), now)
    await keeping.reminders.cancel(tx, about=held.about, now=now)
    await note(tx, "certificate withdrawn", held.about, by, now)
    return await get_certificate(tx, certificate_id, by.person)


# ---- The annual report --------------------------------------------------------------------------------------------


async def mark_reported(
    tx: Transaction, keeping: Bookkeeping, enterprise: str, year: int, *, by: By, say: Texts, now: datetime
) -> date | None:
    """Notes that the report on a year was handed in; reminding goes on with the next. Gives that one's due date."""
    await members_only(tx, enterprise, by.person)
    today = now.astimezone(CHINA).date()
    if year >= today.year:
        raise Refusal("ledger_book.year_not_over", year=year)
    if await store.add_report(tx, enterprise, year, on=today, by=by.person, now=now):
        await note(tx, "annual report marked", f"enterprise:{enterprise}", by, now, year=year)
    held = await store.entries(tx, enterprise)
    return await reminding.plan_report(
        tx, keeping.reminders, keeping.rulebook, enterprise, held, person=by.person, say=say, now=now
    )


async def report_due(tx: Transaction, keeping: Bookkeeping, enterprise: str) -> date | None:
    """When the report comes that is reminded of next."""
    about = reminding.about_report(enterprise)
    held = (await keeping.reminders.about(tx, [about])).get(about)
    return held.due if held else None


def consistent(held: Sequence[LedgerEntry], today: date) -> None:
    """Raises Refusal where a whole ledger could not have been recorded entry by entry."""
    known: dict[str, LedgerEntry] = {}
    for one in held:
        _possible(one, today)
        wrong = known.get(one.cancels or one.replaces or "")
        if (one.cancels or one.replaces) and wrong is None:
            raise Refusal("ledger_book.no_sheets")
        if one.cancels and wrong and not _takes_back(one, wrong):
            raise Refusal("ledger_book.no_sheets")
        known[one.id] = one
    _never_below_zero(held)


def _takes_back(counter: LedgerEntry, wrong: LedgerEntry) -> bool:
    same = ("kind", "chemical", "name", "unit", "amount", "day")
    return not wrong.is_counter and all(getattr(counter, name) == getattr(wrong, name) for name in same)


async def note(tx: Transaction, act: str, about: str, by: By, now: datetime, **detail: Any) -> None:
    """The audit line of an act; the operating-system user too, where a command did it for a person."""
    if by.on_behalf:
        detail["os_user"] = by.on_behalf
    await audit.record(tx, act, at=now, actor=by.person, about=about, door=by.door, **detail)
