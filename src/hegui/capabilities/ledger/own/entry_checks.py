"""What only the program's own ledger can say of an entry before it is confirmed: of certificates and of counts. Pure.

All that can be seen in the lines themselves is told by the ledger doctor (`doctor.py`). A concern warns; what cannot be
true is refused elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hegui.capabilities.ledger.own.decisions import ZERO, account_of, balance_of, is_on, quotas, standing
from hegui.capabilities.ledger.own.model import Certificate, Concern, LedgerEntry, NewEntry
from hegui.capabilities.ledger.own.units import converted, in_unit, shown


@dataclass(frozen=True, slots=True)
class Context:
    """What an entry is held against, without the entry itself. `listed`: its chemical is in the catalogue."""

    entries: Sequence[LedgerEntry]
    certificates: Sequence[Certificate]
    listed: bool


def concerns(entry: NewEntry, context: Context) -> tuple[Concern, ...]:
    """What should be put right or explained before this is confirmed."""
    match entry.kind:
        case "purchase":
            return tuple(_certificate(entry, context))
        case "stock_take":
            return tuple(_counted(entry, context))
        case _:
            return ()


def _concern(check: str, key: str, duty: str | None = None, **given: str) -> Concern:
    return Concern(check, f"ledger_book.concern.{key}", given, duty)


def _certificate(entry: NewEntry, context: Context) -> Iterator[Concern]:
    """A certificate that is named must be known here, and be one for this chemical in a measure that adds up."""
    number = entry.fields.get("certificate", "")
    if not (number and context.listed):
        return
    known = [one for one in context.certificates if one.number == number and one.withdrawn_at is None]
    held = next((one for one in known if is_on(entry, one)), None)
    if not known:
        yield _concern("L11", "unknown_certificate", number=number)
    elif held is None:
        yield _concern("L14", "other_chemical", "C44", number=number, other=known[0].name, name=entry.name)
    elif account_of(entry) != account_of(held):
        yield _concern("L12", "not_convertible", number=number, unit=held.unit)
    else:
        yield from _over_quota(entry, held, context)


def _over_quota(entry: NewEntry, held: Certificate, context: Context) -> Iterator[Concern]:
    """Told of every purchase that is too much, where a book is told once where it begins."""
    (quota,) = quotas([held], context.entries)
    amount = in_unit(converted(entry.amount, entry.unit), held.unit)
    if quota.left is not None and amount > quota.left:
        figures = {"permitted": held.permitted, "left": max(quota.left, ZERO), "amount": amount}
        told = {name: shown(figure) for name, figure in figures.items()}
        over = shown(amount - quota.left)
        yield _concern("L12", "over_quota", "C11", number=held.number, unit=held.unit, over=over, **told)


def _counted(entry: NewEntry, context: Context) -> Iterator[Concern]:
    """The first stock-take of a chemical opens its account; later ones are held against the balance."""
    account = account_of(entry)
    earlier = [one for one in context.entries if one.day <= entry.day]
    if not any(account_of(one) == account for one in standing(earlier)):
        return
    expected = in_unit(balance_of(earlier, account), entry.unit)
    if expected == entry.amount:
        return
    key = "counted_less" if entry.amount < expected else "counted_more"
    reason = "" if entry.fields.get("difference_reason") else "_unexplained"
    figures = {"expected": shown(expected), "counted": shown(entry.amount)}
    difference = shown(abs(expected - entry.amount))
    duty = "C07" if entry.amount < expected else None
    yield _concern("L23", key + reason, duty, unit=entry.unit, difference=difference, **figures)
