"""Balances, quotas and totals of the program's own ledger. Pure.

Within a day entries count in the order in which they were recorded; lists of entries come in that order. A stock-take
sets the stock to what was counted: what it changes is shown as a difference, never hidden in another figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from hegui.capabilities.ledger.own.model import (
    Account,
    Balance,
    Certificate,
    LedgerEntry,
    NewEntry,
    OwnKind,
    Quota,
    Shortage,
    Step,
    YearTotals,
)
from hegui.capabilities.ledger.own.units import converted, in_unit, of_account
from hegui.rulebook.obligation import YearlyDate

ZERO = Decimal(0)


def account_of(entry: NewEntry | Certificate) -> Account:
    """Chemicals of the catalogue by their item, others by their name."""
    return Account(entry.chemical or f"?{entry.name.strip().lower()}", of_account(entry.unit))


def standing(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Entries that hold: no counter-entries, and nothing that one took back. By day, then as recorded."""
    every = tuple(entries)
    cancelled = {entry.cancels for entry in every if entry.cancels}
    held = (entry for entry in every if not entry.is_counter and entry.id not in cancelled)
    places = _places(every)
    return tuple(sorted(held, key=lambda entry: (entry.day, places[entry.id])))


def _places(entries: Sequence[LedgerEntry]) -> Mapping[str, int]:
    """Where each stands within its day: what replaces a mistake stands where the mistake stood."""
    places: dict[str, int] = {}
    for entry in entries:
        places[entry.id] = places.get(entry.replaces or "", entry.number)
    return places


def moved(entry: NewEntry, before: Decimal) -> Decimal:
    """How the entry changes the stock, in the unit of its account."""
    amount = converted(entry.amount, entry.unit)
    match entry.kind:
        case "purchase":
            return amount
        case "stock_take":
            return amount - before
        case "use":
            return returned(entry) - amount
        case _:
            return -amount


def returned(entry: NewEntry) -> Decimal:
    """What was taken for use and came back, in the unit of the account."""
    return converted(Decimal(entry.fields.get("returned") or 0), entry.unit)


def steps(entries: Iterable[LedgerEntry]) -> Iterator[Step]:
    """Every standing entry with the stock before and after it, by day."""
    stock: dict[Account, Decimal] = {}
    for entry in standing(entries):
        account = account_of(entry)
        before = stock.get(account, ZERO)
        stock[account] = before + moved(entry, before)
        yield Step(entry, before, stock[account])


def shortage(entries: Iterable[LedgerEntry]) -> Shortage | None:
    """The first place where the stock would fall below zero."""
    for step in steps(entries):
        if step.after < 0:
            entry = step.entry
            return Shortage(entry.name, of_account(entry.unit), entry.day, step.before, -step.change)
    return None


def balances(entries: Iterable[LedgerEntry], on: date | None = None) -> tuple[Balance, ...]:
    """What should be in stock at the end of `on`, or of everything recorded; by name."""
    found: dict[Account, Balance] = {}
    for step in steps(entries):
        if on is None or step.entry.day <= on:
            account = account_of(step.entry)
            found[account] = Balance(account, step.entry.name, step.after)
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.account)))


def balance_of(entries: Iterable[LedgerEntry], account: Account) -> Decimal:
    return next((one.amount for one in balances(entries) if one.account == account), ZERO)


def quotas(certificates: Iterable[Certificate], entries: Iterable[LedgerEntry]) -> tuple[Quota, ...]:
    """What is left on each certificate that was not withdrawn, the first to expire first."""
    bought = [entry for entry in standing(entries) if entry.kind == "purchase"]
    valid = (one for one in certificates if one.withdrawn_at is None)
    return tuple(_quota(one, bought) for one in sorted(valid, key=lambda one: (one.valid_to, one.number, one.name)))


def _quota(certificate: Certificate, purchases: Sequence[LedgerEntry]) -> Quota:
    on_it = [entry for entry in purchases if is_on(entry, certificate)]
    account = account_of(certificate)
    if any(account_of(entry) != account for entry in on_it):
        return Quota(certificate, None, None, len(on_it))
    total = in_unit(sum((converted(e.amount, e.unit) for e in on_it), ZERO), certificate.unit)
    return Quota(certificate, total, certificate.permitted - total, len(on_it))


def is_on(entry: NewEntry, certificate: Certificate) -> bool:
    """Whether a purchase names this certificate, for the chemical that is on it."""
    same = account_of(entry).chemical == account_of(certificate).chemical
    return same and entry.fields.get("certificate", "") == certificate.number


TOTALLED: Mapping[OwnKind, str] = {
    "purchase": "bought",
    "use": "used",
    "sale": "sold",
    "transfer": "transferred",
    "loss": "lost",
    "stock_take": "counted",
}


def totals(entries: Iterable[LedgerEntry], year: int) -> tuple[YearTotals, ...]:
    """Of each chemical that was in stock or moved in the year: opening and closing stock, and what happened between.

    What was taken for use and came back does not count as used. opening + bought - used - sold - transferred - lost
    + counted = closing.
    """
    found: dict[Account, dict[str, Decimal]] = {}
    names: dict[Account, str] = {}
    for step in steps(entries):
        if step.entry.day.year > year:
            break
        account = account_of(step.entry)
        names[account] = step.entry.name
        sums = found.setdefault(account, dict.fromkeys(("opening", *TOTALLED.values()), ZERO))
        if step.entry.day.year < year:
            sums["opening"] = step.after
        else:
            incoming = step.entry.kind in ("purchase", "stock_take")
            sums[TOTALLED[step.entry.kind]] += step.change if incoming else -step.change
        sums["closing"] = step.after
    told = (YearTotals(account, names[account], **sums) for account, sums in found.items())
    return tuple(sorted((one for one in told if any(one[2:])), key=lambda one: (one.name, one.account)))


def years(entries: Iterable[LedgerEntry]) -> tuple[int, ...]:
    """Years in which something was recorded, the newest first."""
    return tuple(sorted({entry.day.year for entry in standing(entries)}, reverse=True))


def report_due(year: int, yearly: YearlyDate) -> date:
    """When the report on `year` is due."""
    return date(year + 1, yearly.month, yearly.day)


def next_report(entries: Iterable[LedgerEntry], reported: frozenset[int], today: date, yearly: YearlyDate) -> int:
    """The year whose report comes next: the first with entries that was not reported and is not overdue already."""
    current = today.year
    last = current - 1
    open_last = last in years(entries) and last not in reported and report_due(last, yearly) >= today
    if open_last:
        return last
    return current if current not in reported else current + 1
