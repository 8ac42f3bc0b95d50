"""What a re-check takes over, and how a difference is explained."""

from datetime import UTC, datetime

import pytest
from tests.unit.self_check.small_check import small_pack

from hegui.capabilities.self_check import decisions
from hegui.capabilities.self_check.model import Run, Sheet, Snapshot

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ANSWERS = {"F01": "office", "Q01": "yes", "Q02": "2026-01-01", "Q04": "unknown"}


def sheet(answers: dict[str, str], finished_at: datetime = NOW, **changes: dict[str, object]) -> Sheet:
    pack = small_pack(**changes)
    assert pack.checklist
    run = Run(
        id="r",
        person="p",
        enterprise=None,
        pack="small",
        rules_digest="d",
        snapshot="s",
        started_at=NOW,
        updated_at=NOW,
        finished_at=finished_at,
        state="finished",
    )
    return Sheet(run, Snapshot.of(pack, pack.checklist), answers)


def causes(old: Sheet, new: Sheet) -> dict[str, tuple[str, ...]]:
    return {one.question.id: one.causes for one in decisions.differences(old, new, NOW)}


def test_what_was_left_open_is_asked_again():
    assert decisions.carried_over(sheet(ANSWERS), sheet({}).snapshot) == {
        "F01": "office",
        "Q01": "yes",
        "Q02": "2026-01-01",
    }


def test_a_question_that_changed_is_asked_again_with_what_hangs_on_it():
    changed = sheet({}, Q01={"text": {"zh": "另问？", "en": "Asked otherwise?"}})
    assert decisions.carried_over(sheet(ANSWERS), changed.snapshot) == {"F01": "office"}


def test_the_same_run_shows_no_difference():
    assert causes(sheet(ANSWERS), sheet(ANSWERS)) == {}


def test_a_changed_answer_is_yours():
    assert causes(sheet(ANSWERS), sheet({**ANSWERS, "Q04": "no"})) == {"Q04": ("you",)}


def test_a_changed_article_is_the_laws():
    article = {"citations": [{"law": "csl", "article": 27, "version": "2026-01-01"}]}
    assert causes(sheet(ANSWERS), sheet(ANSWERS, Q01=article)) == {"Q01": ("law",)}


def test_a_stricter_measure_is_the_laws():
    stricter = {"rules": [{"require": {"kind": "at_least_months_ago", "months": 12}}]}
    assert causes(sheet(ANSWERS), sheet(ANSWERS, Q02=stricter)) == {"Q02": ("law",)}


def test_another_wording_is_the_questions():
    assert causes(sheet(ANSWERS), sheet(ANSWERS, Q04={"text": {"zh": "另问？", "en": "Other?"}})) == {
        "Q04": ("question",)
    }


def test_a_verdict_that_only_time_explains_is_times():
    early = datetime(2026, 5, 1, tzinfo=UTC)
    assert causes(sheet(ANSWERS, early), sheet(ANSWERS)) == {"Q02": ("time",)}


@pytest.mark.parametrize("question", ["F02", "Q03"])
def test_questions_asked_in_neither_run_are_not_told(question):
    changed = {question: {"text": {"zh": "另问？", "en": "Other?"}}}
    assert causes(sheet(ANSWERS), sheet(ANSWERS, **changed)) == {}
