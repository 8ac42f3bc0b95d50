"""Every row of both tables, from the words of the law: what hits it, and what only just does not."""

from datetime import date
from typing import Any

import pytest
from tests.unit.leniency.matters import CORRECTED, GROWN_UP, PUBLIC_SECURITY, UNIT, assessed, penalty

from hegui.rulebook.loader import default_folder, load

HARMLESS = {"harm": "none", "minor": True, **CORRECTED}


def person(**more: Any) -> dict[str, Any]:
    return {"actor": {**GROWN_UP, **more}}


@pytest.mark.parametrize(
    ("changes", "row", "outcome"),
    [
        (person(age=13), "A1", "unpunished"),
        (person(capacity="none"), "A2", "unpunished"),
        ({"act_ended_on": date(2024, 10, 19)}, "A3", "no-penalty-any-more"),
        ({"act_ended_on": date(2024, 10, 20)}, "A11", "normal"),  # found on the last day of two years
        ({"act_ended_on": date(2024, 10, 19), "safety_with_harm": True}, "A11", "normal"),
        ({"act_ended_on": date(2021, 10, 19), "safety_with_harm": True}, "A3", "no-penalty-any-more"),
        ({"act_ended_on": date(2024, 11, 23), "found_on": "none"}, "A3", "no-penalty-any-more"),
        ({"act_ended_on": date(2024, 11, 24), "found_on": "none"}, "A11", "normal"),
        ({"facts_proved": False}, "A4", "unpunished"),
        (HARMLESS, "A5", "unpunished"),
        ({**HARMLESS, "prior": (penalty(date(2026, 9, 1)),)}, "A5", "unpunished"),  # asks for no first time
        ({**HARMLESS, "corrected_on": date(2026, 11, 11)}, "A11", "normal"),  # a day after the order ended
        ({**HARMLESS, "corrected_on": date(2026, 11, 10)}, "A5", "unpunished"),
        ({"no_fault_proved": True}, "A6", "unpunished"),
        (CORRECTED, "A7", "may-be-unpunished"),
        ({**CORRECTED, "harm": "none"}, "A7", "may-be-unpunished"),  # no harm, but not minor
        ({**CORRECTED, "harm": "serious"}, "A11", "normal"),
        ({**CORRECTED, "prior": (penalty(date(2001, 1, 1)),)}, "A11", "normal"),  # without a list no time limit
        ({**CORRECTED, "prior": (penalty(date(2026, 9, 1), field="hotels"),)}, "A7", "may-be-unpunished"),
        ({**CORRECTED, "prior": (penalty(date(2026, 9, 1), outcome="unpunished-first"),)}, "A7", "may-be-unpunished"),
        ({"corrected_on": date(2026, 10, 20), "order_deadline": None}, "A7", "may-be-unpunished"),  # when it was found
        ({"corrected_on": date(2026, 10, 19), "order_deadline": date(2026, 10, 5)}, "A7", "may-be-unpunished"),
        ({"corrected_on": date(2026, 11, 20), "found_on": "none", "order_deadline": None}, "A7", "may-be-unpunished"),
        (person(age=17), "A8", "lesser-or-reduced"),
        (person(age=14), "A8", "lesser-or-reduced"),
        (person(age=18), "A11", "normal"),
        ({"own_initiative": True}, "A9", "lesser-or-reduced"),
        ({"coerced_or_tricked": True}, "A9", "lesser-or-reduced"),
        ({"confessed_unknown": True}, "A9", "lesser-or-reduced"),
        ({"merit": True}, "A9", "lesser-or-reduced"),
        (person(capacity="limited"), "A10", "may-be-lesser-or-reduced"),
        ({}, "A11", "normal"),
        ({"emergency_measures_breached": True}, "A12", "heavier"),
        ({"actor": {**UNIT, "age": 13}}, "A11", "normal"),  # a unit has no age
    ],
)
def test_the_penalty_law_row_by_row(changes: dict[str, Any], row: str, outcome: str) -> None:
    told = assessed(changes)
    assert (told.row, told.outcome, told.missing, told.binding) == (row, outcome, (), False)
    assert [one.id for one in told.rows] == [row]


