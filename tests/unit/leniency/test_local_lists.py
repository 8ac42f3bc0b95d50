"""Lists of places: windows at their edges, fields, provinces, outcomes, items; and red lines, which have none of it."""

from datetime import date
from typing import Any

import pytest
from tests.unit.leniency.matters import CORRECTED, PUBLIC_SECURITY, RULES, TODAY, assessed, facts, penalty

from hegui.capabilities.leniency.local import list_of
from hegui.capabilities.leniency.pages import AssessmentPage
from hegui.foundation.language.catalogue import Catalogue, Texts

KEQIAO, NANCHANG = {"locality": "CN-33-06-03", **CORRECTED}, {"locality": "CN-36-01-02", **CORRECTED}
TRAFFIC = {"field": "traffic"}
FIRST, NOT_FIRST = "may-be-unpunished", "normal"


@pytest.mark.parametrize(
    ("place", "earlier", "outcome"),
    [
        (KEQIAO, penalty(date(2024, 10, 1)), NOT_FIRST),  # two years back from the end of the act, that day included
        (KEQIAO, penalty(date(2024, 9, 30)), FIRST),
        (KEQIAO, penalty(date(2025, 3, 1), province="CN-36"), FIRST),  # only within the province
        (KEQIAO, penalty(date(2025, 3, 1), province="CN-33-01"), NOT_FIRST),
        (KEQIAO, penalty(date(2025, 3, 1), field="hotels"), FIRST),
        (KEQIAO, penalty(date(2025, 3, 1), outcome="unpunished-minor"), FIRST),
        (KEQIAO, penalty(date(2025, 3, 1), outcome="unpunished-first"), NOT_FIRST),
        (KEQIAO, penalty(date(2024, 5, 24)), FIRST),  # thirty months ago
        (KEQIAO, penalty(date(2026, 10, 2)), FIRST),  # what came after the act is not earlier
        (NANCHANG, penalty(date(2024, 10, 1)), NOT_FIRST),
        (NANCHANG, penalty(date(2024, 9, 30)), FIRST),
        (NANCHANG, penalty(date(2025, 3, 1), province="CN-33"), NOT_FIRST),  # anywhere
        (NANCHANG, penalty(date(2025, 3, 1), outcome="unpunished-minor"), FIRST),
        (NANCHANG, penalty(date(2025, 3, 1), outcome="unpunished-first"), NOT_FIRST),
        (NANCHANG | TRAFFIC, penalty(date(2026, 4, 1), field="traffic"), NOT_FIRST),  # half a year for traffic
        (NANCHANG | TRAFFIC, penalty(date(2026, 3, 31), field="traffic"), FIRST),
        (KEQIAO | TRAFFIC, penalty(date(2026, 3, 31), field="traffic"), NOT_FIRST),
    ],
)
def test_first_means_what_the_list_of_the_place_says(
    place: dict[str, Any], earlier: dict[str, Any], outcome: str
) -> None:
    assert assessed(place, prior=(earlier,)).outcome == outcome


@pytest.mark.parametrize(
    ("locality", "today", "used"),
    [
        ("CN-33-06-03", TODAY, "keqiao-2022"),
        ("CN-33-06", TODAY, None),  # the district's list is not the city's
        ("CN-36-01", TODAY, "nanchang-2023"),
        ("CN-36-01", date(2022, 5, 9), None),
        ("CN-36-01", date(2022, 5, 10), "nanchang-2023"),
        ("CN-11-01-05", TODAY, "beijing-2022"),
        ("CN-44-01", TODAY, None),  # only a draft
        (None, TODAY, None),
    ],
)
def test_the_list_is_that_of_the_place_and_the_day(locality: str | None, today: date, used: str | None) -> None:
    found = list_of(facts(locality=locality), RULES.leniency_lists, today)
    assert (found.id if found else None) == used


def test_where_no_list_is_held_the_nation_counts_and_that_is_said() -> None:
    for locality, note in (("CN-33-06", "no_list"), (None, "no_locality")):
        told = assessed(CORRECTED, locality=locality)
        assert (told.locality, told.outcome) == ("CN", FIRST)
        assert note in {one.name for one in told.notes}
    assert assessed(KEQIAO).locality == "CN-33-06-03"
    assert assessed(NANCHANG).locality == "CN-36-01"


def test_an_item_that_may_stand_on_the_list_is_asked_for_but_stops_nothing() -> None:
    assert assessed(KEQIAO).missing == ("item",)
    assert assessed(KEQIAO, item="whatever").missing == ("item",)
    assert assessed(NANCHANG, item="NC2").missing == ()
    assert assessed(KEQIAO, corrected_on="none").missing == ()  # the list does not matter where the row is another


def test_nanchang_says_must_and_the_result_says_so() -> None:
    told = assessed(NANCHANG)
    assert told.outcome == "may-be-unpunished"
    assert "list_must" in {note.name for note in told.notes}


def test_the_punishments_law_knows_no_list_of_first_violations() -> None:
    told = assessed(PUBLIC_SECURITY, KEQIAO)
    assert (told.listed, told.locality) == (None, "CN")


@pytest.mark.parametrize(
    "item", ["CP1", "C23", "无备案购买硫酸", "purchase_without_filing", "hzp3", "Unlicensed-Purchase"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_red_line_is_never_called_a_first_violation(item: str, language: Any) -> None:
    catalogue = Catalogue.load()
    for harm in ("none", "slight"):
        told = assessed(KEQIAO, item=item, harm=harm, minor=harm == "none")
        assert told.row != "A7"
        said = "\n".join(AssessmentPage(RULES, Texts(catalogue, language), told).lines())
        allowed = RULES.leniency_table("general")
        assert allowed
        assert allowed.red_lines
        rest = said.replace(allowed.red_lines.why.say(language), "")
        assert not any(word in rest for word in ("首违", "初次违法", "第一次", "first violation", "first time"))


@pytest.mark.parametrize("item", ["CP2", "C03", "C11", "台账不全", "no ledger"])
def test_faults_of_ledgers_and_systems_are_no_red_line(item: str) -> None:
    assert assessed(KEQIAO, item=item).row == "A7"
