"""What the child process does with a ledger: read it, check it, hand back JSON. Nothing here touches anything else."""

import gc
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from hegui.capabilities.ledger.checks import counted, examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Finding, Severity, Sheet, Unread
from hegui.capabilities.ledger.output.chart import Stock, shown, stocks
from hegui.capabilities.ledger.reading import read_book
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.catalogue import ChemicalCatalogue
from hegui.rulebook.ledger_headers import LedgerHeaders
from hegui.rulebook.ledger_rules import LedgerRules

MOST_FINDINGS = 5_000  # listed; beyond it the file as a whole is wrong, and the rest is counted
MOST_UNREAD = 2_000


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Order(_Part):
    """What the child is told. The guard adds `kind`, which it knows from the content."""

    rules: LedgerRules
    headers: LedgerHeaders
    precursors: ChemicalCatalogue
    explosives: ChemicalCatalogue | None
    facts: Facts
    encoding: str | None = None
    kind: FileKind | None = None


class Outcome(_Part):
    """What the child says. Lists end where they are too long; `counts` and `left_out` tell of the rest."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    counts: dict[Severity, int]
    left_out: int
    stocks: tuple[Stock, ...] = ()


def examine_file(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Reads and checks one file. Raises Refusal where it cannot be read."""
    gc.disable()  # a short life full of small objects that all stay
    order = Order.model_validate(given)
    kind, names = order.kind or FileKind.unknown, _chinese_names(order)
    book = read_book(path, kind, order.headers, encoding=order.encoding, chemicals=names)
    chemicals = Chemicals(order.precursors, order.explosives, order.rules)
    found = examine(book, order.rules, chemicals, order.facts)
    outcome = Outcome(
        sheets=book.sheets,
        findings=found[:MOST_FINDINGS],
        unread=book.unread[:MOST_UNREAD],
        counts=dict(counted(found)),
        left_out=max(len(found) - MOST_FINDINGS, 0),
        stocks=shown(stocks(book.entries)),
    )
    return outcome.model_dump(mode="json")


def _chinese_names(order: Order) -> tuple[str, ...]:
    """By which the title of a book for one chemical may tell it."""
    listed = (*order.precursors.chemicals, *(order.explosives.chemicals if order.explosives else ()))
    return tuple(name for one in listed for name in (one.name.zh, *one.aliases.zh))
