"""A question that names an article ("网络安全法第27条") is answered by the entries that cite it, or by none.

Only plain citations are read here: one law of the register by one of its names, one number.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from hegui.capabilities.answering.index import Hit
from hegui.foundation.language.chinese import normalise
from hegui.rulebook.citing import cite
from hegui.rulebook.law import Citation, Law
from hegui.rulebook.numerals import chinese
from hegui.rulebook.pack import Pack, Rulebook

PEOPLES_REPUBLIC = "中华人民共和国"
MOST_ARTICLES = 500
NUMBERS = {chinese(n): n for n in range(1, MOST_ARTICLES + 1)}
NUMBER = r"(\d{1,3}|[一二三四五六七八九十百零]{1,7})"
CERTAIN = 1.0  # the score of an entry that was named by its article


class CitationLookup:
    """Finds the article that a question names, and the entries that rest on it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def find(self, question: str, on: date) -> tuple[Hit, ...] | None:
        """Entries that cite the article named, duties first; empty where none does; None where none is named."""
        named = self._named(normalise(question))
        return None if named is None else tuple(self._citing(*named, on))

    def _named(self, question: str) -> tuple[str, int] | None:
        found = self._chinese.search(question)
        if found:
            return self._laws[found[1]].id, NUMBERS.get(found[2]) or int(found[2])
        found = self._english.search(question)
        if found is None:
            return None
        before, after = (found["before"], found["number_after"]), (found["after"], found["number_before"])
        name, number = before if found["before"] else after
        return self._laws[name].id, int(number)

    def _citing(self, law: str, article: int, on: date) -> Iterator[Hit]:
        for pack in self._rulebook.packs:
            for entry, citations in _entries(pack):
                if any(c.law == law and self._number(c, on) == article for c in citations):
                    yield Hit(entry=entry, pack=pack.id, bm25=CERTAIN)

    def _number(self, citation: Citation, on: date) -> int:
        """The article's own number on that day."""
        return cite(citation, self._rulebook, "zh", on).article

    @cached_property
    def _laws(self) -> dict[str, Law]:
        return {normalise(name): law for law in self._rulebook.laws for name in _names(law)}

    @cached_property
    def _names(self) -> str:
        return "|".join(re.escape(name) for name in sorted(self._laws, key=len, reverse=True))

    @cached_property
    def _chinese(self) -> "re.Pattern[str]":
        return re.compile(rf"({self._names})》?\s*的?第?\s*{NUMBER}\s*条")

    @cached_property
    def _english(self) -> "re.Pattern[str]":
        article = r"art(?:icle|\.)?\s*"
        return re.compile(
            rf"(?P<before>{self._names})\W{{0,3}}{article}(?P<number_after>\d{{1,3}})\b"
            rf"|{article}(?P<number_before>\d{{1,3}})\s+of\s+(?:the\s+)?(?P<after>{self._names})\b"
        )


def _names(law: Law) -> Iterable[str]:
    return (law.title, law.title.removeprefix(PEOPLES_REPUBLIC), *law.short, law.english, *law.english_short)


def _entries(pack: Pack) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    yield from ((duty.id, duty.citations) for duty in pack.obligations)
    yield from ((ladder.id, ladder.citations) for ladder in pack.ladders)
