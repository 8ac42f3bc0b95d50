"""Answers questions from a rulebook. Nothing is stored: the same question on the same day has the same answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

from hegui.capabilities.answering import decisions
from hegui.capabilities.answering.as_json import as_json
from hegui.capabilities.answering.citation_lookup import CitationLookup
from hegui.capabilities.answering.citation_lookup import Named as NamedArticles
from hegui.capabilities.answering.decisions import Decision
from hegui.capabilities.answering.documents import documents
from hegui.capabilities.answering.follow_up import asks_what_follows
from hegui.capabilities.answering.index import Hit, SearchIndex, in_memory
from hegui.capabilities.answering.model import Answer, Lighter, LocalList, Named, Passage, once
from hegui.capabilities.answering.reach import Reach
from hegui.capabilities.answering.stating import Stating
from hegui.capabilities.answering.text import language_of
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.rulebook.leniency import LeniencyTable
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.places import lies_in
from hegui.rulebook.text import Bilingual, Language

UNTUNED = 0.3  # until a threshold is measured for these rules
MOST_PASSAGES = 3


class Statutes(Protocol):
    """Statute texts that the operator imported."""

    def search(self, question: str, most: int) -> tuple[Passage, ...]:
        """Articles that may be relevant, best first."""

    def contrast(self, question: str) -> float:
        """How much better the question fits laws that the rules cover than any other law; 1 is as well."""

    def article(self, law: str, number: int, inserted: int | None, on: date) -> Passage | None:
        """The text of an article on a day; None where it is not held."""


class Answering:
    """Built once from a rulebook; safe to ask from many turns, since nothing in it changes."""

    def __init__(
        self,
        rulebook: Rulebook,
        catalogue: Catalogue | None = None,
        statutes: Statutes | None = None,
        index: SearchIndex | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._catalogue = catalogue or Catalogue.load()
        self.statutes = statutes
        self._addresses = {decoy.id: decoy.address for decoy in rulebook.decoys}
        self._citations = CitationLookup(rulebook)
        self._reach = Reach(rulebook)
        self.index = index or in_memory(documents(rulebook))

    def ask(self, question: str, language: Language | None, on: date, locality: str | None = None) -> Answer:
        said_in = language or language_of(question)
        answer = self._empty(question, said_in, on, locality)
        named = self._citations.find(question, on)
        if named is not None:
            return self._by_article(answer, named)
        decision = self._decide(question, said_in, on, locality)
        answer = self._with_suggestions(answer, decision)
        if decision.match:
            return self._stated(answer, decision.match.entry)
        return answer.model_copy(update={"passages": self._passages(question, decision)})

    def best_guess(self, question: str, language: Language, on: date, locality: str | None = None) -> Answer:
        """The answer as if every question were answered: for measuring, never for people."""
        answer = self.ask(question, language, on, locality)
        if answer.found or answer.named:
            return answer
        hits = self._reach.within(self.index.search(question).rules, locality, on)[: decisions.MOST_SUGGESTIONS]
        guess = Decision(status="answered", score=answer.score, match=hits[0], suggestions=hits[1:]) if hits else None
        return self._stated(self._with_suggestions(answer, guess), hits[0].entry) if guess else answer

    def about(self, entry: str, language: Language, on: date, locality: str | None = None) -> Answer | None:
        """The answer for an entry that a person chose; None where there is no such entry."""
        if self._rulebook.pack_of(entry) is None:
            return None
        chosen = self._empty("", language, on, locality)
        return self._stated(chosen.model_copy(update={"status": "answered", "score": 1.0}), entry)

    def as_json(self, answer: Answer, answer_id: str | None) -> dict[str, Any]:
        """The answer as scripts read it, in the language it was given in."""
        return as_json(answer, answer_id, Texts(self._catalogue, answer.language))

    def threshold(self, language: Language) -> float:
        return self._rulebook.answering.of(language) if self._rulebook.answering else UNTUNED

    def _empty(self, question: str, language: Language, on: date, locality: str | None) -> Answer:
        return Answer(
            question=question,
            language=language,
            on=on,
            locality=locality,
            place=self._rulebook.places.name(locality, language) if locality else "",
            asks_what_follows=asks_what_follows(question, language, self._catalogue),
            status="abstained",
            score=0.0,
        )

    def _decide(self, question: str, language: Language, on: date, locality: str | None) -> Decision:
        ranking = self.index.search(question)
        reached = ranking._replace(rules=self._reach.within(ranking.rules, locality, on))
        contrast = self.statutes.contrast(question) if self.statutes else decisions.NO_CONTRAST
        return decisions.decide(reached, self.threshold(language), contrast)

    def _by_article(self, answer: Answer, named: NamedArticles) -> Answer:
        """What cites the article that was named; else what is known of the article itself."""
        hits = self._reach.within(named.hits, answer.locality, answer.on)
        older = self._reach.within(named.older, answer.locality, answer.on)
        decision = decisions.by_article(hits, older)
        answer = self._with_suggestions(answer, decision).model_copy(
            update={"named": named.articles, "asks_which_law": named.alone}
        )
        if decision.match:
            return self._stated(answer, decision.match.entry)
        passages = tuple(self._wordings(named, answer.on))
        unclear = named.alone is not None or bool(passages)
        return answer.model_copy(update={"status": "unsure", "passages": passages}) if unclear else answer

    def _wordings(self, named: NamedArticles, on: date) -> Iterator[Passage]:
        """The imported text of articles that were asked for by their numbers."""
        for article in named.articles[:MOST_PASSAGES] if self.statutes else ():
            number = article.now or article.article
            if self.statutes and (text := self.statutes.article(article.law, number, None, on)):
                yield text

    def _with_suggestions(self, answer: Answer, decision: Decision) -> Answer:
        stating = Stating(self._rulebook, answer.language, answer.on)
        return answer.model_copy(
            update={
                "status": decision.status,
                "score": decision.score,
                "suggestions": tuple(self._named(hit, stating, answer.language) for hit in decision.suggestions),
                "address": self._address(decision.decoy, answer.language),
            }
        )

    def _passages(self, question: str, decision: Decision) -> tuple[Passage, ...]:
        """Articles of imported texts, where no entry fits and the matter is not foreign."""
        if self.statutes is None or decision.decoy is not None or decision.suggestions:
            return ()
        return self.statutes.search(question, MOST_PASSAGES)

    def _stated(self, answer: Answer, entry: str) -> Answer:
        stating = Stating(self._rulebook, answer.language, answer.on)
        found = stating.entry(entry)
        table = self._table(entry)
        return answer.model_copy(
            update={
                "found": found,
                "lighter": self._lighter(table, stating) if found and found.consequences else (),
                "warning": table.warning.say(answer.language) if table else None,
                "local_list": self._local_list(answer, stating),
            }
        )

    def _table(self, entry: str) -> LeniencyTable | None:
        """The table of the law under which the entry's first consequence is decided."""
        duty = self._rulebook.duty(entry)
        ladders = [self._rulebook.ladder(name) for name in (duty.ladder if duty else (entry,))]
        first = next(filter(None, ladders), None)
        return self._rulebook.leniency_table(first.regime) if first else None

    def _lighter(self, table: LeniencyTable | None, stating: Stating) -> tuple[Lighter, ...]:
        rows = table.rows if table else ()
        return tuple(stating.lighter(row) for row in rows if table and row.id in table.headline)

    def _local_list(self, answer: Answer, stating: Stating) -> LocalList | None:
        """The list of the narrowest place that has one."""
        if not answer.locality:
            return None
        here = [one for one in self._rulebook.leniency_lists if lies_in(answer.locality, one.place)]
        narrowest = max(here, key=lambda one: (len(one.place), one.issued), default=None)
        return stating.local_list(narrowest) if narrowest else None

    def _named(self, hit: Hit, stating: Stating, language: Language) -> Named:
        entry = self._rulebook.duty(hit.entry) or self._rulebook.ladder(hit.entry)
        if entry is None:
            return Named(id=hit.entry, title=hit.entry)
        articles = once(stating.articles(entry.id, entry.citations))
        return Named(id=entry.id, title=entry.title.say(language), articles=articles)

    def _address(self, decoy: str | None, language: Language) -> str | None:
        address: Bilingual | None = self._addresses.get(decoy) if decoy else None
        return address.say(language) if address else None
