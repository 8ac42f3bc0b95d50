"""The search index (索引): one document for each duty and each decoy, held in memory, built anew at every start."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import tantivy

from hegui.capabilities.answering.model import AnsweringModel
from hegui.capabilities.answering.text import TOKENIZER_VERSION, asked_tokens, tokens
from hegui.rulebook.obligation import AskedAs, Ladder, Obligation
from hegui.rulebook.pack import Decoy, Pack, Rulebook

_TEXT = "text"
_NUMBER = "number"
_WRITER_BYTES = 15_000_000  # the least that tantivy takes


class Document(AnsweringModel):
    """What is searched: a duty of a pack or a decoy, with all its words."""

    kind: Literal["rule", "decoy"]
    entry: str
    pack: str = ""
    words: tuple[str, ...]


class Hit(AnsweringModel):
    """How well a document fits a question (BM25)."""

    entry: str
    pack: str
    bm25: float


class Ranking(AnsweringModel):
    """All documents that share a word with the question, best first; `weight` is the question's own sum of idf."""

    rules: tuple[Hit, ...] = ()
    decoys: tuple[Hit, ...] = ()
    weight: float = 0.0


def documents(rulebook: Rulebook) -> tuple[Document, ...]:
    """The documents of a rulebook: every duty, the ladders that people ask for by themselves, every decoy."""
    rules = [of_entry(pack.id, entry, asked) for pack in rulebook.packs for entry, asked in _searched(pack)]
    return (*rules, *(of_decoy(decoy) for decoy in rulebook.decoys))


def _searched(pack: Pack) -> Iterator[tuple[Obligation | Ladder, AskedAs | None]]:
    phrasings = {asked.entry: asked for asked in pack.asked_as}
    yield from ((duty, phrasings.get(duty.id)) for duty in pack.obligations)
    yield from ((ladder, phrasings[ladder.id]) for ladder in pack.ladders if ladder.id in phrasings)


def of_entry(pack: str, entry: Obligation | Ladder, asked: AskedAs | None) -> Document:
    """Titles and keywords count twice; what the entry says and its phrasings once."""
    titles = (entry.title.zh, entry.title.en)
    says = entry.duty if isinstance(entry, Obligation) else entry.trigger
    keywords = (*asked.keywords.zh, *asked.keywords.en) if asked else ()
    phrasings = (*asked.asked_as.zh, *asked.asked_as.en) if asked else ()
    texts = (*titles, *titles, *keywords, *keywords, says.zh, says.en, *phrasings)
    return Document(kind="rule", entry=entry.id, pack=pack, words=_words(texts))


def of_decoy(decoy: Decoy) -> Document:
    keywords = (*decoy.keywords.zh, *decoy.keywords.en)
    return Document(kind="decoy", entry=decoy.id, words=_words((*keywords, *keywords)))


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(token for text in texts for token in tokens(text))


class SearchIndex:
    """Finds the documents for a question. Never changed after it is built."""

    def __init__(self, held: Sequence[Document]) -> None:
        self._documents = tuple(held)
        self._frequency = Counter(word for document in self._documents for word in set(document.words))
        self._schema = (
            tantivy.SchemaBuilder()
            .add_text_field(_TEXT, tokenizer_name="whitespace", index_option="freq")
            .add_unsigned_field(_NUMBER, fast=True)
            .build()
        )
        self._searcher = self._build()

    def _build(self) -> tantivy.Searcher:
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for number, document in enumerate(self._documents):
            written = tantivy.Document()
            written.add_text(_TEXT, " ".join(document.words))
            written.add_unsigned(_NUMBER, number)
            writer.add_document(written)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    @property
    def digest(self) -> str:
        """Changes with everything that changes a score: texts and tokenizer."""
        content = "\n".join(f"{d.kind} {d.entry} {' '.join(d.words)}" for d in self._documents)
        return hashlib.sha256(f"{TOKENIZER_VERSION}\n{content}".encode()).hexdigest()[:16]

    def search(self, question: str) -> Ranking:
        asked = asked_tokens(question)
        known = [word for word in asked if word in self._frequency]
        if not known:
            return Ranking(weight=sum(self._idf(word) for word in asked))
        found = self._scored(known)
        return Ranking(
            rules=tuple(hit for document, hit in found if document.kind == "rule"),
            decoys=tuple(hit for document, hit in found if document.kind == "decoy"),
            weight=sum(self._idf(word) for word in asked),
        )

    def _scored(self, words: Sequence[str]) -> list[tuple[Document, Hit]]:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, _TEXT, word)) for word in words]
        query = tantivy.Query.boolean_query(terms)
        found = self._searcher.search(query, limit=len(self._documents), count=False).hits
        numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in found])
        held = [self._documents[int(number or 0)] for number in numbers]
        return [(d, Hit(entry=d.entry, pack=d.pack, bm25=score)) for d, (score, _) in zip(held, found, strict=True)]

    def _idf(self, word: str) -> float:
        """A word that nobody knows weighs most: that is what makes foreign matter score low."""
        count, frequency = len(self._documents), self._frequency[word]
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
