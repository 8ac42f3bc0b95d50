"""Facts from a file: what cannot be used, and what cannot be true together, is said in one sentence that names it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.unit.leniency.matters import RULES, TODAY

from hegui.capabilities import leniency
from hegui.capabilities.leniency.facts import MOST_BYTES, Actor, Facts, Prior, read_facts
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue

FACTS: dict[str, Any] = {
    "regime": "general",
    "act_ended_on": "2026-10-01",
    "today": "2026-11-24",
    "actor": {"kind": "unit"},
    "harm": "none",
    "corrected_on": "2026-11-01",
}
CATALOGUE = Catalogue.load()


def source(**changes: Any) -> bytes:
    return json.dumps({**FACTS, **changes}).encode()


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (source(harmm="none"), "harmm"),
        (source(harm="medium"), "harm"),
        (source(actor={"kind": "firm"}), "actor.kind"),
        (source(actor={"kind": "person", "age": -1}), "actor.age"),
        (source(actor={"kind": "person", "ages": 3}), "actor.ages"),
        (source(actor=7), "actor"),
        (source(minor="yes"), "minor"),
        (source(minor=1), "minor"),
        (source(corrected_on="2026-13-01"), "corrected_on"),
        (source(corrected_on="later"), "corrected_on"),
        (source(act_ended_on="none"), "act_ended_on"),
        (source(prior=[{"on": "2026-01-01", "outcome": "fine"}]), "prior.0.outcome"),
        (source(prior=[{"outcome": "penalty"}]), "prior.0.on"),
        (source(prior={}), "prior"),
        (source(regime="criminal"), "regime"),
        (b"{}", "regime"),
        (source(locality="CN-99"), "CN-99"),
        (source(act_ended_on="2026-11-25", corrected_on=None), "act_ended_on"),
        (source(found_on="2026-11-25"), "found_on"),
        (source(corrected_on="2026-11-25"), "corrected_on"),
        (source(corrected_on="2026-09-30"), "act_ended_on"),
        (source(safety_with_harm=True), "safety_with_harm"),
        (source(prior=[{"on": "2027-01-01", "outcome": "penalty"}]), "prior.0.on"),
        (b"[1", "JSON"),
        (b"[]", "JSON"),
        (b"", "JSON"),
        (b"\xff\xfe{}", "JSON"),
        (b"[" * 20_000, "JSON"),
        (b" " * (MOST_BYTES + 1), "1 MB"),
    ],
)
def test_facts_that_cannot_be_used_are_named(given: bytes, word: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_facts(given, RULES.places, TODAY)
    for language in LANGUAGES:
        said = CATALOGUE.say(language, refused.value.key, **refused.value.params)
        assert word in said
        assert "\n" not in said


def test_a_violation_may_be_found_while_it_goes_on() -> None:
    assert read_facts(source(found_on="2026-09-01"), RULES.places, TODAY).found_on == date(2026, 9, 1)


def test_the_day_is_today_where_the_file_names_none() -> None:
    assert read_facts(source(today=None), RULES.places, date(2026, 12, 1)).today == date(2026, 12, 1)
    assert read_facts(source(), RULES.places, date(2026, 12, 1)).today == TODAY


def test_null_and_left_out_are_the_same() -> None:
    assert read_facts(source(minor=None, prior=None), RULES.places, TODAY) == read_facts(source(), RULES.places, TODAY)


def test_the_page_about_facts_names_every_key_and_its_example_can_be_read() -> None:
    page = (Path(leniency.__file__).parent / "FACTS.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("| `"))
    for key in (*Facts.model_fields, *Actor.model_fields, *Prior.model_fields):
        assert f"`{key}`" in rows
    assert read_facts(page.split("```json\n")[1].split("```")[0].encode(), RULES.places, TODAY).minor
