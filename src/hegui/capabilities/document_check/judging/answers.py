"""A document beside what the enterprise answered in its self-check (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hegui.capabilities.document_check.model import Judged, Report, Shown
from hegui.rulebook.document import DocumentKind

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"
Difference = Literal["done-not-written", "written-not-done", "done-against-law", "waived-but-done"]


@dataclass(frozen=True, slots=True)
class AgainstAnswer:
    """An element and a question that tell different stories."""

    element: str
    question: str
    answer: str
    difference: Difference
    shown: Shown | None


def against_answers(report: Report, kind: DocumentKind, answers: Mapping[str, str]) -> tuple[AgainstAnswer, ...]:
    """Every element that the answers contradict. What could not be read contradicts nothing."""
    judged = {one.element: one for one in report.judged}
    conflicts = {one.element: one.shown for one in report.contradictions}
    found: list[AgainstAnswer] = []
    for element in kind.elements:
        for question in element.questions:
            if question in answers and element.id in judged:
                against = conflicts.get(element.id)
                for difference, shown in _differences(judged[element.id], against, answers[question]):
                    found.append(AgainstAnswer(element.id, question, answers[question], difference, shown))
    return tuple(found)


def _differences(judged: Judged, against: Shown | None, answer: str) -> Iterator[tuple[Difference, Shown | None]]:
    if answer == YES and against:
        yield "done-against-law", against
    elif answer == YES and judged.state == "missing":
        yield "done-not-written", judged.mentioned
    elif answer == YES and judged.not_applicable:
        yield "waived-but-done", judged.shown
    elif answer == NO and judged.state == "found" and not judged.not_applicable:
        yield "written-not-done", judged.shown
