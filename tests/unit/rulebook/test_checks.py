"""Kinds of questions: what people type, and what an answer means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook.checks.base import Question, Verdict
from hegui.rulebook.checks.choice import Choice
from hegui.rulebook.checks.dated import Dated, months_before, read_date
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.condition import AllOf, AnyOf, Not

TODAY = date(2026, 8, 31)
TEXT = {"zh": "？", "en": "?"}
YES_NO = YesNo.model_validate({"id": "Q01", "kind": "yes_no", "text": TEXT})
CHOICE = Choice.model_validate(
    {
        "id": "Q02",
        "kind": "choice",
        "text": TEXT,
        "choices": [
            {"value": "daily", "label": {"zh": "每天", "en": "Every day"}},
            {"value": "never", "label": {"zh": "从不", "en": "Never"}},
        ],
        "verdicts": [{"value": "never", "verdict": "failed"}, {"value": "daily", "verdict": "satisfied"}],
    }
)


def dated(*rules: dict[str, object]) -> Dated:
    return Dated.model_validate({"id": "Q03", "kind": "dated", "text": TEXT, "rules": rules})


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("是", "yes"), (" 有。", "yes"), ("YES!", "yes"), ("部分", "partly"), ("没有", "no"),
        ("不适用", "not_applicable"),
        ("n/a", "not_applicable"), ("也许", None), ("", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_as_people_say_them(typed, value):
    assert YES_NO.read(typed, "zh") == value


def test_a_question_that_allows_less_offers_and_reads_less():
    strict = YesNo.model_validate({"id": "Q01", "kind": "yes_no", "text": TEXT, "allows": []})
    assert [option.value for option in strict.options()] == ["yes", "no"]
    assert strict.read("部分", "zh") is None
    assert [option.value for option in YES_NO.options()] == ["yes", "partly", "no", "not_applicable"]


@pytest.mark.parametrize(
    ("typed", "value"), [("每天", "daily"), ("every day", "daily"), ("never", "never"), ("often", None)]
)
def test_a_choice_is_read_by_value_or_label(typed, value):
    assert CHOICE.read(typed, "en") == value


@pytest.mark.parametrize(
    ("answer", "verdict"), [("never", Verdict.FAILED), ("daily", Verdict.SATISFIED), ("unknown", Verdict.UNKNOWN)]
)
def test_a_choice_means_what_its_verdicts_say(answer, verdict):
    assert CHOICE.judge({"Q02": answer}, TODAY) is verdict


def test_questions_about_the_enterprise_say_nothing_about_a_duty():
    profile = CHOICE.model_copy(update={"verdicts": ()})
    assert profile.judge({"Q02": "never"}, TODAY) is Verdict.NONE
    assert dated().judge({"Q03": "2026-01-01"}, TODAY) is Verdict.NONE


@pytest.mark.parametrize(
    "typed",
    [
        "2026-05-01",
        "2026/5/1",
        "2026.5.1",
        "2026年5月1日",
        "2026年5月1号",
        "20260501",
        "２０２６-０５-０１",
        " 2026 - 5 - 1 ",
    ],
)
def test_a_date_is_read_in_the_forms_people_type(typed):
    assert dated().read(typed, "zh") == "2026-05-01"


@pytest.mark.parametrize("typed", ["2026-02-30", "明天", "5月1日", "26-5-1", "20261301", ""])
def test_what_is_no_date_is_not_read(typed):
    assert dated().read(typed, "zh") is None


@given(st.dates())
def test_every_iso_date_is_read_as_itself(day):
    assert read_date(day.isoformat()) == day


def test_a_month_ends_on_its_last_day_where_the_number_is_missing():
    assert months_before(TODAY, 6) == date(2026, 2, 28)
    assert months_before(date(2024, 8, 31), 6) == date(2024, 2, 29)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_going_back_by_months_never_goes_forward(day, months):
    assert months_before(day, months) < day
    assert months_before(day, months) >= months_before(day, months + 1)


@pytest.mark.parametrize(
    ("requirement", "answer", "verdict"),
    [
        ({"kind": "at_least_months_ago", "months": 6}, "2026-02-28", Verdict.SATISFIED),
        ({"kind": "at_least_months_ago", "months": 6}, "2026-03-01", Verdict.FAILED),
        ({"kind": "within_months", "months": 12}, "2025-08-31", Verdict.SATISFIED),
        ({"kind": "within_months", "months": 12}, "2025-08-30", Verdict.FAILED),
        ({"kind": "within_months", "months": 12}, "unknown", Verdict.UNKNOWN),
        ({"kind": "within_days_of", "days": 30, "question": "Q09"}, "2026-01-31", Verdict.SATISFIED),
        ({"kind": "within_days_of", "days": 30, "question": "Q09"}, "2026-02-01", Verdict.FAILED),
        ({"kind": "within_days_of", "days": 30, "question": "Q08"}, "2026-02-01", Verdict.UNKNOWN),
    ],
)
def test_a_date_is_judged_by_its_requirement(requirement, answer, verdict):
    answers = {"Q03": answer, "Q09": "2026-01-01", "Q08": "unknown"}
    assert dated({"require": requirement}).judge(answers, TODAY) is verdict


def test_the_first_rule_that_holds_counts_and_none_means_not_applicable():
    def rule(level: str, months: int) -> dict[str, object]:
        when = {"kind": "answer_is", "question": "F05", "any_of": [level]}
        return {"when": when, "require": {"kind": "within_months", "months": months}}

    question = dated(rule("level3", 12), rule("level4", 6))
    answers = {"Q03": "2025-12-01"}
    assert question.judge(answers | {"F05": "level3"}, TODAY) is Verdict.SATISFIED
    assert question.judge(answers | {"F05": "level4"}, TODAY) is Verdict.FAILED
    assert question.judge(answers | {"F05": "level1"}, TODAY) is Verdict.NOT_APPLICABLE
    assert question.depends_on() == {"F05"}
    assert question.options() == ()


def test_conditions_combine():
    yes = {"kind": "answer_is", "question": "Q01", "any_of": ["yes"]}
    no = {"kind": "answer_is", "question": "Q02", "any_of": ["no"]}
    both = AllOf.model_validate({"kind": "all_of", "conditions": [yes, no]})
    either = AnyOf.model_validate({"kind": "any_of", "conditions": [yes, no]})
    neither = Not.model_validate({"kind": "not", "condition": either.model_dump()})
    assert (both.holds({"Q01": "yes"}), either.holds({"Q01": "yes"}), neither.holds({"Q01": "yes"})) == (
        False,
        True,
        False,
    )
    assert both.holds({"Q01": "yes", "Q02": "no"})
    assert neither.holds({"Q01": "unknown"})
    assert both.questions() == either.questions() == neither.questions() == {"Q01", "Q02"}


def test_the_base_of_all_questions_cannot_be_asked_itself():
    base = Question.model_validate({"id": "Q01", "text": TEXT})
    for call in (base.options, lambda: base.read("x", "zh"), lambda: base.judge({}, TODAY)):
        with pytest.raises(TypeError):
            call()
