"""The checks as one call, and the rules they read."""

from collections.abc import Callable

import pytest
from tests.ledgers import COLUMNS, NAMES, TODAY, Row

from hegui.capabilities.ledger.checks import examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Book, Entry, Field, Finding, LedgerKind, Sheet
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.pack import Rulebook

Look = Callable[..., list[Finding]]
FACTS = Facts(today=TODAY)


@pytest.fixture(scope="session")
def rules(rulebook: Rulebook) -> LedgerRules:
    pack = rulebook.pack("precursor-chemicals")
    assert pack
    assert pack.ledger
    return pack.ledger


@pytest.fixture(scope="session")
def chemicals(rulebook: Rulebook, rules: LedgerRules) -> Chemicals:
    precursors, hazardous = rulebook.pack("precursor-chemicals"), rulebook.pack("hazardous-chemicals")
    assert precursors
    assert precursors.catalogue
    assert hazardous
    return Chemicals(precursors.catalogue, hazardous.catalogue, rules)


@pytest.fixture(scope="session")
def look_at(rules: LedgerRules, chemicals: Chemicals) -> Callable[..., tuple[Finding, ...]]:
    """Everything found in a book."""

    def found(book: Book, facts: Facts = FACTS) -> tuple[Finding, ...]:
        return examine(book, rules, chemicals, facts)

    return found


@pytest.fixture(scope="session")
def look(look_at: Callable[..., tuple[Finding, ...]]) -> Look:
    """What one check finds in some tables; rows begin in row 2, `without` are columns that the file lacks."""

    def found(
        check: str, *, facts: Facts = FACTS, without: tuple[Field, ...] = (), **tables: list[Row]
    ) -> list[Finding]:
        return [one for one in look_at(as_book(tables, without), facts) if one.check == check]

    return found


def as_book(tables: dict[LedgerKind, list[Row]], without: tuple[Field, ...] = ()) -> Book:
    sheets, entries = [], []
    for kind, rows in tables.items():
        columns = {name: header for name, header in COLUMNS[kind].items() if name not in without}
        sheets.append(Sheet(NAMES[kind], kind, 1, columns, len(rows)))
        entries.extend(Entry(NAMES[kind], 2 + n, kind, dict(row)) for n, row in enumerate(rows))
    return Book(tuple(sheets), tuple(entries), ())
