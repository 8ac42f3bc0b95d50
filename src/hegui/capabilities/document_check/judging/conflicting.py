"""Sentences that go against the law (pure): a length of time beyond its limit, or words that may not stand."""

from collections.abc import Iterator

from hegui.capabilities.document_check.grammar import BETWEEN_CELLS, Length, clauses, lengths
from hegui.capabilities.document_check.judging.passages import Passage
from hegui.capabilities.document_check.judging.words import STRUCK, any_stands_in
from hegui.capabilities.document_check.model import Contradiction
from hegui.rulebook.document import Conflict, Element

SLACK_DAYS = 0.01
LENGTH_CHARACTERS = 8
"""From the beginning of a length of time to the end of its clause, where nothing follows it: 四十五个工作日内。"""

BREATHS = "，,"


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
    if not all(any_stands_in(words, sentence) or any_stands_in(words, passage.context) for words in conflict.all_of):
        return False
    if conflict.shorter_than is None and conflict.longer_than is None:
        return any_stands_in(conflict.all_of[-1], sentence) and not any_stands_in(conflict.unless, sentence)
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
    text = passage.text
    if BETWEEN_CELLS in text:
        clause, above = text, passage.context
    else:
        clause, above = _clause_of(length, text), ""
    named = any_stands_in(conflict.all_of[-1], clause) or any_stands_in(conflict.all_of[-1], above)
    return named and not any_stands_in(conflict.unless, clause)


def _clause_of(length: Length, text: str) -> str:
    """The clause that names a length of time, and the next one where the clause ends with it: 三日内，报告……"""
    parts = clauses(text)
    number = next(number for number, (start, end) in enumerate(parts) if start <= length.start < end)
    start, end = parts[number]
    if number + 1 < len(parts) and end - length.start <= LENGTH_CHARACTERS and text[end] in BREATHS:
        end = parts[number + 1][1]
    return text[start:end]
