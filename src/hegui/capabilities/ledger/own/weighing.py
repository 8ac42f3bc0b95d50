"""An entry held against the ledger before it is kept: what cannot be true, what to look at, what follows. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from hegui.capabilities.ledger.model import Finding
from hegui.capabilities.ledger.own import decisions, entry_checks
from hegui.capabilities.ledger.own.as_book import KIND_OF, as_book
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.model import Certificate, Concern, LedgerEntry, NewEntry
from hegui.capabilities.ledger.own.units import in_unit, shown
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA

LOSS = "L24"


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


def weighed(
    keeping: Bookkeeping,
    view: tuple[tuple[LedgerEntry, ...], tuple[Certificate, ...]],
    enterprise: str,
    entry: NewEntry,
    now: datetime,
    instead_of: str | None,
) -> Weighed:
    held, certificates = view
    today = now.astimezone(CHINA).date()
    possible(entry, today)
    rest = (*held, *_taken_back(held, instead_of, now))
    made = recorded(entry, enterprise, next_number(rest), By("", ""), now, replaces=instead_of)
    after = (*rest, made)
    never_below_zero(after)
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
            number = next_number(held)
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


def possible(entry: NewEntry, today: date) -> None:
    """Raises Refusal for a day to come, for an amount of nothing, and for more coming back than was taken."""
    if entry.day > today:
        raise Refusal("ledger_book.future", day=entry.day)
    if entry.amount < 0 or (entry.amount == 0 and entry.kind != "stock_take"):
        raise Refusal("ledger_book.no_amount")
    if decisions.returned(entry) and decisions.moved(entry, decisions.ZERO) > 0 and entry.kind == "use":
        raise Refusal("ledger_book.more_returned")


def never_below_zero(entries: Sequence[LedgerEntry]) -> None:
    if short := decisions.shortage(entries):
        figures = {"held": shown(short.held), "leaving": shown(short.leaving)}
        raise Refusal("ledger_book.below_zero", name=short.name, unit=short.unit, day=short.day, **figures)


def next_number(held: Sequence[LedgerEntry]) -> int:
    return held[-1].number + 1 if held else 1


def recorded(entry: NewEntry, enterprise: str, number: int, by: By, now: datetime, **more: Any) -> LedgerEntry:
    values = entry.model_dump(include=set(NewEntry.model_fields))
    return LedgerEntry(**values, enterprise=enterprise, number=number, recorded_by=by.person, recorded_at=now, **more)


def consistent(held: Sequence[LedgerEntry], today: date) -> None:
    """Raises Refusal where a whole ledger could not have been recorded entry by entry."""
    known: dict[str, LedgerEntry] = {}
    for one in held:
        possible(one, today)
        wrong = known.get(one.cancels or one.replaces or "")
        if (one.cancels or one.replaces) and wrong is None:
            raise Refusal("ledger_book.no_sheets")
        if one.cancels and wrong and not _takes_back(one, wrong):
            raise Refusal("ledger_book.no_sheets")
        known[one.id] = one
    never_below_zero(held)


def _takes_back(counter: LedgerEntry, wrong: LedgerEntry) -> bool:
    same = ("kind", "chemical", "name", "unit", "amount", "day")
    return not wrong.is_counter and all(getattr(counter, name) == getattr(wrong, name) for name in same)
