"""Joins the ledger doctor to the program's own ledger: the same checks at entry as over a file that is sent."""

from datetime import date

from hegui.capabilities.ledger import wording
from hegui.capabilities.ledger.checks import examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Book, Finding
from hegui.capabilities.ledger.service import LedgerBooks
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Language
from hegui.rulebook.pack import Rulebook


class Doctor:
    """Findings over a book as of a day, and their words. Facts that the ledger does not hold stay unknown."""

    def __init__(self, books: LedgerBooks) -> None:
        self._rules = books.rules
        self._chemicals = Chemicals(books.precursors, books.explosives, books.rules)

    @classmethod
    def of(cls, rulebook: Rulebook) -> "Doctor | None":
        """None where the rules in use have no checks of ledgers."""
        try:
            return cls(LedgerBooks.of(rulebook))
        except Refusal:
            return None

    def examine(self, book: Book, today: date) -> tuple[Finding, ...]:
        return examine(book, self._rules, self._chemicals, Facts(today=today))

    def sentence(self, finding: Finding, language: Language) -> str:
        return wording.sentence(finding, self._rules, language)
