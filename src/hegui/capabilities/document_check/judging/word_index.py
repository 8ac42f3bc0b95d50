"""Where words stand in the passages of a document (pure). Plain search, word by word: quicker than one long pattern."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from hegui.capabilities.document_check.judging.passages import Passage
from hegui.capabilities.document_check.judging.words import GAP, any_stands_in, pattern


class WordIndex:
    """Answers which passages hold one of some words, in their text or above it."""

    def __init__(self, passages: Sequence[Passage], *, titles: bool, definitions: bool) -> None:
        counted = [
            "" if p.defines and not definitions else (p.text if titles else p.plain)
            for p in passages
        ]  # fmt: skip
        self._joined = "\n".join(counted)
        self._starts = list(accumulate((len(text) + 1 for text in counted), initial=0))[:-1]
        self._contexts = [passage.context for passage in passages]
        self._found: dict[tuple[str, ...], frozenset[int]] = {}
        self._above: dict[tuple[str, ...], frozenset[int]] = {}

    def holding(self, words: tuple[str, ...]) -> frozenset[int]:
        """Numbers of the passages whose own text holds one of the words."""
        if words not in self._found:
            self._found[words] = frozenset(number for word in words for number in self._places(word))
        return self._found[words]

    def below(self, words: tuple[str, ...]) -> frozenset[int]:
        """Numbers of the passages above which one of the words stands."""
        if words not in self._above:
            found = [n for text, numbers in self._by_context.items() if any_stands_in(words, text) for n in numbers]
            self._above[words] = frozenset(found)
        return self._above[words]

    @cached_property
    def _by_context(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self._contexts):
            found.setdefault(text, []).append(number)
        return found

    def _places(self, word: str) -> list[int]:
        if GAP in word:
            return [self._passage_at(found.start()) for found in pattern(word).finditer(self._joined)]
        places, at = [], self._joined.find(word)
        while at >= 0:
            places.append(self._passage_at(at))
            at = self._joined.find(word, at + len(word))
        return places

    def _passage_at(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1
