"""What is looked at before an entry is confirmed: what the ledger doctor would say of it, said in time. Pure.

These are the checks that need the enterprise's certificates or one line alone; the doctor, where it is joined, adds
all others (`doctor.py`). A concern warns; what cannot be true is refused elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hegui.capabilities.ledger.own.decisions import ZERO, account_of, balance_of, is_on, quotas, standing
from hegui.capabilities.ledger.own.model import Certificate, Concern, LedgerEntry, NewEntry, OwnKind
from hegui.capabilities.ledger.own.units import converted, in_unit, of_account, shown

FIRST_CLASS = 1
NOT_FOR_PERSONS = (1, 2)


@dataclass(frozen=True, slots=True)
class Context:
    """What an entry is held against. `grade` is the class of the chemical, `cash` and `person` the words for them."""

    entries: Sequence[LedgerEntry]
    certificates: Sequence[Certificate]
    grade: int | None
    today: date
    cash: frozenset[str]
    person: frozenset[str]


def concerns(entry: NewEntry, context: Context) -> tuple[Concern, ...]:
    """What should be put right or explained before this is confirmed. Without the entry itself in `context`."""
    found = (concern for check in CHECKS[entry.kind] for concern in check(entry, context))
    return tuple(found)


def _concern(check: str, key: str, duty: str | None = None, **given: str) -> Concern:
    return Concern(check, f"ledger_book.concern.{key}", given, duty)


def _certificate(entry: NewEntry, context: Context) -> Iterator[Concern]:
    """Purchases of listed chemicals need a licence (class 1) or a filing certificate (classes 2 and 3)."""
    if context.grade is None:
        return
    number = entry.fields.get("certificate", "")
    if not number:
        first = context.grade == FIRST_CLASS
        yield _concern("L10", "no_licence" if first else "no_certificate", "C22" if first else "C23", name=entry.name)
        return
    held = next((q for q in quotas(context.certificates, context.entries) if is_on(entry, q.certificate)), None)
    if held is None:
        others = [one for one in context.certificates if one.number == number and one.withdrawn_at is None]
        if others:
            yield _concern("L14", "other_chemical", "C44", number=number, other=others[0].name, name=entry.name)
        else:
            yield _concern("L11", "unknown_certificate", number=number)
        return
    certificate = held.certificate
    if not certificate.valid_from <= entry.day <= certificate.valid_to:
        span = {"first": certificate.valid_from.isoformat(), "last": certificate.valid_to.isoformat()}
        yield _concern("L11", "outside_validity", "C44", number=number, day=entry.day.isoformat(), **span)
    if certificate.kind == "once" and held.purchases:
        yield _concern("L13", "used_again", "C44", number=number)
    yield from _over_quota(entry, certificate, held.left)


def _over_quota(entry: NewEntry, certificate: Certificate, left: Decimal | None) -> Iterator[Concern]:
    if left is None or account_of(entry) != account_of(certificate):
        yield _concern("L12", "not_convertible", number=certificate.number, unit=certificate.unit)
        return
    amount = in_unit(converted(entry.amount, entry.unit), certificate.unit)
    if amount > left:
        figures = {"permitted": certificate.permitted, "left": max(left, ZERO), "amount": amount, "over": amount - left}
        told = {name: shown(figure) for name, figure in figures.items()}
        yield _concern("L12", "over_quota", "C11", number=certificate.number, unit=certificate.unit, **told)


def _payment(entry: NewEntry, context: Context) -> Iterator[Concern]:
    if context.grade is not None and entry.fields.get("payment", "") in context.cash:
        yield _concern("L16", "cash", "C27")


def _supplier(entry: NewEntry, context: Context) -> Iterator[Concern]:
    if not entry.fields.get("supplier"):
        yield _concern("L08", "no_supplier", "C04")
    elif context.grade is not None and not entry.fields.get("supplier_number"):
        yield _concern("L25", "no_supplier_number")


def _buyer(entry: NewEntry, context: Context) -> Iterator[Concern]:
    missing = [name for name in ("buyer", "buyer_code", "handler", "handler_identity") if not entry.fields.get(name)]
    if missing:
        yield _concern("L09", "no_buyer", "C24" if context.grade == FIRST_CLASS else "C02", fields=",".join(missing))
    if context.grade in NOT_FOR_PERSONS and entry.fields.get("buyer_kind", "") in context.person:
        yield _concern("L15", "buyer_is_person", "C26", name=entry.name)


def _receiver(entry: NewEntry, context: Context) -> Iterator[Concern]:
    if context.grade is not None and not entry.fields.get("receiver_number"):
        yield _concern("L19", "no_receiver_number", "C34")


def _loss(entry: NewEntry, context: Context) -> Iterator[Concern]:
    if not entry.fields.get("reported_on"):
        yield _concern("L24", "loss_not_reported", "C07")


def _counted(entry: NewEntry, context: Context) -> Iterator[Concern]:
    """The first stock-take of a chemical opens its account; later ones are held against the balance."""
    earlier = [one for one in context.entries if (one.day <= entry.day)]
    if not any(account_of(one) == account_of(entry) for one in standing(earlier)):
        return
    expected = in_unit(balance_of(earlier, account_of(entry)), entry.unit)
    if expected != entry.amount:
        key = "counted_less" if entry.amount < expected else "counted_more"
        reason = "" if entry.fields.get("difference_reason") else "_unexplained"
        figures = {"expected": shown(expected), "counted": shown(entry.amount)}
        difference = shown(abs(expected - entry.amount))
        duty = "C07" if entry.amount < expected else None
        yield _concern("L23", key + reason, duty, unit=entry.unit, difference=difference, **figures)


def _unit(entry: NewEntry, context: Context) -> Iterator[Concern]:
    """One chemical in two measures cannot be added up."""
    account = account_of(entry)
    others = {account_of(one) for one in standing(context.entries) if account_of(one).chemical == account.chemical}
    if others and account not in others:
        usual = min(others).unit
        yield _concern("L03", "other_unit", unit=of_account(entry.unit), usual=usual)


def _listed(entry: NewEntry, context: Context) -> Iterator[Concern]:
    if not entry.chemical:
        yield _concern("L35", "not_listed", name=entry.name)


Check = Callable[[NewEntry, Context], Iterator[Concern]]
CHECKS: Mapping[OwnKind, tuple[Check, ...]] = {
    "purchase": (_certificate, _payment, _supplier, _unit, _listed),
    "use": (_unit, _listed),
    "sale": (_buyer, _payment, _unit, _listed),
    "transfer": (_receiver, _unit, _listed),
    "loss": (_loss, _unit, _listed),
    "stock_take": (_counted, _unit, _listed),
}
