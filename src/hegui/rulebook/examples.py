"""Runs the examples of a pack against its checklist: the same flow as a person's run, without the person."""

from collections.abc import Iterator

from hegui.rulebook import flow
from hegui.rulebook.checklist import AnyQuestion, Checklist, Example
from hegui.rulebook.checks.base import UNKNOWN
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Pack
from hegui.rulebook.text import Language, RuleModel


class ExampleResult(RuleModel):
    """How one example went; without problems it holds."""

    pack: str
    name: str
    problems: tuple[str, ...]


def run_examples(pack: Pack, language: Language = "zh") -> Iterator[ExampleResult]:
    """Every example of a pack, with everything in which it differs from what the checklist does."""
    for example in pack.examples:
        if pack.checklist is None:
            problems: tuple[str, ...] = ("the pack has no checklist",)
        else:
            problems = tuple(_faults(pack, pack.checklist, example))
        yield ExampleResult(pack=pack.id, name=example.name.say(language), problems=problems)


def answered(checklist: Checklist, example: Example) -> dict[str, str]:
    """The answers of a run in which a person answers as the example says."""
    answers: dict[str, str] = {}
    while question := flow.next_question(checklist, answers):
        answers = flow.with_answer(checklist, answers, question.id, _given(question, example))
    return answers


def _given(question: AnyQuestion, example: Example) -> str:
    """What the example says; else its `otherwise` for a yes/no question; else that the person does not know."""
    if question.id in example.answers:
        return example.answers[question.id]
    if isinstance(question, YesNo) and flow.accepts(question, example.otherwise):
        return example.otherwise
    return UNKNOWN


def _faults(pack: Pack, checklist: Checklist, example: Example) -> Iterator[str]:
    refused = sorted(_refused(checklist, example))
    if refused:
        yield f"not an answer to its question: {', '.join(refused)}"
        return
    answers = answered(checklist, example)
    if never := sorted(set(example.answers) - set(answers)):
        yield f"answered but never asked: {', '.join(never)}"
    found = flow.findings(flow.judge(checklist, answers, example.on))
    yield from _differences(found, example)
    cited = {_short(citation) for one in found for citation in _citations(pack, one.question)}
    yield from (f"no finding cites {wanted!r}" for wanted in example.cites if wanted not in cited)


def _refused(checklist: Checklist, example: Example) -> Iterator[str]:
    for question_id, value in example.answers.items():
        question = checklist.question(question_id)
        if question is None or not flow.accepts(question, value):
            yield f"{question_id}={value}"


def _differences(found: tuple[flow.Judged, ...], example: Example) -> Iterator[str]:
    actual = {(one.question.id, str(one.severity)) for one in found}
    expected = {(finding.question, str(finding.severity)) for finding in example.findings}
    for question, severity in sorted(expected - actual):
        yield f"expected but not found: {question} {severity}"
    for question, severity in sorted(actual - expected):
        yield f"found but not expected: {question} {severity}"


def _citations(pack: Pack, question: AnyQuestion) -> Iterator[Citation]:
    """The law of the question, of its duties and of what follows when they are not met."""
    yield from question.citations
    for obligation in filter(None, map(pack.obligation, question.obligations)):
        yield from obligation.citations
        for ladder in filter(None, map(pack.ladder, obligation.ladder)):
            yield from ladder.citations


def _short(citation: Citation) -> str:
    article = f"{citation.article}-{citation.inserted}" if citation.inserted else str(citation.article)
    return f"{citation.law} {article}"
