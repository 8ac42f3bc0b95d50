"""Searches imported texts, and measures whether a question fits our laws better than others (contrast).

The index lies beside the texts, in a folder named after what it was built from.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import tantivy

from hegui.capabilities.answering.decisions import NO_CONTRAST
from hegui.capabilities.answering.kept_folder import kept
from hegui.capabilities.answering.model import Passage
from hegui.capabilities.answering.statutes.shelf import SOURCES, Shelf
from hegui.capabilities.answering.statutes.texts import ArticleText
from hegui.capabilities.answering.text import TOKENIZER_VERSION, asked_tokens, tokens
from hegui.rulebook.citations.names import plain_title
from hegui.rulebook.law import Law
from hegui.rulebook.pack import Rulebook

WRITER_BYTES = 60_000_000
LONGEST_PASSAGE = 300  # characters shown of one article
DEEPEST = 50  # articles looked at for the best of our laws and of the others


class Library:
    """Imported texts with their index. Opened once; what is imported later counts from the next start on."""

    def __init__(self, shelf: Shelf, rulebook: Rulebook) -> None:
        self._laws = {plain_title(law.title): law for law in rulebook.laws}
        covered = {citation.law for pack in rulebook.packs for _, citation in pack.cited()}
        self._covered = {title for title, law in self._laws.items() if law.id in covered}
        self._articles = [article for source in SOURCES for article in shelf.articles(source)]
        self._places = {
            (plain_title(a.law), a.effective, a.number, a.inserted): n for n, a in enumerate(self._articles)
        }
        self._schema = (
            tantivy.SchemaBuilder()
            .add_text_field("text", tokenizer_name="whitespace", index_option="freq")
            .add_unsigned_field("number", fast=True)
            .build()
        )
        place = kept(shelf.folder, "index", f"{TOKENIZER_VERSION}-{shelf.digest()}", self._build)
        index = tantivy.Index(self._schema, path=str(place))
        index.reload()
        self._searcher = index.searcher()

    def search(self, question: str, most: int) -> tuple[Passage, ...]:
        """Articles of laws that the rules cover, best first; each in its newest text."""
        ours = (article for article, _ in self._found(question) if plain_title(article.law) in self._covered)
        return tuple(_passage(article) for _, article in zip(range(most), ours, strict=False))

    def contrast(self, question: str) -> float:
        best = {True: 0.0, False: 0.0}
        for article, score in self._found(question):
            covered = plain_title(article.law) in self._covered
            best[covered] = max(best[covered], score)
        if not any(plain_title(article.law) not in self._covered for article in self._articles):
            return NO_CONTRAST  # nothing to compare with was imported
        if not best[False]:
            return NO_CONTRAST if not best[True] else 2.0
        return min(best[True] / best[False], 2.0)

    def article(self, law: str, number: int, inserted: int | None, on: date) -> Passage | None:
        """The text of the version in force on a day."""
        known = self._laws.get(plain_title(law))
        version = known.version_on(on) if known else None
        for effective in (version.effective.isoformat(), "") if version else ():
            place = self._places.get((plain_title(law), effective, number, inserted or 0))
            if place is not None and (effective or _is_newest(known, version)):
                return _passage(self._articles[place], whole=True)
        return None

    def _found(self, question: str) -> Iterator[tuple[ArticleText, float]]:
        words = asked_tokens(question)
        if not words or not self._articles:
            return
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", word)) for word in words]
        found = self._searcher.search(tantivy.Query.boolean_query(terms), limit=DEEPEST, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in found])
        for (score, _), number in zip(found, numbers, strict=True):
            yield self._articles[int(number or 0)], score

    def _build(self, folder: Path) -> None:
        writer = tantivy.Index(self._schema, path=str(folder)).writer(heap_size=WRITER_BYTES, num_threads=1)
        for number, article in enumerate(self._articles):
            writer.add_document(self._document(number, article))
        writer.commit()
        writer.wait_merging_threads()

    def _document(self, number: int, article: ArticleText) -> tantivy.Document:
        written = tantivy.Document()
        written.add_text("text", " ".join(tokens(f"{article.law} {article.chapter} {article.text}")))
        written.add_unsigned("number", number)
        return written


def _is_newest(law: Law | None, version: object) -> bool:
    """A source that tells no dates holds present texts only."""
    return law is not None and version == max(law.versions, key=lambda held: held.effective)


def _passage(article: ArticleText, whole: bool = False) -> Passage:
    text = article.text if whole or len(article.text) <= LONGEST_PASSAGE else article.text[:LONGEST_PASSAGE] + "……"
    return Passage(law=article.law, article=article.number, inserted=article.inserted or None, text=text)
