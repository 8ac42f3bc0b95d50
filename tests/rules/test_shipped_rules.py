"""The rules that ship: no fault, all examples hold, one version of a law on any day, quick to load."""

from collections import Counter
from datetime import date, time
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook.examples import run_examples
from hegui.rulebook.lint import check
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.pack import Rulebook

# From the table of well-known pairs: the old number of the Cybersecurity Law and the new one.
MERGED = {"csl": {64, 66, 70}}  # into the new Article 71
WELL_KNOWN = {21: 23, 24: 26, 25: 27, 47: 49, 59: 61, 61: 64}


def test_the_shipped_rules_have_no_fault(rulebook: Rulebook):
    assert [str(fault) for fault in check(rulebook)] == []


def test_every_example_leads_to_its_findings(rulebook: Rulebook):
    results = [result for pack in rulebook.packs for result in run_examples(pack)]
    assert len(results) >= 20
    assert [result for result in results if result.problems] == []


def test_loading_twice_gives_the_same_rulebook(rulebook: Rulebook):
    again = load(default_folder())
    assert again == rulebook
    assert again.digest == rulebook.digest


def test_a_rulebook_written_and_read_again_is_equal(rulebook: Rulebook):
    assert Rulebook.model_validate_json(rulebook.model_dump_json()) == rulebook


def test_loading_is_quick():
    """Well below what a person would notice; the limit leaves room for a busy machine."""
    started = perf_counter()
    load(default_folder())
    assert perf_counter() - started < 2.0


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_on_any_day_at_most_one_version_of_a_law_holds(rulebook: Rulebook, day):
    for law in rulebook.laws:
        holding = [v for v in law.versions if v.effective <= day and (v.until is None or day < v.until)]
        assert len(holding) <= 1
        assert law.version_on(day) == (holding[0] if holding else None)


def test_no_two_laws_go_by_the_same_name(rulebook: Rulebook):
    names = [name for law in rulebook.laws for name in {law.title, *law.short}]
    assert len(names) == len(set(names))
    english = [name for law in rulebook.laws for name in {law.english, *law.english_short}]
    assert len(english) == len(set(english))


@pytest.mark.parametrize(("old", "new"), WELL_KNOWN.items())
def test_well_known_articles_of_the_cybersecurity_law_moved_as_known(rulebook: Rulebook, old, new):
    law = rulebook.law("csl")
    assert law is not None
    assert law.renumbered[0].articles[old] == new


def test_renumbering_leads_no_two_articles_to_one_unless_they_were_merged(rulebook: Rulebook):
    for law in rulebook.laws:
        for table in law.renumbered:
            taken = Counter(table.articles.values())
            merged = {old for old, new in table.articles.items() if taken[new] > 1}
            assert merged == MERGED.get(law.id, set())
            assert not set(table.gone) & set(table.articles)


def test_reminders_come_in_the_morning_in_china(rulebook: Rulebook):
    ladder = next(one for one in rulebook.reminder_ladders if one.id == "deadline")
    assert ladder.leads_working_days == (7, 3, 1, 0, -1, -5, -10, -20)
    assert ladder.at == time(9)
    assert ZoneInfo(ladder.zone)


def test_the_glossary_says_each_word_once(rulebook: Rulebook):
    assert len(rulebook.glossary) >= 40
    for language in ("zh", "en"):
        words = [term.term.say(language) for term in rulebook.glossary]
        assert len(words) == len(set(words))
