"""A pack: one domain's rules. The rulebook: all packs with the registers they share."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from pydantic import Field

from hegui.rulebook.answering_threshold import AnsweringThreshold
from hegui.rulebook.article_shapes import Key, Shapes
from hegui.rulebook.catalogue import ChemicalCatalogue
from hegui.rulebook.checklist import Checklist, Example
from hegui.rulebook.document import DocumentKind
from hegui.rulebook.document_words import DocumentWords
from hegui.rulebook.facts import Fact
from hegui.rulebook.glossary import Term
from hegui.rulebook.known_titles import KnownTitle
from hegui.rulebook.law import Citation, Law
from hegui.rulebook.ledger_headers import LedgerHeaders
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.leniency import LeniencyTable
from hegui.rulebook.leniency_list import LeniencyList
from hegui.rulebook.obligation import AskedAs, Ladder, Obligation, Period
from hegui.rulebook.places import Places
from hegui.rulebook.reminder_ladder import ReminderLadder
from hegui.rulebook.signature import Signature
from hegui.rulebook.text import Bilingual, Phrases, RuleModel
from hegui.rulebook.working_days import CalendarYear


class Pack(RuleModel):
    """One folder in `rules/`. `reads` names the version of each law that its citations mean."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")
    title: Bilingual
    summary: Bilingual
    version: str = Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")
    checked_on: date
    jurisdiction: str = Field(default="CN", pattern=r"^CN(-\d{2}){0,3}$")
    position: int = Field(default=50, ge=1, le=99, description="where it stands in lists: the most asked first")
    reads: dict[str, date]
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
    digest: str = Field(default="", description="hash of the files it was read from; filled by the loader")

    def obligation(self, entry: str) -> Obligation | None:
        return next((o for o in self.obligations if o.id == entry), None)

    def ladder(self, entry: str) -> Ladder | None:
        return next((p for p in self.ladders if p.id == entry), None)

    def period(self, entry: str) -> Period | None:
        return next((p for p in self.periods if p.id == entry), None)

    def stating(self) -> tuple[Obligation | Ladder | Period, ...]:
        """Everything in it that states law and has an id of its own over all packs."""
        return (*self.obligations, *self.ladders, *self.periods)

    def cited(self) -> Iterator[tuple[str, Citation]]:
        """Every citation of the pack with the id of the entry that makes it."""
        for entry in self.stating():
            yield from ((entry.id, c) for c in entry.citations)
        for kind in self.documents:
            for element in kind.elements:
                yield from ((element.id, c) for c in element.citations)
        for question in self.checklist.questions if self.checklist else ():
            yield from ((question.id, c) for c in question.citations)


class Decoy(RuleModel):
    """A matter we do not serve (诱饵条目), and who does."""

    id: str = Field(pattern=r"^[a-z][a-z-]{1,40}$")
    keywords: Phrases
    address: Bilingual | None = Field(default=None, description="whom to ask instead, such as 12333")


class Rulebook(RuleModel):
    """Everything in `rules/`, read and checked."""

    laws: tuple[Law, ...]
    packs: tuple[Pack, ...]
    leniency: tuple[LeniencyTable, ...]
    leniency_lists: tuple[LeniencyList, ...] = ()
    calendar: tuple[CalendarYear, ...]
    glossary: tuple[Term, ...]
    decoys: tuple[Decoy, ...]
    ledger_headers: LedgerHeaders | None = None
    known_titles: Mapping[str, KnownTitle] = {}
    places: Places = Places()
    article_shapes: Mapping[Key, Shapes] = {}
    reminder_ladders: tuple[ReminderLadder, ...] = ()
    answering: AnsweringThreshold | None = None
    facts: tuple[Fact, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digest: str

    def law(self, law_id: str) -> Law | None:
        return self._laws.get(law_id)

    def duty(self, entry: str) -> Obligation | None:
        return self._duties.get(entry)

    def ladder(self, entry: str) -> Ladder | None:
        return self._ladders.get(entry)

    def period(self, entry: str) -> Period | None:
        return self._periods.get(entry)

    def leniency_table(self, regime: str) -> LeniencyTable | None:
        """The table of the law under which something is decided."""
        return next((table for table in self.leniency if table.id == regime), None)

    def pack_of(self, entry: str) -> Pack | None:
        """The pack in which a duty, a ladder or a period stands."""
        return self._packs_of.get(entry)

    def signature_of(self, pack_id: str) -> Signature | None:
        """The newest signature of a pack as it is now; one of an earlier state does not count."""
        pack = self.pack(pack_id)
        holding = [s for s in self.signatures if pack and (s.pack, s.digest) == (pack.id, pack.digest)]
        return max(holding, key=lambda signature: signature.on, default=None)

    def is_signed(self, pack_id: str) -> bool:
        return self.signature_of(pack_id) is not None

    @cached_property
    def _laws(self) -> Mapping[str, Law]:
        return {law.id: law for law in self.laws}

    @cached_property
    def _duties(self) -> Mapping[str, Obligation]:
        return {duty.id: duty for pack in self.packs for duty in pack.obligations}

    @cached_property
    def _ladders(self) -> Mapping[str, Ladder]:
        return {ladder.id: ladder for pack in self.packs for ladder in pack.ladders}

    @cached_property
    def _periods(self) -> Mapping[str, Period]:
        return {period.id: period for pack in self.packs for period in pack.periods}

    @cached_property
    def _packs_of(self) -> Mapping[str, Pack]:
        return {entry.id: pack for pack in self.packs for entry in pack.stating()}

    def pack(self, pack_id: str) -> Pack | None:
        return next((p for p in self.packs if p.id == pack_id), None)
