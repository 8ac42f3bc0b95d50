"""Every question of a checklist can be reached, and every verdict stands on an option that exists.

Paths end by themselves: questions have an order and look back only, which the loader makes sure of. That a question
can be reached is shown by a search over the values of the questions that its condition rests on.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from hegui.rulebook.checklist import AnyQuestion, Checklist
from hegui.rulebook.checks.base import UNKNOWN
from hegui.rulebook.checks.choice import Choice
from hegui.rulebook.checks.dated import Dated
from hegui.rulebook.condition import AllOf, AnswerIs, AnyOf, Condition, Not
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.pack import Rulebook

SOME_DAY = "2026-01-01"
MOST_CASES = 200_000


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for pack in rulebook.packs:
        if pack.checklist:
            yield from _faults(pack.id, pack.checklist)


def _faults(pack: str, checklist: Checklist) -> Iterator[Fault]:
    for question in checklist.questions:
        place = f"{pack} {question.id}"
        if not reachable(checklist, question):
            yield fault(place, "can never be reached")
        yield from (fault(place, message) for message in _impossible_values(checklist, question))


def _impossible_values(checklist: Checklist, question: AnyQuestion) -> Iterator[str]:
    for named, value in _named_values(question):
        asked = checklist.question(named)
        if asked is not None and value not in values(asked):
            yield f"waits for {named} to be {value!r}, which is no answer to it"
    if isinstance(question, Choice):
        options = {option.value for option in question.choices}
        for verdict in question.verdicts:
            if verdict.value not in options:
                yield f"judges {verdict.value!r}, which is not one of its options"


def reachable(checklist: Checklist, question: AnyQuestion) -> bool:
    """Whether some run comes to the question: answers to the questions that its condition rests on, each one asked."""
    resting = _resting_on(checklist, question)
    cases = product(*((None, *values(earlier)) for earlier in resting))
    for count, case in enumerate(cases):
        answers = {q.id: value for q, value in zip(resting, case, strict=True) if value is not None}
        if _could_happen(resting, answers) and question.is_asked(answers):
            return True
        if count > MOST_CASES:
            return False
    return False


def values(question: AnyQuestion) -> tuple[str, ...]:
    """All answers that conditions can tell apart."""
    if isinstance(question, Dated):
        return (SOME_DAY, UNKNOWN, "skipped")
    return (*(option.value for option in question.options()), UNKNOWN, "skipped")


def _resting_on(checklist: Checklist, question: AnyQuestion) -> list[AnyQuestion]:
    """The questions that decide whether this one is asked, and those that decide whether they are, in order."""
    needed: set[str] = set()
    waiting = [question]
    while waiting:
        condition = waiting.pop().asked_when
        for named in (condition.questions() if condition else frozenset()) - needed:
            needed.add(named)
            waiting.extend(filter(None, [checklist.question(named)]))
    return [earlier for earlier in checklist.questions if earlier.id in needed]


def _could_happen(resting: list[AnyQuestion], answers: Mapping[str, str]) -> bool:
    """A finished run up to here: exactly the questions that are asked have an answer."""
    return all(question.is_asked(answers) == (question.id in answers) for question in resting)


def _named_values(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    conditions = [question.asked_when] if question.asked_when else []
    if isinstance(question, Dated):
        conditions += [rule.when for rule in question.rules if rule.when]
    for condition in conditions:
        yield from _leaves(condition)


def _leaves(condition: Condition) -> Iterator[tuple[str, str]]:
    match condition:
        case AnswerIs():
            yield from ((condition.question, value) for value in condition.any_of)
        case AllOf() | AnyOf():
            for inner in condition.conditions:
                yield from _leaves(inner)
        case Not():
            yield from _leaves(condition.condition)
