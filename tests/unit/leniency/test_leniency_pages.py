"""What people read: never a promise, always who decides; what to prepare, and what changes by day."""

from datetime import date
from typing import Any

import pytest
from tests.unit.leniency.matters import CORRECTED, PUBLIC_SECURITY, RULES, assessed

from hegui.capabilities.leniency.assessment import Assessment
from hegui.capabilities.leniency.facts import Facts
from hegui.capabilities.leniency.pages import AssessmentPage
from hegui.foundation.language.catalogue import Catalogue, Language, Texts

CATALOGUE = Catalogue.load()
POLICE_DECIDE = {"zh": "由公安机关", "en": "police"}
PROMISES = ("保证不", "一定不罚", "肯定不", "不会被罚", "will not be punished", "guarantee", "will be unpunished")


def said(told: Assessment, language: Language = "zh") -> str:
    return "\n".join(AssessmentPage(RULES, Texts(CATALOGUE, language), told).lines())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        CORRECTED,
        {**CORRECTED, "harm": "none", "minor": True},
        {"facts_proved": None},
        {"prior": None, **CORRECTED},
        {**CORRECTED, "locality": "CN-36-01", "item": "NC2"},
        {"emergency_measures_breached": True},
        {"act_ended_on": date(2020, 1, 1)},
        PUBLIC_SECURITY,
        {**PUBLIC_SECURITY, "minor": None},
    ],
)
def test_every_text_says_that_the_police_decide_and_promises_nothing(
    changes: dict[str, Any], language: Language
) -> None:
    text = said(assessed(changes), language)
    assert text.count(POLICE_DECIDE[language]) >= 2
    assert not any(word in text for word in PROMISES)


def test_each_missing_fact_comes_with_what_proves_it() -> None:
    told = assessed(prior=None, harm=None, **CORRECTED)
    text = said(told)
    assert set(told.missing) == {"prior", "harm"}
    assert "处罚记录查询结果" in text
    assert "没有投诉、损失、泄露的说明" in text
    for name in Facts.model_fields.keys() - {"regime", "today", "actor", "prior"}:
        if CATALOGUE.has(f"leniency.fact.{name}"):
            assert name in CATALOGUE.say("zh", f"leniency.fact.{name}")


def test_the_papers_of_the_row_are_named_and_what_speaks_against_it() -> None:
    text = said(assessed(CORRECTED))
    assert "A7 要准备的材料" in text
    assert "A7 要当心" in text
    assert "第三十三条第一款" in text


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2026, 11, 27), "还剩 3 个工作日"),
        (date(2026, 11, 30), "还剩 4 个工作日"),
        (date(2026, 11, 24), "是最后一天"),
        (date(2026, 11, 23), "已经过了"),
    ],
)
def test_the_time_left_by_an_order_is_told_day_by_day(deadline: date, words: str) -> None:
    assert words in said(assessed(order_deadline=deadline))


def test_it_says_which_row_correcting_would_reach() -> None:
    assert "现在改好的话，对照的是 A7" in said(assessed(order_deadline=date(2026, 11, 27)))
    assert "现在改好的话" not in said(assessed(order_deadline=date(2026, 11, 27), harm="serious"))
    assert "现在改好的话" not in said(assessed(order_deadline=date(2026, 11, 27), item="CP1"))


def test_what_was_not_found_yet_is_better_corrected_now() -> None:
    told = assessed(found_on="none", order_deadline=None)
    assert {"before_discovery", "if_corrected"} <= {note.name for note in told.notes}
    assert "after_discovery" in {note.name for note in assessed(order_deadline=None).notes}


def test_correction_after_discovery_without_an_order_is_not_known_to_be_in_time() -> None:
    told = assessed(CORRECTED, order_deadline=None)
    assert (told.outcome, told.missing) == ("cannot-say", ("order_deadline",))
    assert told.possible == {"may-be-unpunished": ("A7",), "normal": ("A11",)}


def test_what_does_not_matter_is_not_asked_for() -> None:
    told = assessed(facts_proved=False, minor=None, harm=None, corrected_on=None, prior=None)
    assert (told.outcome, told.missing) == ("unpunished", ())
    same = assessed(minor=None, no_fault_proved=True, harm="none", **CORRECTED)
    assert (same.outcome, same.row, same.missing) == ("unpunished", "A5", ())  # A5 or A6: both say the same
    assert [row.id for row in same.rows] == ["A5", "A6"]