@pytest.mark.parametrize(
    ("changes", "row", "outcome"),
    [
        (person(age=13), "S1", "unpunished"),
        (person(capacity="none"), "S2", "unpunished"),
        ({"act_ended_on": date(2026, 4, 19)}, "S3", "no-penalty-any-more"),
        ({"act_ended_on": date(2026, 4, 20)}, "none", "normal"),
        ({"act_ended_on": date(2026, 4, 19), "safety_with_harm": True}, "S3", "no-penalty-any-more"),
        ({"settled": True}, "S4", "unpunished"),
        ({"lawful_defence": "within"}, "S5", "unpunished"),
        ({"lawful_defence": "excess"}, "S5", "lesser-or-reduced"),
        ({"lawful_defence": "excess-slight"}, "S5", "unpunished"),
        *(
            ({fact: True}, "S6", "lesser-reduced-or-unpunished")
            for fact in (
                "minor",
                "own_initiative",
                "victim_forgave",
                "coerced_or_tricked",
                "confessed_unknown",
                "merit",
            )
        ),
        ({"admits_and_accepts": True}, "S7", "may-be-lesser-or-reduced"),
        (person(age=17), "S8", "lesser-or-reduced"),
        ({**person(), "blind_or_deaf_mute": True}, "S9", "lesser-reduced-or-unpunished"),
        ({"harm": "serious"}, "S10", "heavier"),
        ({"instigated_or_revenge": True}, "S10", "heavier"),
        ({"prior": (penalty(date(2025, 10, 1), field="hotels"),)}, "S10", "heavier"),  # a year, in any field
        ({"prior": (penalty(date(2025, 9, 30)),)}, "none", "normal"),
        ({"prior": (penalty(date(2026, 9, 1), outcome="unpunished-minor"),)}, "none", "normal"),
        (HARMLESS | {"minor": False}, "none", "normal"),  # it has no row on a first violation
        (person(), "none", "normal"),
    ],
)
def test_the_punishments_law_row_by_row(changes: dict[str, Any], row: str, outcome: str) -> None:
    told = assessed(PUBLIC_SECURITY, changes)
    assert (told.row, told.outcome, told.missing) == (row, outcome, ())


@pytest.mark.parametrize(
    ("changes", "note", "row"),
    [
        ({"lighter_new_law": True}, "lighter_new_law", "A13"),
        ({"several_norms": True}, "several_norms", "A14"),
        ({**CORRECTED, "emergency_measures_breached": True}, "heavier_beside", "A12"),
        (PUBLIC_SECURITY, "unit", "S11"),
        ({**PUBLIC_SECURITY, "settled": True, "harm": "serious"}, "heavier_beside", "S10"),
        ({**PUBLIC_SECURITY, "settled": True, "prior": (penalty(date(2026, 9, 1)),)}, "heavier_beside", "S10"),
        ({**PUBLIC_SECURITY, "facts_proved": False}, "not_proved", "A4"),
    ],
)
def test_what_does_not_decide_is_named_beside_with_its_article(changes: dict[str, Any], note: str, row: str) -> None:
    told = assessed(changes)
    assert (note, row) in {(one.name, one.row) for one in told.notes}
    articles = next(r for table in RULES.leniency for r in table.rows if r.id == row).citations
    assert set(articles) <= set(told.citations)
    assert told.row != row


def test_an_act_before_the_present_text_is_told_apart() -> None:
    assert "older_act" in {note.name for note in assessed(PUBLIC_SECURITY, act_ended_on=date(2025, 12, 31)).notes}
    assert "older_act" not in {note.name for note in assessed(PUBLIC_SECURITY, act_ended_on=date(2026, 1, 1)).notes}


RULES = load(default_folder())
