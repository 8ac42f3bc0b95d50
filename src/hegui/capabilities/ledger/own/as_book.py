"""The program's own ledger as the checks see any ledger (`ledger.model.Book`): typed lines on sheets. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from hegui.capabilities.ledger.model import Book, Entry, Field, LedgerKind, Sheet, Value
from hegui.capabilities.ledger.own.columns import CANONICAL
from hegui.capabilities.ledger.own.decisions import account_of, is_on, standing, steps
from hegui.capabilities.ledger.own.model import Certificate, CertificateKind, LedgerEntry, OwnKind, Step
from hegui.capabilities.ledger.own.units import converted, in_unit, of_account

SHEET_KINDS: tuple[LedgerKind, ...] = ("purchase", "use", "stock", "sale", "transfer")
KIND_OF: Mapping[OwnKind, LedgerKind] = {
    "purchase": "purchase",
    "use": "use",
    "sale": "sale",
    "transfer": "transfer",
    "loss": "stock",
    "stock_take": "stock",
}
AMOUNT_FIELD: Mapping[LedgerKind, Field] = {
    "purchase": "quantity",
    "use": "taken",
    "sale": "quantity",
    "transfer": "quantity",
}
DAYS: frozenset[str] = frozenset({"valid_from", "valid_to", "reported_on"})
AMOUNTS: frozenset[str] = frozenset({"permitted", "used", "returned", "wasted"})
Words = Mapping[CertificateKind, str]
"""What a ledger calls a certificate for one purchase, and one for many."""


def as_book(entries: Iterable[LedgerEntry], certificates: Iterable[Certificate], words: Words) -> Book:
    """Every standing entry on the sheet of its kind; `row` is its number.

    The stock sheet has a line for every entry, since each one moves the stock.
    """
    every, known = tuple(entries), tuple(one for one in certificates if one.withdrawn_at is None)
    lines = [as_entry(entry, known, words) for entry in standing(every) if KIND_OF[entry.kind] != "stock"]
    lines += [stock_line(step) for step in steps(every)]
    kinds = [kind for kind in SHEET_KINDS if any(line.kind == kind for line in lines)]
    sheets = tuple(
        Sheet(kind, kind, 0, {name: name for name in CANONICAL[kind]}, sum(line.kind == kind for line in lines))
        for kind in kinds
    )
    return Book(sheets, tuple(sorted(lines, key=lambda line: SHEET_KINDS.index(line.kind))), ())


def as_entry(entry: LedgerEntry, certificates: Iterable[Certificate], words: Words) -> Entry:
    """The line of a purchase, use, sale or transfer. A purchase says what its certificate says."""
    kind = KIND_OF[entry.kind]
    values: dict[Field, Value] = {"day": entry.day, "chemical": entry.name, "unit": entry.unit}
    if kind in AMOUNT_FIELD:
        values[AMOUNT_FIELD[kind]] = entry.amount
    if entry.kind == "purchase" and (held := next((one for one in certificates if is_on(entry, one)), None)):
        values |= _of_certificate(held, entry.unit, words)
    values |= _typed(entry.fields)
    return Entry(kind, entry.number, kind, values)


def _of_certificate(held: Certificate, unit: str, words: Words) -> dict[Field, Value]:
    values: dict[Field, Value] = {
        "certificate_chemical": held.name,
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
        "certificate_kind": words[held.kind],
    }
    same = account_of(held).unit == of_account(unit)
    permitted: dict[Field, Value] = {"permitted": in_unit(converted(held.permitted, held.unit), unit)}
    return values | (permitted if same else {})


def stock_line(step: Step) -> Entry:
    """What an entry does to the stock, in its own unit. What a stock-take changes stands as receipt or loss."""
    entry, unit = step.entry, step.entry.unit
    before, after = in_unit(step.before, unit), in_unit(step.after, unit)
    change = after - before
    values: dict[Field, Value] = {
        "day": entry.day,
        "chemical": entry.name,
        "unit": unit,
        "opening": before,
        "closing": after,
    }
    values |= _movement(entry, change)
    if entry.kind == "stock_take":
        values["stock_take"] = entry.amount
    if KIND_OF[entry.kind] == "stock":
        values |= _typed(entry.fields)
    return Entry("stock", entry.number, "stock", values)


def _movement(entry: LedgerEntry, change: Decimal) -> dict[Field, Value]:
    """What went in and out, in the unit of the entry. What was taken and came back did both."""
    if entry.kind == "use":
        back = Decimal(entry.fields.get("returned") or 0)
        received: dict[Field, Value] = {"received": back} if back else {}
        return received | {"issued": entry.amount}
    if change >= 0:
        return {"received": change} if change else {}
    return {"loss" if entry.kind in ("loss", "stock_take") else "issued": -change}


def _typed(fields: Mapping[str, str]) -> dict[Field, Value]:
    return {cast("Field", name): _value(name, text) for name, text in fields.items()}


def _value(name: str, text: str) -> Value:
    if name in DAYS:
        return date.fromisoformat(text)
    return Decimal(text) if name in AMOUNTS else text
