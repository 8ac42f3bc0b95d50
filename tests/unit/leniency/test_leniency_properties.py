"""What holds for all facts: one outcome, in any order, never worse for correcting; what is missing is exactly that."""

import json
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.leniency.matters import ASSESSOR, PLAIN, RULES, TODAY

from hegui.capabilities.leniency.assessment import CANNOT_SAY, Assessment
from hegui.capabilities.leniency.facts import Facts, read_facts
from hegui.foundation.errors import Refusal

OUTCOMES = {
    "unpunished", "may-be-unpunished", "lesser-or-reduced", "may-be-lesser-or-reduced", "lesser-reduced-or-unpunished",
    "normal", "heavier", "no-penalty-any-more", "cannot-say",
}  # fmt: skip
BEST_FIRST = ("unpunished", "may-be-unpunished", "lesser-or-reduced", "may-be-lesser-or-reduced", "normal", "heavier")
DAYS = st.dates(date(2019, 1, 1), TODAY)
YES_NO = [name for name, value in PLAIN.items() if isinstance(value, bool)]
FIELDS = st.sampled_from(["traffic", "hotels", "network-security"])

priors = st.lists(
    st.fixed_dictionaries(
        {"on": DAYS, "outcome": st.sampled_from(["penalty", "unpunished-minor", "unpunished-first"])},
        optional={"field": FIELDS, "province": st.sampled_from(["CN-33", "CN-36"])},
    ),
    max_size=3,
).map(tuple)
actors = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["unit", "person"]),
        "age": st.integers(0, 90),
        "capacity": st.sampled_from(["full", "limited", "none"]),
    },
)
known: dict[str, st.SearchStrategy[Any]] = {
    "act_ended_on": DAYS,
    "found_on": st.just("none") | DAYS,
    "corrected_on": st.just("none") | DAYS,
    "order_deadline": DAYS,
    "prior": priors,
    "harm": st.sampled_from(["none", "slight", "serious"]),
    **{name: st.booleans() for name in YES_NO},
}
partly = st.fixed_dictionaries(
    {"regime": st.sampled_from(["general", "public-security-punishments"]), "actor": actors},
    optional={
        "locality": st.sampled_from(["CN-33-06-03", "CN-36-01", "CN-11", "CN-44-01"]),
        "field": FIELDS,
        "item": st.sampled_from(["CP1", "CP2", "NC1"]),
        **known,
    },
)


def assess(told: dict[str, Any]) -> Assessment:
    return ASSESSOR.assess(Facts.model_validate({"today": TODAY, **told}), TODAY)


@settings(deadline=None, max_examples=60)
@given(partly)
def test_any_facts_give_one_outcome_and_name_what_is_missing(told: dict[str, Any]) -> None:
    found = assess(told)
    assert found.outcome in OUTCOMES
    assert (found.outcome == CANNOT_SAY) == (len(found.possible) > 1) == (found.row is None)
    deciding = set(found.missing) - {"item"}
    assert bool(deciding) == (found.outcome == CANNOT_SAY)
    for fact in deciding:
        top, _, inner = fact.partition(".")
        missing = told.get(top) is None if not inner else True
        assert missing or top == "actor" or top == "prior"


@settings(deadline=None, max_examples=40)
@given(partly, st.randoms(use_true_random=False))
def test_no_order_of_the_facts_changes_the_result(told: dict[str, Any], shuffling: Any) -> None:
    keys = list(told)
    shuffling.shuffle(keys)
    other = {key: told[key] for key in keys}
    if "prior" in other:
        earlier = list(other["prior"])
        shuffling.shuffle(earlier)
        other["prior"] = tuple(earlier)
    assert assess(other) == assess(told)
    assert read(other) == read(told)


def read(told: dict[str, Any]) -> Facts | str:
    """The facts as a file would give them, or the key of the refusal."""
    source = json.dumps({**told, "prior": None}, default=str).encode()
    try:
        return read_facts(source, RULES.places, TODAY)
    except Refusal as refusal:
        return refusal.key


unknowns = st.sets(st.sampled_from([*YES_NO, "harm", "prior", "corrected_on", "found_on"]), min_size=1, max_size=4)
full = st.fixed_dictionaries(
    {
        "regime": st.sampled_from(["general", "public-security-punishments"]),
        "actor": st.sampled_from([{"kind": "unit"}, {"kind": "person", "age": 30, "capacity": "full"}]),
        "field": st.just("hotels"),
        **known,
        "act_ended_on": st.dates(date(2024, 1, 1), TODAY),
    }
)


def values(fact: str, told: dict[str, Any]) -> list[Any]:
    """Every value that could be filled in, day by day: no cleverness."""
    since = told["act_ended_on"] - timedelta(days=3)
    days = [since + timedelta(days=n) for n in range((TODAY - since).days + 1)]
    match fact:
        case "harm":
            return ["none", "slight", "serious"]
        case "prior":
            return [(), ({"on": told["act_ended_on"], "outcome": "penalty", "field": "hotels"},)]
        case "corrected_on":
            return ["none", *(day for day in days if day >= told["act_ended_on"])]
        case "found_on":
            return ["none", *days]
        case _:
            return [True, False]


