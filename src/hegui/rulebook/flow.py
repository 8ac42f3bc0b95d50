"""The pure flow of a checklist: which question comes next, what a changed answer takes with it, what answers show.

The state is nothing but the answers. They never hold an answer to a question that is not asked, so the order in
which they were given, corrected or skipped leaves no trace.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hegui.rulebook.checklist import AnyQuestion, Checklist
from hegui.rulebook.checks.base import SKIPPED, UNKNOWN, Verdict, Weight
from hegui.rulebook.checks.dated import Dated
from hegui.rulebook.condition import Answers

Severity = Literal["red", "amber", "advice"]

SEVERITIES: Mapping[tuple[Verdict, Weight], Severity] = {
    (Verdict.FAILED, "high"): "red",
    (Verdict.FAILED, "medium"): "amber",
    (Verdict.FAILED, "low"): "advice",
    (Verdict.PARTLY, "high"): "amber",
    (Verdict.PARTLY, "medium"): "amber",
    (Verdict.PARTLY, "low"): "advice",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one answer means. `severity` is set when it shows a fault; `open` when something is still to find out."""

    question: AnyQuestion
    verdict: Verdict
    severity: Severity | None
    open: bool


def accepts(question: AnyQuestion, value: str) -> bool:
    """Whether a value may be stored as the answer to a question."""
    if value in (UNKNOWN, SKIPPED):
        return True
    if isinstance(question, Dated):
        return _is_iso_date(value)
    return any(option.value == value for option in question.options())


def asked(checklist: Checklist, answers: Answers) -> tuple[AnyQuestion, ...]:
    """The questions asked with these answers, in order."""
    return tuple(question for question in checklist.questions if question.is_asked(answers))


def next_question(checklist: Checklist, answers: Answers) -> AnyQuestion | None:
    """The first question asked that has no answer; None when the run is complete."""
    return next((question for question in asked(checklist, answers) if question.id not in answers), None)


def with_answer(checklist: Checklist, answers: Answers, question_id: str, value: str) -> dict[str, str]:
    """The answers with this one set, without those that are no longer asked.

    A question that stays asked keeps its answer, also when the change alters what it means: a date stays true and is
    judged anew. One that comes back is asked again. Conditions look back only, so one pass settles the whole chain.
    """
    question = checklist.question(question_id)
    if question is None or not accepts(question, value):
        message = f"{value!r} is no answer to {question_id!r}"
        raise ValueError(message)
    given = {**answers, question_id: value}
    kept: dict[str, str] = {}
    for earlier in checklist.questions:
        if earlier.id in given and earlier.is_asked(kept):
            kept[earlier.id] = given[earlier.id]
    return kept


def judge(checklist: Checklist, answers: Answers, today: date) -> tuple[Judged, ...]:
    """What each answer given to an asked question means on a day."""
    return tuple(_judged(q, answers, today) for q in asked(checklist, answers) if q.id in answers)


def findings(judged: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """Only what shows a fault."""
    return tuple(one for one in judged if one.severity)


def _judged(question: AnyQuestion, answers: Answers, today: date) -> Judged:
    verdict = question.judge(answers, today)
    unsettled = verdict is Verdict.UNKNOWN or answers[question.id] in (UNKNOWN, SKIPPED)
    return Judged(question, verdict, SEVERITIES.get((verdict, question.weight)), unsettled)


def _is_iso_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
