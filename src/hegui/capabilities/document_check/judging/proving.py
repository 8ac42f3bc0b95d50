"""Whether a document shows a part of an element, and by which sentence (pure)."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from hegui.capabilities.document_check.grammar import SEVERAL, lengths
from hegui.capabilities.document_check.judging.passages import Passage
from hegui.capabilities.document_check.judging.word_index import WordIndex
from hegui.capabilities.document_check.judging.words import STRUCK, any_stands_in
from hegui.rulebook.document import Part, Proof, Span

SLACK_DAYS = 0.01
SHORT_DENIAL = re.compile(rf"(?<!{STRUCK}){STRUCK}{{2,8}}(?!{STRUCK})")
LEAST_SAID = 12
"""A sentence below a heading must have so many characters: 培训要求：无 says nothing."""


class Prover:
    """Looks for proofs among the passages of one document."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self._index: Callable[[bool, bool], WordIndex] = cache(
            lambda titles, definitions: WordIndex(passages, titles=titles, definitions=definitions)
        )
        self._places: Callable[[str], Mapping[int, int]] = cache(lambda within: _stretches(passages, within))
        self._members: Callable[[str], Mapping[int, Sequence[int]]] = cache(
            lambda within: _members(self._places(within))
        )

    def index(self, *, titles: bool = False, definitions: bool = False) -> WordIndex:
        return self._index(titles, definitions)

    def shows(self, part: Part, cues: Sequence[str]) -> int | None:
        """The number of the passage that shows a part; None where none does."""
        for proof in part.shown_by:
            if (found := self._by(proof)) is not None:
                return found
        return self._under(part.shown_under, cues) if part.shown_under else None

    def _under(self, headings: Sequence[str], cues: Sequence[str]) -> int | None:
        """The first passage below a heading with one of these words that says enough.

        Nothing below a heading counts where the matter itself is denied there.
        """
        below = [(n, p) for n, p in enumerate(self.passages) if p.heading and any_stands_in(headings, p.heading)]
        denied = {(p.section, p.heading) for _, p in below if _denies(cues, p)}
        for number, passage in below:
            if passage.defines or (passage.section, passage.heading) in denied:
                continue
            if _counted(passage) >= LEAST_SAID and (
                not _names_several(passage.heading) or any_stands_in(cues, passage.plain)
            ):
                return number
        return None

    def _by(self, proof: Proof) -> int | None:
        index = self._index(proof.titles_count, proof.definitions_count)
        out = index.holding(proof.unless) if proof.unless else frozenset()
        texts = [index.holding(words) - out for words in proof.all_of]
        if proof.within == "document":
            above: list[frozenset[int]] = [frozenset()] * len(texts)
        else:
            above = [index.below(words) - out for words in proof.all_of]
        place = self._place(proof)
        reached = [_units(text | head, place) for text, head in zip(texts, above, strict=True)]
        said: frozenset[int] = frozenset().union(*texts)
        units = frozenset.intersection(*reached) & _units(said, place)
        for unit in sorted(units):
            members = self._members(proof.within)[unit]
            if self._lasts(proof, members):
                return max(said.intersection(members), key=lambda number: (sum(number in t for t in texts), -number))
        return None

    def _place(self, proof: Proof) -> Mapping[int, int]:
        """For each passage the stretch it belongs to."""
        return self._places(proof.within)

    def _lasts(self, proof: Proof, members: Sequence[int]) -> bool:
        """Whether a stretch names a length of time as the proof wants it."""
        if proof.at_least is None and proof.at_most is None:
            return True
        named = (length for number in members for length in lengths(self.passages[number].text) if not length.repeats)
        return any(_fits(length.days, proof.at_least, proof.at_most) for length in named)


def _counted(passage: Passage) -> int:
    """How many characters of a passage count."""
    return len(passage.text) - passage.text.count(STRUCK)


def _denies(cues: Sequence[str], passage: Passage) -> bool:
    """Whether a clause that was struck out names the matter."""
    if SHORT_DENIAL.search(passage.text):
        return True  # 暂不组织。: what else could it be about than the heading?
    if STRUCK not in passage.text:
        return False
    return any(passage.shown.sentence.count(cue) > passage.text.count(cue) for cue in cues)


def _names_several(heading: str) -> bool:
    return any(mark in heading for mark in SEVERAL)


def _fits(days: float, least: Span | None, most: Span | None) -> bool:
    return (least is None or days >= least.days - SLACK_DAYS) and (most is None or days <= most.days + SLACK_DAYS)


def _members(place: Mapping[int, int]) -> Mapping[int, Sequence[int]]:
    """For each stretch its passages."""
    found: dict[int, list[int]] = {}
    for number, stretch in place.items():
        found.setdefault(stretch, []).append(number)
    return found


def _units(numbers: frozenset[int], place: Mapping[int, int]) -> frozenset[int]:
    return frozenset(place[number] for number in numbers)


def _stretches(passages: Sequence[Passage], within: str) -> Mapping[int, int]:
    match within:
        case "sentence":
            return {number: number for number in range(len(passages))}
        case "paragraph":
            return {number: passage.paragraph for number, passage in enumerate(passages)}
        case "section":
            return {number: passage.section for number, passage in enumerate(passages)}
        case _:
            return dict.fromkeys(range(len(passages)), 0)
