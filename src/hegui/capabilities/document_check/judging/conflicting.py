"""Sentences that go against the law (pure): a length of time beyond its limit, or words that may not stand."""

from collections.abc import Iterator

from hegui.capabilities.document_check.grammar import BETWEEN_CELLS, Length, clauses, lengths
from hegui.capabilities.document_check.judging.passages import Passage
from hegui.capabilities.document_check.judging.words import STRUCK
from hegui.capabilities.document_check.judging.words import any_stands_in as _names
from hegui.capabilities.document_check.model import Contradiction
from hegui.rulebook.document import Conflict, Element

SLACK_DAYS = 0.01
LENGTH_CHARACTERS = 8
"""From the beginning of a length of time to the end of its clause, where nothing follows it: 四十五个工作日内。"""

BREATHS = ("，", ",")


def contradictions(element: Element, passages: list[Passage]) -> Iterator[Contradiction]:
    """The first sentence for each of an element's conflicts."""
    for number, conflict in enumerate(element.conflicts):
        found = next((passage for passage in passages if _goes_against(conflict, passage)), None)
        if found:
            yield Contradiction(element.id, number, found.shown)


def _goes_against(conflict: Conflict, passage: Passage) -> bool:
    sentence = passage.shown.sentence
    if passage.defines or passage.text.count(STRUCK) == len(passage.text):
        return False
    if not all(_names(words, sentence) or _names(words, passage.context) for words in conflict.all_of):
        return False
    if conflict.shorter_than is None and conflict.longer_than is None:
        return _names(conflict.all_of[-1], sentence) and not _names(conflict.unless, sentence)
    named = [one for one in lengths(passage.text) if not one.repeats]
    own = [one for one in named if _is_of(conflict, passage, one)]
    if limit := conflict.shorter_than:
        return any(one.days < limit.days - SLACK_DAYS for one in own) and not any(
            one.days >= limit.days - SLACK_DAYS for one in named
        )
    limit = conflict.longer_than
    return limit is not None and any(one.days > limit.days + SLACK_DAYS for one in own)


def _is_of(conflict: Conflict, passage: Passage, length: Length) -> bool:
    """Whether a length of time is about the matter: its clause, or its row, names it and nothing else."""
    matter = conflict.all_of[-1]
    if BETWEEN_CELLS in passage.text:
        return _names(matter, f"{passage.context}\n{passage.text}") and not _names(conflict.unless, passage.text)
    clause, following = _clauses_of(length, passage.text)
    stretch = clause if _names(matter, clause) else clause + following
    return _names(matter, stretch) and not _names(conflict.unless, stretch)


def _clauses_of(length: Length, text: str) -> tuple[str, str]:
    """The clause that names a length of time, and the next one where the first ends with it: 三日内，报告……"""
    parts = clauses(text)
    number = next(number for number, (start, end) in enumerate(parts) if start <= length.start < end)
    start, end = parts[number]
    ends_with_it = end - length.start <= LENGTH_CHARACTERS and text[end : end + 1] in BREATHS
    following = text[slice(*parts[number + 1])] if ends_with_it and number + 1 < len(parts) else ""
    return text[start:end], following
