"""The further columns of an entry: only those of its kind, each in one spelling. Pure."""

from datetime import date
from typing import TypeVar

from hegui.capabilities.ledger.own import columns
from hegui.capabilities.ledger.own.as_book import AMOUNTS, DAYS, KIND_OF
from hegui.capabilities.ledger.own.model import NewEntry
from hegui.capabilities.ledger.own.typed import one_line
from hegui.capabilities.ledger.own.units import decimal_of
from hegui.foundation.errors import Refusal

Given = TypeVar("Given", bound=NewEntry)


def with_checked_fields(entry: Given) -> Given:
    """The entry with its columns as they are kept; raises Refusal for one that is wrong or not of its kind."""
    of_kind = columns.FIELDS_OF[KIND_OF[entry.kind]]
    checked = {name: _checked(name, text, of_kind) for name, text in entry.fields.items()}
    return entry.model_copy(update={"fields": checked})


def _checked(name: str, text: str, of_kind: frozenset[str]) -> str:
    kept = _kept(name, text) if name in of_kind else None
    if kept is None:
        raise Refusal("ledger_book.bad_field", text=f"{name}={text}")
    return kept


def _kept(name: str, text: str) -> str | None:
    if name in AMOUNTS:
        amount = decimal_of(text, zero=True)
        return None if amount is None else str(amount)
    if name in DAYS:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return None
    return one_line(text)
