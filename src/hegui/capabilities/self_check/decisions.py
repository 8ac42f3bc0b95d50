"""Pure decisions of the self-check: who may see it, where back and forward lead, what a re-check takes over."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from hegui.capabilities.self_check.model import Cause, Difference, Run, Sheet, Snapshot
from hegui.registry.model import Person
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.base import SKIPPED, UNKNOWN
from hegui.rulebook.flow import Judged, Severity

OPEN_ANSWERS = (UNKNOWN, SKIPPED)
GRAVITY: Mapping[Severity, int] = {"red": 0, "amber": 1, "advice": 2}  # for sorting: the worst first
WORDING = {"text", "help", "evidence", "finding", "remedy", "asked_when", "choices", "allows"}


def may_take_part(person: Person | None) -> bool:
    """The wall stands before the role: whoever is not simply a member of the public side never gets in."""
    return person is not None and person.role == "member"


def may_read(run: Run, person: Person | None, enterprises: Collection[str]) -> bool:
    """The person who began the run and members of the enterprise it is about; nobody else, whatever the role."""
    if person is None or not may_take_part(person):
        return False
    return run.person == person.id or run.enterprise in enterprises


def may_write(run: Run, person: Person | None) -> bool:
    return may_take_part(person) and person is not None and run.person == person.id


def before(sheet: Sheet, question: AnyQuestion) -> AnyQuestion | None:
    """Where back leads; None from the first question."""
    here = sheet.position(question) - 1
    return sheet.asked[here - 1] if here else None


def after(sheet: Sheet, question: AnyQuestion) -> AnyQuestion | None:
    """Where going on without a change leads; None from the last question."""
    return next(iter(sheet.asked[sheet.position(question) :]), None)


def carried_over(old: Sheet, new: Snapshot) -> dict[str, str]:
    """Answers that still stand: of questions that ask the same. What was left open is asked again."""
    kept: dict[str, str] = {}
    for question in new.checklist.questions:
        given = old.answers.get(question.id, SKIPPED)
        asked_before = old.snapshot.checklist.question(question.id)
        if (
            given not in OPEN_ANSWERS
            and asked_before
            and _asks_same(asked_before, question)
            and question.is_asked(kept)
        ):
            kept[question.id] = given
    return kept


def differences(old: Sheet, new: Sheet, now: datetime) -> tuple[Difference, ...]:
    """What stands otherwise than in the run before, in the order of the questions."""
    verdicts_before = {judged.question.id: judged for judged in old.judged(now)}
    verdicts_after = {judged.question.id: judged for judged in new.judged(now)}
    questions = {q.id: q for sheet in (new, old) for q in sheet.snapshot.checklist.questions}
    questions |= {q.id: q for q in new.snapshot.checklist.questions}
    found = []
    for question_id, question in questions.items():
        same_verdict = _meaning(verdicts_before.get(question_id)) == _meaning(verdicts_after.get(question_id))
        if causes := tuple(_causes(old, new, question_id, same_verdict=same_verdict)):
            found.append(Difference(question, old.answers.get(question_id), new.answers.get(question_id), causes))
    return tuple(found)


def _causes(old: Sheet, new: Sheet, question_id: str, *, same_verdict: bool) -> Iterator[Cause]:
    """Nothing is told of questions asked in neither run. Where nothing else explains a verdict, time has passed."""
    if question_id not in old.answers and question_id not in new.answers:
        return
    earlier, later = old.snapshot.checklist.question(question_id), new.snapshot.checklist.question(question_id)
    if earlier is None or later is None:
        yield "question"
        return
    told = False
    if not _asks_same(earlier, later):
        told = True
        yield "question"
    if not _same_law(old, new, earlier, later):
        told = True
        yield "law"
    if old.answers.get(question_id) != new.answers.get(question_id):
        told = True
        yield "you"
    if not told and not same_verdict:
        yield "time"


def _asks_same(one: AnyQuestion, other: AnyQuestion) -> bool:
    return (one.kind, one.text, one.options()) == (other.kind, other.text, other.options())


def _same_law(old: Sheet, new: Sheet, earlier: AnyQuestion, later: AnyQuestion) -> bool:
    """Same articles in the same versions, and the same measure laid on the answer."""
    articles = old.snapshot.citations.get(earlier.id) == new.snapshot.citations.get(later.id)
    return articles and earlier.model_dump(exclude=WORDING) == later.model_dump(exclude=WORDING)


def _meaning(judged: Judged | None) -> tuple[object, object] | None:
    return (judged.verdict, judged.severity) if judged else None
