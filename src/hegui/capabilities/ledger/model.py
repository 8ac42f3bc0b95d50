"""Ledgers as the house sees them after reading: typed lines that know their place in the file, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from hegui.rulebook.law import Citation
from hegui.rulebook.ledger_headers import LedgerField as Field
from hegui.rulebook.ledger_headers import LedgerKind

Severity = Literal["A", "B", "C"]
__all__ = ["Book", "Entry", "Field", "Finding", "LedgerKind", "Severity", "Sheet", "Unread", "Value"]

Value = date | Decimal | str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `row` is the spreadsheet's own number, from 1.

    `values` holds what could be read: a `date` for days, a `Decimal` for amounts in the unit under "unit" (the
    cell's own unit wins over the column's), a trimmed half-width `str` for the rest. A field that is empty, absent
    or unreadable is not in it; `unreadable` names the fields whose cell was not empty and made no sense, `raw` holds
    what those cells say.
    """

    sheet: str
    row: int
    kind: LedgerKind
    values: Mapping[Field, Value]
    unreadable: frozenset[Field] = frozenset()
    raw: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file; `rows` counts the entries.

    `columns` gives the header of a field as the file writes it, "" for what a title says of all rows.
    """

    name: str
    kind: LedgerKind
    header_row: int
    columns: Mapping[Field, str]
    rows: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was not understood or was left out on purpose. `key` names a text (`ledger.unread.*`).

    `row` is None where it is about a whole sheet.
    """

    sheet: str
    row: int | None
    column: str
    key: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A whole file: its ledgers, their lines in the order of the file, and what was not read."""

    sheets: tuple[Sheet, ...]
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place. `given` are the figures of the sentence that the rules hold for `check`.

    `variant` chooses among the sentences of a check. `row` is None for what concerns a whole sheet or file.
    """

    check: str
    severity: Severity
    sheet: str
    row: int | None
    column: str
    variant: str = "default"
    given: Mapping[str, str] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
