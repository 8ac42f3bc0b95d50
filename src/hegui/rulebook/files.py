"""Which file of `rules/` holds what: one model a file."""

from datetime import date

from hegui.rulebook.answering_threshold import AnsweringThreshold
from hegui.rulebook.catalogue import ChemicalCatalogue
from hegui.rulebook.checklist import Checklist, Example
from hegui.rulebook.document import DocumentKind
from hegui.rulebook.document_words import DocumentWords
from hegui.rulebook.facts import Fact
from hegui.rulebook.glossary import Term
from hegui.rulebook.law import Law
from hegui.rulebook.ledger_headers import LedgerHeaders
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.obligation import AskedAs, Ladder, Obligation, Period
from hegui.rulebook.pack import Decoy
from hegui.rulebook.reminder_ladder import ReminderLadder
from hegui.rulebook.signature import Signature
from hegui.rulebook.text import Bilingual, RuleModel


class Laws(RuleModel):
    """laws.yaml."""

    laws: tuple[Law, ...]


class Glossary(RuleModel):
    """glossary.yaml."""

    terms: tuple[Term, ...]


class Decoys(RuleModel):
    """decoys.yaml."""

    decoys: tuple[Decoy, ...]


class Headers(RuleModel):
    """ledger_headers.yaml."""

    ledger_headers: LedgerHeaders


class Reminders(RuleModel):
    """reminders.yaml."""

    ladders: tuple[ReminderLadder, ...]


class Answering(RuleModel):
    """answering.yaml."""

    answering: AnsweringThreshold


class Facts(RuleModel):
    """facts.yaml."""

    facts: tuple[Fact, ...]


class Signatures(RuleModel):
    """signatures.yaml."""

    signatures: tuple[Signature, ...]


class PackHead(RuleModel):
    """pack.yaml: what the pack is and which version of each law it reads."""

    id: str
    title: Bilingual
    summary: Bilingual
    version: str
    checked_on: date
    jurisdiction: str = "CN"
    position: int = 50
    reads: dict[str, date]


class PackParts(RuleModel):
    """The other files of a pack, each with the one key that is its name."""

    obligations: tuple[Obligation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    periods: tuple[Period, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    document_words: DocumentWords | None = None
    catalogue: ChemicalCatalogue | None = None
    ledger: LedgerRules | None = None
    asked_as: tuple[AskedAs, ...] = ()
    checklist: Checklist | None = None
    examples: tuple[Example, ...] = ()
