"""Answers questions from a rulebook. Nothing is stored: the same question on the same day has the same answer."""

from datetime import date
from typing import Any

from hegui.capabilities.answering import decisions
from hegui.capabilities.answering.citation_lookup import CitationLookup
from hegui.capabilities.answering.index import Hit, SearchIndex, documents
from hegui.capabilities.answering.model import Answer, Named
from hegui.capabilities.answering.rendering import as_json
from hegui.capabilities.answering.stating import Stating
from hegui.capabilities.answering.text import language_of
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Bilingual, Language

LENIENCY_TABLE = "general"
LENIENCY_ROWS = ("A5", "A7", "A9")  # what an enterprise that corrects in time can hope for
UNTUNED = 0.3  # until a threshold is measured for these rules


class Answering:
    """Built once from a rulebook; safe to ask from many turns, since nothing in it changes."""

    def __init__(self, rulebook: Rulebook, catalogue: Catalogue | None = None) -> None:
        self._rulebook = rulebook
        self._catalogue = catalogue
        self._addresses = {decoy.id: decoy.address for decoy in rulebook.decoys}
        self._citations = CitationLookup(rulebook)
        self.index = SearchIndex(documents(rulebook))

    def ask(self, question: str, language: Language | None, on: date, locality: str | None = None) -> Answer:
        said_in = language or language_of(question)
        named = self._citations.find(question, on)
        if named is None:
            decision = decisions.decide(self.index.search(question), self.threshold(said_in))
        else:
            decision = decisions.by_article(named)
        answer = Answer(
            question=question,
            language=said_in,
            on=on,
            locality=locality,
            status=decision.status,
            score=decision.score,
            suggestions=tuple(self._named(hit, said_in) for hit in decision.suggestions),
            address=self._address(decision.decoy, said_in),
        )
        return self._stated(answer, decision.match.entry) if decision.match else answer

    def about(self, entry: str, language: Language, on: date) -> Answer | None:
        """The answer for an entry that a person chose; None where there is no such entry."""
        if self._pack_of(entry) is None:
            return None
        chosen = Answer(question="", language=language, on=on, locality=None, status="answered", score=1.0)
        return self._stated(chosen, entry)

    def as_json(self, answer: Answer, answer_id: str | None) -> dict[str, Any]:
        """The answer as scripts read it, in the language it was given in."""
        self._catalogue = self._catalogue or Catalogue.load()
        return as_json(answer, answer_id, Texts(self._catalogue, answer.language))

    def threshold(self, language: Language) -> float:
        return self._rulebook.answering.of(language) if self._rulebook.answering else UNTUNED

    def _stated(self, answer: Answer, entry: str) -> Answer:
        pack = self._pack_of(entry)
        stating = Stating(self._rulebook, answer.language, answer.on)
        table = next((t for t in self._rulebook.leniency if t.id == LENIENCY_TABLE), None)
        # The general table is for duties of enterprises; ladders that stand alone also lead to detention of persons.
        is_duty = pack is not None and pack.obligation(entry) is not None
        rows = [row for row in table.rows if row.id in LENIENCY_ROWS] if table and is_duty else []
        found = stating.entry(pack, entry) if pack else None
        return answer.model_copy(
            update={
                "found": found,
                "lighter": tuple(stating.lighter(row) for row in rows) if found and found.consequences else (),
                "warning": table.warning.say(answer.language) if table else None,
            }
        )

    def _pack_of(self, entry: str) -> Pack | None:
        return next((p for p in self._rulebook.packs if p.obligation(entry) or p.ladder(entry)), None)

    def _named(self, hit: Hit, language: Language) -> Named:
        pack = self._rulebook.pack(hit.pack)
        entry = (pack.obligation(hit.entry) or pack.ladder(hit.entry)) if pack else None
        return Named(id=hit.entry, title=entry.title.say(language) if entry else hit.entry)

    def _address(self, decoy: str | None, language: Language) -> str | None:
        address: Bilingual | None = self._addresses.get(decoy) if decoy else None
        return address.say(language) if address else None
