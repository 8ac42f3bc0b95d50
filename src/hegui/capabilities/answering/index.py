"""The search index (索引) over duties and decoys: in memory, or kept on disk and opened."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from hegui.capabilities.answering.documents import Document, Kind, documents
from hegui.capabilities.answering.kept_folder import kept
from hegui.capabilities.answering.text import TOKENIZER_VERSION, asked_tokens
from hegui.rulebook.pack import Rulebook

_TEXT = "text"
_NUMBER = "number"
_WRITER_BYTES = 15_000_000  # the least that tantivy takes
_CATALOGUE = "documents.json"
_WORDS = "words"


class Hit(NamedTuple):
    """How well a document fits a question (BM25)."""

    entry: str
    pack: str
    bm25: float


class Ranking(NamedTuple):
    """All documents that share a word with the question, best first; `weight` is the question's own sum of idf."""

    rules: tuple[Hit, ...] = ()
    decoys: tuple[Hit, ...] = ()
    weight: float = 0.0


class Listed(NamedTuple):
    """A document without its words."""

    kind: Kind
    entry: str
    pack: str


def in_memory(held: Sequence[Document]) -> "SearchIndex":
    """An index of these documents that is gone with the program."""
    return _built(held, None)


def on_disk(rulebook: Rulebook, folder: Path) -> "SearchIndex":
    """The index of a rulebook, opened from a folder; built there first where it is missing."""
    place = kept(folder, "rules", f"{TOKENIZER_VERSION}-{rulebook.digest[:16]}", lambda fresh: _keep(rulebook, fresh))
    told = json.loads((place / _CATALOGUE).read_text(encoding="utf-8"))
    index = tantivy.Index(_schema(), path=str(place / _WORDS))
    return SearchIndex([Listed(*row) for row in told["documents"]], told["frequency"], index)


def _keep(rulebook: Rulebook, folder: Path) -> None:
    (folder / _WORDS).mkdir()
    index = _built(documents(rulebook), folder / _WORDS)
    told = {"documents": index.listed, "frequency": index.frequency}
    (folder / _CATALOGUE).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _built(held: Sequence[Document], folder: Path | None) -> "SearchIndex":
    index = tantivy.Index(_schema(), path=str(folder)) if folder else tantivy.Index(_schema())
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for number, document in enumerate(held):
        written = tantivy.Document()
        written.add_text(_TEXT, " ".join(document.words))
        written.add_unsigned(_NUMBER, number)
        writer.add_document(written)
    writer.commit()
    writer.wait_merging_threads()
    frequency = Counter(word for document in held for word in set(document.words))
    return SearchIndex([Listed(*document[:3]) for document in held], frequency, index)


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field(_TEXT, tokenizer_name="whitespace", index_option="freq")
        .add_unsigned_field(_NUMBER, fast=True)
        .build()
    )


class SearchIndex:
    """Finds the documents for a question. Never changed after it is built."""

    def __init__(self, listed: Sequence[Listed], frequency: Mapping[str, int], index: tantivy.Index) -> None:
        self.listed = tuple(listed)
        self.frequency = frequency
        self._schema = _schema()
        index.reload()
        self._searcher = index.searcher()

    def search(self, question: str) -> Ranking:
        asked = asked_tokens(question)
        weight = sum(map(self._idf, asked))
        known = [word for word in asked if word in self.frequency]
        found = self._scored(known) if known else []
        return Ranking(
            rules=tuple(hit for kind, hit in found if kind == "rule"),
            decoys=tuple(hit for kind, hit in found if kind == "decoy"),
            weight=weight,
        )

    def _scored(self, words: Sequence[str]) -> list[tuple[Kind, Hit]]:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, _TEXT, word)) for word in words]
        query = tantivy.Query.boolean_query(terms)
        found = self._searcher.search(query, limit=len(self.listed), count=False).hits
        numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in found])
        held = (self.listed[int(number or 0)] for number in numbers)
        return [(d.kind, Hit(d.entry, d.pack, score)) for d, (score, _) in zip(held, found, strict=True)]

    def _idf(self, word: str) -> float:
        """A word that nobody knows weighs most: that is what makes foreign matter score low."""
        count, frequency = len(self.listed), self.frequency.get(word, 0)
        return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