def could_be(whole: dict[str, Any], left_out: set[str]) -> bool:
    """Whether what was filled in contradicts nothing: no safety harmed without harm, no order before discovery."""
    if left_out & {"harm", "safety_with_harm"} and whole["harm"] == "none" and whole["safety_with_harm"]:
        return False
    found = whole["found_on"]
    return "found_on" not in left_out or (found != "none" and found <= whole["order_deadline"])


@settings(deadline=None, max_examples=40)
@given(full, unknowns)
def test_what_is_missing_is_what_changes_the_outcome_when_every_value_is_tried(
    told: dict[str, Any], left_out: set[str]
) -> None:
    dates = sorted(left_out & {"corrected_on", "found_on"})
    left_out = left_out - set(dates[1:])  # one of the two dates at a time, so that trying every day stays quick
    told = {**told, "act_ended_on": max(told["act_ended_on"], date(2026, 8, 1)) if dates else told["act_ended_on"]}
    if isinstance(told["corrected_on"], date):
        told["corrected_on"] = max(told["corrected_on"], told["act_ended_on"])
    if dates:
        told["order_deadline"] = told["act_ended_on"] + timedelta(days=20)
    names = sorted(left_out)
    choices = [values(name, told) for name in names]
    tried = {}
    for filling in product(*(range(len(choice)) for choice in choices)):
        filled = {name: choice[number] for name, choice, number in zip(names, choices, filling, strict=True)}
        whole = {**told, **filled}
        if could_be(whole, left_out):
            tried[filling] = assess(whole).outcome
    found = assess({name: value for name, value in told.items() if name not in left_out})
    assert set(found.possible) == set(tried.values())
    assert set(found.missing) - {"item"} == {
        name
        for place, name in enumerate(names)
        for filling, outcome in tried.items()
        for number in range(len(choices[place]))
        if tried.get((*filling[:place], number, *filling[place + 1 :]), outcome) != outcome
    }


WEEK = st.dates(TODAY - timedelta(days=5), TODAY)
ALL_DATES = ("found_on", "corrected_on", "order_deadline")


@settings(deadline=None, max_examples=25)
@given(
    WEEK, st.sets(st.sampled_from(ALL_DATES), min_size=1), st.sampled_from(["none", "slight"]), st.booleans(), st.data()
)
def test_of_dates_too_every_combination_is_tried(
    ended: date, left_out: set[str], harm: str, minor: bool, data: st.DataObject
) -> None:
    """A violation of the last days, so that every day of discovery, order and correction can be tried."""
    days = [ended - timedelta(days=2) + timedelta(days=n) for n in range((TODAY - ended).days + 3)]
    possible: dict[str, list[Any]] = {
        "found_on": ["none", *days],
        "corrected_on": ["none", *(day for day in days if day >= ended)],
        "order_deadline": [*days, TODAY + timedelta(days=5)],
    }
    told = {name: data.draw(st.sampled_from(possible[name])) for name in ALL_DATES if name not in left_out}
    grounds = {**PLAIN, "act_ended_on": ended, "harm": harm, "minor": minor, "order_deadline": None, **told}
    tried = {}
    for filling in product(*(possible[name] for name in sorted(left_out))):
        whole = {**grounds, **dict(zip(sorted(left_out), filling, strict=True))}
        # Whoever ordered it had found it; where it is not found yet, there is as good as no end to the order.
        found_by = TODAY + timedelta(days=5) if whole["found_on"] == "none" else whole["found_on"]
        if whole["order_deadline"] >= found_by:
            tried[filling] = assess(whole).outcome
    found = assess({name: value for name, value in grounds.items() if name not in left_out})
    if tried:
        assert set(found.possible) == set(tried.values())


@settings(deadline=None, max_examples=80)
@given(full)
def test_correcting_in_time_never_makes_it_worse(told: dict[str, Any]) -> None:
    general = {**told, "regime": "general"}
    late = assess({**general, "corrected_on": "none"}).outcome
    timely = assess({**general, "corrected_on": general["act_ended_on"], "order_deadline": TODAY}).outcome
    if late != "no-penalty-any-more":
        assert BEST_FIRST.index(timely) <= BEST_FIRST.index(late)


@settings(deadline=None, max_examples=80)
@given(full, st.sampled_from(["own_initiative", "merit", "no_fault_proved", "confessed_unknown", "coerced_or_tricked"]))
def test_a_fact_in_favour_never_makes_it_worse(told: dict[str, Any], fact: str) -> None:
    general = {**told, "regime": "general"}
    without, having = (assess({**general, fact: value}).outcome for value in (False, True))
    if without != "no-penalty-any-more":
        assert BEST_FIRST.index(having) <= BEST_FIRST.index(without)
