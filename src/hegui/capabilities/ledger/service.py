"""The ledger doctor (台账体检): a file from outside goes through the guard and the child, a report comes back."""

from dataclasses import dataclass
from pathlib import Path

from hegui.capabilities.ledger.checks import unasked
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.report import Report
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.guard import TABLES
from hegui.rulebook.catalogue import ChemicalCatalogue
from hegui.rulebook.ledger_headers import LedgerHeaders
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.pack import Rulebook

PACK, EXPLOSIVES = "precursor-chemicals", "hazardous-chemicals"
TASK = "hegui.capabilities.ledger.task:examine_file"


@dataclass(frozen=True)
class LedgerBooks:
    """What the rulebook says about ledgers: the checks, how columns are called, and the lists of chemicals."""

    rules: LedgerRules
    headers: LedgerHeaders
    precursors: ChemicalCatalogue
    explosives: ChemicalCatalogue | None

    @classmethod
    def of(cls, rulebook: Rulebook) -> "LedgerBooks":
        """Raises Refusal where the rules in use have no checks of ledgers."""
        pack, hazardous = rulebook.pack(PACK), rulebook.pack(EXPLOSIVES)
        if pack is None or pack.ledger is None or pack.catalogue is None or rulebook.ledger_headers is None:
            raise Refusal("ledger_check.no_rules")
        return cls(pack.ledger, rulebook.ledger_headers, pack.catalogue, hazardous.catalogue if hazardous else None)


async def doctor(path: Path, books: LedgerBooks, facts: Facts, *, encoding: str | None = None) -> Report:
    """Examines one file. Raises Refusal with what the person can do where it cannot be read."""
    from hegui.capabilities.ledger.task import Order, Outcome

    order = Order(
        rules=books.rules,
        headers=books.headers,
        precursors=books.precursors,
        explosives=books.explosives,
        facts=facts,
        encoding=encoding,
    )
    told = await in_child(TASK, path, order.model_dump(mode="json"), wanted=TABLES)
    outcome = Outcome.model_validate(told)
    return Report(
        sheets=outcome.sheets,
        findings=outcome.findings,
        unread=outcome.unread,
        counts=outcome.counts,
        left_out=outcome.left_out,
        stocks=outcome.stocks,
        open_questions=unasked(books.rules, facts),
    )
