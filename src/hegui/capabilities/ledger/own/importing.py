"""Brings an exported ledger back into an empty one: the same entries, numbers, corrections and certificates.

Who brings a ledger in, and when, is what the rows say afterwards: it was they who recorded it here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from hegui.capabilities.ledger.model import LedgerKind
from hegui.capabilities.ledger.own import access, columns, reminding, service, store, weighing
from hegui.capabilities.ledger.own.as_book import AMOUNT_FIELD, SHEET_KINDS
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.fields import with_checked_fields
from hegui.capabilities.ledger.own.model import KINDS, Certificate, LedgerEntry
from hegui.capabilities.ledger.own.reading_back import Row
from hegui.capabilities.ledger.own.units import decimal_of
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Texts
from hegui.foundation.randomness import new_id

CORRECTIONS, CERTIFICATES = "corrections", "certificates"


class Brought(NamedTuple):
    """What came in."""

    entries: int
    certificates: int


def words_for_reading(keeping: Bookkeeping) -> dict[str, Any]:
    """Names of sheets and headers, as `read_rows` wants them."""
    say = keeping.catalogue.say
    wanted: dict[str, Sequence[str]] = {kind: (*columns.CANONICAL[kind], *columns.OURS) for kind in SHEET_KINDS}
    wanted |= {CORRECTIONS: columns.CORRECTIONS, CERTIFICATES: columns.CERTIFICATES}
    return {
        say("zh", f"ledger_book.sheet.{name}"): {
            "name": name,
            "headers": {say("zh", columns.header_key(name, column)): column for column in of_it},
        }
        for name, of_it in wanted.items()
    }


# ---- From rows to entries -------------------------------------------------------------------------------------------


class Reading:
    """Turns rows into entries and certificates. Raises Refusal with sheet, row and column where it cannot."""

    def __init__(self, keeping: Bookkeeping, enterprise: str, by: By, now: datetime) -> None:
        self._keeping = keeping
        self._items = {one.name.zh: one.id for one in keeping.chemicals}
        self._kinds = {keeping.catalogue.say("zh", f"ledger_book.kind.{kind}"): kind for kind in KINDS}
        self._ours = {"enterprise": enterprise, "recorded_by": by.person, "recorded_at": now}
        self._now = now

    def entries(self, rows: Mapping[str, Sequence[Row]]) -> list[LedgerEntry]:
        """In the order of their numbers."""
        told = list(self._told(rows))
        ids = {number: new_id(self._keeping.randomness) for number, *_ in told}
        if len(ids) != len(told):
            raise Refusal("ledger_book.no_sheets")
        made = [self._entry(ids, number, sheet, row, values) for number, sheet, row, values in told]
        return sorted(made, key=lambda entry: entry.number)

    def _told(self, rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[int, str, Row, Row]]:
        known: set[int] = set()
        for kind in (*(k for k in SHEET_KINDS if k != "stock"), "stock"):
            for row in rows.get(kind, ()):
                number = self._number(kind, row, columns.NUMBER)
                if kind == "stock" and number in known:
                    continue  # a movement that another sheet tells
                known.add(number)
                yield number, kind, row, self._of_sheet(cast("LedgerKind", kind), row)
        for row in rows.get(CORRECTIONS, ()):
            yield self._number(CORRECTIONS, row, columns.NUMBER), CORRECTIONS, row, self._of_correction(row)

    def _of_sheet(self, kind: LedgerKind, row: Row) -> Row:
        own = {"purchase": "purchase", "use": "use", "sale": "sale", "transfer": "transfer"}.get(kind)
        amount = AMOUNT_FIELD.get(kind)
        if kind == "stock":
            own, amount = ("stock_take", "stock_take") if "stock_take" in row else ("loss", "loss")
        fields = {name: row[name] for name in columns.FIELDS_OF[kind] if name in row}
        return {"kind": own, "amount": row.get(str(amount)), "fields": fields}

    def _of_correction(self, row: Row) -> Row:
        kind = self._kinds.get(row.get("kind", ""))
        try:
            fields = json.loads(row.get("columns", "{}"))
        except ValueError:
            raise _unreadable(CORRECTIONS, row, "columns") from None
        return {"kind": kind, "amount": row.get("quantity"), "fields": fields}

    def _entry(self, ids: Mapping[int, str], number: int, sheet: str, row: Row, values: Row) -> LedgerEntry:
        amount = decimal_of(str(values["amount"]), zero=values["kind"] == "stock_take")
        if amount is None:
            raise _unreadable(sheet, row, "quantity")
        name = row.get("chemical", "")
        linked: Row = {
            column: ids.get(self._number(sheet, row, column)) for column in ("cancels", "replaces") if column in row
        }
        told: Row = {
            **self._ours,
            **linked,
            "id": ids[number],
            "number": number,
            "kind": values["kind"],
            "chemical": self._items.get(name, ""),
            "name": name,
            "unit": row.get("unit", ""),
            "amount": amount,
            "day": row.get("day"),
            "fields": values["fields"],
            "why": row.get(columns.WHY, ""),
        }
        try:
            return with_checked_fields(LedgerEntry.model_validate(told))
        except ValidationError:
            raise _unreadable(sheet, row, "day") from None

    def _number(self, sheet: str, row: Row, column: str) -> int:
        text = row.get(column, "")
        if not text.isdecimal():
            raise _unreadable(sheet, row, column)
        return int(text)

    def certificates(self, rows: Mapping[str, Sequence[Row]]) -> list[Certificate]:
        return [self._certificate(row) for row in rows.get(CERTIFICATES, ())]

    def _certificate(self, row: Row) -> Certificate:
        name, permitted = row.get("chemical", ""), decimal_of(row.get("permitted", ""))
        if permitted is None:
            raise _unreadable(CERTIFICATES, row, "permitted")
        once = row.get("certificate_kind") == self._keeping.certificate_words["once"]
        told = {
            **self._ours,
            "id": new_id(self._keeping.randomness),
            "number": row.get("certificate_number"),
            "chemical": self._items.get(name, ""),
            "name": name,
            "permitted": permitted,
            "unit": row.get("unit"),
            "valid_from": row.get("valid_from"),
            "valid_to": row.get("valid_to"),
            "kind": "once" if once else "many",
            "withdrawn_at": self._now if "withdrawn" in row else None,
            "why": row.get(columns.WHY, ""),
        }
        try:
            return Certificate.model_validate(told)
        except ValidationError:
            raise _unreadable(CERTIFICATES, row, "valid_to") from None


def _unreadable(sheet: str, row: Row, column: str) -> Refusal:
    return Refusal("ledger_book.not_ours", sheet=sheet, row=row.get("row", 0), column=column)


# ---- Into the store -------------------------------------------------------------------------------------------------


async def bring_in(
    tx: Transaction,
    keeping: Bookkeeping,
    enterprise: str,
    rows: Mapping[str, Sequence[Row]],
    *,
    by: By,
    say: Texts,
    now: datetime,
) -> Brought:
    """All of it or nothing. Raises Refusal where the ledger is not empty or the file is none of ours."""
    await access.members_only(tx, enterprise, by.person)
    await store.hold(tx, enterprise)
    if await store.entries(tx, enterprise) or await store.certificates(tx, enterprise):
        raise Refusal("ledger_book.not_empty")
    reading = Reading(keeping, enterprise, by, now)
    entries, certificates = reading.entries(rows), reading.certificates(rows)
    if not entries and not certificates:
        raise Refusal("ledger_book.no_sheets")
    weighing.consistent(entries, now.astimezone(CHINA).date())
    await store.add(tx, entries)
    for certificate in certificates:
        await store.add_certificate(tx, certificate)
        if certificate.withdrawn_at is None:
            await reminding.plan_expiry(tx, keeping.reminders, certificate, say=say, now=now)
    await reminding.plan_report(
        tx, keeping.reminders, keeping.rulebook, enterprise, entries, person=by.person, say=say, now=now
    )
    brought = Brought(len(entries), len(certificates))
    await service.note(tx, "ledger imported", f"enterprise:{enterprise}", by, now, **brought._asdict())
    return brought
