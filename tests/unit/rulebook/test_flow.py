"""The flow of a checklist: order leaves no trace, every path ends, nothing is lost but what is no longer asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook import flow
from hegui.rulebook.checklist import Checklist
from hegui.rulebook.checks.base import Verdict
from hegui.rulebook.lint.paths import reachable, values
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 3, 2)
DAYS = ("2024-02-29", "2025-09-02", "2025-09-03", "2026-03-01")


def said(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def yes_no(question_id: str, **more: object) -> dict[str, object]:
    return {"id": question_id, "kind": "yes_no", "text": said("?"), **more}


def checklist(*questions: dict[str, object]) -> Checklist:
    return Checklist.model_validate(
        {"id": "demo", "title": said("t"), "introduction": said("i"), "questions": questions}
    )


def asked_if(question: str, *any_of: str) -> dict[str, object]:
    return {"kind": "answer_is", "question": question, "any_of": any_of}


CHAIN = checklist(
    yes_no("Q01"),
    yes_no("Q02", asked_when=asked_if("Q01", "yes")),
    yes_no("Q03", asked_when=asked_if("Q02", "yes")),
    yes_no("Q04"),
)


@st.composite
def conditions(draw, earlier):
    kind = draw(st.sampled_from(["answer_is", "answer_is", "not", "all_of", "any_of"]))
    if kind == "answer_is":
        words = ["yes", "no", "partly", "not_applicable", "unknown", "skipped", *DAYS]
        return asked_if(draw(st.sampled_from(earlier)), *draw(st.lists(st.sampled_from(words), min_size=1, max_size=4)))
    if kind == "not":
        return {"kind": "not", "condition": draw(conditions(earlier))}
    return {"kind": kind, "conditions": [draw(conditions(earlier)) for _ in range(draw(st.integers(1, 2)))]}


@st.composite
def checklists(draw):
    questions: list[dict[str, object]] = []
    for number in range(draw(st.integers(1, 7))):
        earlier = [str(question["id"]) for question in questions]
        question = yes_no(f"Q{number:02}", weight=draw(st.sampled_from(["high", "medium", "low"])))
        if draw(st.booleans()):
            requirement = {"kind": "within_months", "months": 6}
            if earlier and draw(st.booleans()):
                requirement = {"kind": "within_days_of", "days": 30, "question": draw(st.sampled_from(earlier))}
            when = {"when": draw(conditions(earlier))} if earlier and draw(st.booleans()) else {}
            question |= {"kind": "dated", "rules": [{**when, "require": requirement}]}
        if earlier and draw(st.booleans()):
            question["asked_when"] = draw(conditions(earlier))
        questions.append(question)
    return checklist(*questions)


def possible(question) -> tuple[str, ...]:
    return (*DAYS, "unknown", "skipped") if question.kind == "dated" else values(question)


ANY_CHECKLIST = checklists()


@st.composite
def wanderings(draw, of=ANY_CHECKLIST):
    """A checklist and what a person did: answers to asked questions, in any order, some of them again and again."""
    given_checklist = draw(of)
    answers: dict[str, str] = {}
    for _ in range(draw(st.integers(0, 20))):
        question = draw(st.sampled_from(flow.asked(given_checklist, answers)))
        answers = flow.with_answer(given_checklist, answers, question.id, draw(st.sampled_from(possible(question))))
    return given_checklist, answers


def straight_run(of: Checklist, final: dict[str, str]) -> dict[str, str]:
    """The same answers given once each, in the order of the checklist."""
    answers: dict[str, str] = {}
    for question in of.questions:
        if question.id in final:
            assert question.is_asked(answers)
            answers = flow.with_answer(of, answers, question.id, final[question.id])
    return answers


@given(wanderings())
def test_any_order_of_answers_and_changes_is_worth_a_straight_run(wandering):
    given_checklist, answers = wandering
    straight = straight_run(given_checklist, answers)
    assert straight == answers
    assert flow.judge(given_checklist, straight, TODAY) == flow.judge(given_checklist, answers, TODAY)
    assert flow.next_question(given_checklist, straight) == flow.next_question(given_checklist, answers)


@given(wanderings())
def test_no_answer_stays_that_is_not_asked(wandering):
    given_checklist, answers = wandering
    assert set(answers) <= {question.id for question in flow.asked(given_checklist, answers)}


@given(wanderings(), st.data())
def test_a_change_takes_away_only_what_depends_on_it(wandering, data):
    given_checklist, answers = wandering
    if not answers:
        return
    changed = data.draw(st.sampled_from(sorted(answers)))
    question = given_checklist.question(changed)
    after = flow.with_answer(given_checklist, answers, changed, data.draw(st.sampled_from(possible(question))))
    dependants = {changed}
    for later in given_checklist.questions:
        if later.depends_on() & dependants:
            dependants.add(later.id)
    assert {key: value for key, value in answers.items() if key not in dependants}.items() <= after.items()


@given(checklists(), st.data())
def test_every_path_ends(given_checklist, data):
    answers: dict[str, str] = {}
    for _ in given_checklist.questions:
        question = flow.next_question(given_checklist, answers)
        if question is None:
            break
        answers = flow.with_answer(
            given_checklist, answers, question.id, data.draw(st.sampled_from(possible(question)))
        )
    assert flow.next_question(given_checklist, answers) is None


def test_a_change_drops_the_whole_chain_and_nothing_else():
    answers = {"Q01": "yes", "Q02": "yes", "Q03": "no", "Q04": "no"}
    assert flow.with_answer(CHAIN, answers, "Q01", "no") == {"Q01": "no", "Q04": "no"}


def test_what_comes_back_is_asked_again():
    back = flow.with_answer(CHAIN, flow.with_answer(CHAIN, {"Q01": "yes", "Q02": "yes"}, "Q01", "no"), "Q01", "yes")
    question = flow.next_question(CHAIN, back)
    assert question is not None
    assert question.id == "Q02"


def test_a_date_stays_and_is_judged_anew_when_the_date_it_follows_changes():
    of = checklist(
        yes_no("Q01") | {"kind": "dated"},
        yes_no("Q02", weight="high")
        | {"kind": "dated", "rules": [{"require": {"kind": "within_days_of", "days": 30, "question": "Q01"}}]},
    )
    answers = {"Q01": "2026-01-01", "Q02": "2026-01-31"}
    assert flow.judge(of, answers, TODAY)[1].verdict is Verdict.SATISFIED
    changed = flow.with_answer(of, answers, "Q01", "2025-12-31")
    assert changed["Q02"] == "2026-01-31"
    assert flow.judge(of, changed, TODAY)[1].severity == "red"


@pytest.mark.parametrize(
    ("answer", "weight", "severity"),
    [
        ("no", "high", "red"),
        ("no", "medium", "amber"),
        ("no", "low", "advice"),
        ("partly", "high", "amber"),
        ("partly", "medium", "amber"),
        ("partly", "low", "advice"),
        ("yes", "high", None),
        ("not_applicable", "high", None),
        ("unknown", "high", None),
        ("skipped", "low", None),
    ],
)
def test_the_severity_of_a_finding_comes_from_verdict_and_weight(answer, weight, severity):
    of = checklist(yes_no("Q01", weight=weight))
    judged = flow.judge(of, {"Q01": answer}, TODAY)
    assert judged[0].severity == severity
    assert judged[0].open == (answer in ("unknown", "skipped"))
    assert bool(flow.findings(judged)) == (severity is not None)


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("2026-01-31", True),
        ("unknown", True),
        ("skipped", True),
        ("2026-02-30", False),
        ("20260131", False),
        ("yes", False),
    ],
)
def test_a_date_question_accepts_real_iso_dates(value, accepted):
    assert flow.accepts(checklist(yes_no("Q01") | {"kind": "dated"}).questions[0], value) == accepted


@pytest.mark.parametrize(("question", "value"), [("Q01", "perhaps"), ("Q99", "yes")])
def test_what_is_no_answer_is_refused(question, value):
    with pytest.raises(ValueError, match="is no answer to"):
        flow.with_answer(CHAIN, {}, question, value)


def test_every_question_of_the_shipped_checklists_can_be_reached(rulebook: Rulebook):
    for pack in rulebook.packs:
        if pack.checklist:
            assert all(reachable(pack.checklist, question) for question in pack.checklist.questions)


@given(data=st.data())
def test_wandering_through_the_shipped_checklist_is_worth_a_straight_run(rulebook: Rulebook, data):
    shipped = next(pack.checklist for pack in rulebook.packs if pack.checklist)
    given_checklist, answers = data.draw(wanderings(of=st.just(shipped)))
    assert straight_run(given_checklist, answers) == answers
