"""A question that names an article ("网络安全法第27条") is answered by the entries that cite it, or by none."""

from collections.abc import Iterator
from datetime import date

from hegui.capabilities.answering.index import Hit
from hegui.capabilities.answering.model import AnsweringModel, NamedArticle
from hegui.foundation.language.chinese import spell
from hegui.rulebook.citations import grammar
from hegui.rulebook.citations.resolving import CitationReader, Read
from hegui.rulebook.citing import cite
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Pack, Rulebook

CERTAIN = 1.0  # the score of an entry that was named by its article


class Named(AnsweringModel):
    """What a question names, and the entries that rest on it. `alone`: a number was named without a law.

    `older`: entries that rest on what an article of that number became, which may be meant as well.
    """

    articles: tuple[NamedArticle, ...] = ()
    hits: tuple[Hit, ...] = ()
    older: tuple[Hit, ...] = ()
    alone: int | None = None


class CitationLookup:
    """Finds the articles that a question names, and the entries that rest on them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._reader = CitationReader(rulebook)

    def find(self, question: str, on: date) -> Named | None:
        """None where the question names no article at all."""
        reads = self._reader.read(question, on)
        if not reads:
            alone = grammar.ARTICLES.search(spell(question).text)
            number = grammar.PIECE.search(alone[0]) if alone else None
            return Named(alone=grammar.number(number["number"])) if number else None
        hits = {hit.entry: hit for read in reads for hit in self._entries(read, on)}
        older = {hit.entry: hit for read in reads for hit in self._older(read, on)}
        return Named(articles=tuple(map(_told, reads)), hits=tuple(hits.values()), older=tuple(older.values()))

    def of_law(self, law: str, article: int, on: date) -> tuple[Hit, ...]:
        """Entries that cite an article of a law of the register, duties first."""
        found = sorted(self._citing(law, article, on), key=lambda hit: hit.bm25, reverse=True)
        return tuple({hit.entry: hit for hit in found}.values())

    def _entries(self, read: Read, on: date) -> Iterator[Hit]:
        """Those that cite it; of an older number, those that cite the article it became."""
        law = read.mention.named.law
        if law is None or read.state not in ("verified", "renumbered"):
            return
        yield from self.of_law(law.id, read.now[1] if read.now else read.mention.place.article, on)

    def _older(self, read: Read, on: date) -> Iterator[Hit]:
        law = read.mention.named.law
        if law is not None and read.then is not None:
            yield from self.of_law(law.id, read.then, on)

    def _citing(self, law: str, article: int, on: date) -> Iterator[Hit]:
        """An entry whose first article it is comes before one that cites it as well."""
        for pack in self._rulebook.packs:
            for entry, citations in _entries(pack):
                places = [n for n, c in enumerate(citations) if c.law == law and self._number(c, on) == article]
                if places:
                    yield Hit(entry=entry, pack=pack.id, bm25=CERTAIN - places[0] / 100)

    def _number(self, citation: Citation, on: date) -> int:
        """The article's own number on that day."""
        return cite(citation, self._rulebook, "zh", on).article


def _told(read: Read) -> NamedArticle:
    return NamedArticle(
        text=read.mention.raw,
        law=read.law,
        article=read.mention.place.article,
        state=read.state,
        now=read.now[1] if read.now else None,
        then=read.then,
    )


def _entries(pack: Pack) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    yield from ((duty.id, duty.citations) for duty in pack.obligations)
    yield from ((ladder.id, ladder.citations) for ladder in pack.ladders)
