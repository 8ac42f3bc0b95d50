"""`hegui leniency`, as scripts and people call it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands

FACTS: dict[str, Any] = {
    "regime": "general",
    "locality": "CN-33-06-03",
    "field": "network-security",
    "act_ended_on": "2026-10-01",
    "found_on": "2026-10-20",
    "today": "2026-11-24",
    "actor": {"kind": "unit"},
    "facts_proved": True,
    "no_fault_proved": False,
    "minor": True,
    "harm": "none",
    "corrected_on": "2026-11-01",
    "order_deadline": "2026-11-10",
    "prior": [],
}


def file_of(folder: Path, facts: dict[str, Any]) -> str:
    file = folder / "facts.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    return str(file)


def test_an_assessment_has_the_shape_that_scripts_read(hegui: Commands, tmp_path: Path) -> None:
    told = hegui.json("leniency", "--facts", file_of(tmp_path, FACTS))
    assert set(told) == {"outcome", "row", "binding", "reasons", "missing", "citations", "locality"}
    assert (told["outcome"], told["row"], told["binding"], told["missing"]) == ("unpunished", "A5", False, [])
    assert told["locality"] == "CN-33-06-03"
    assert [(c["law"], c["article"], c["paragraph"]) for c in told["citations"]] == [
        ("中华人民共和国行政处罚法", 33, 1)
    ]


def test_what_cannot_be_said_names_the_facts_that_would_decide(hegui: Commands, tmp_path: Path) -> None:
    told = hegui.json("leniency", "--facts", file_of(tmp_path, {**FACTS, "harm": None, "no_fault_proved": True}))
    assert (told["outcome"], told["missing"]) == ("unpunished", [])  # A5 or A6, whatever the harm
    told = hegui.json("leniency", "--facts", file_of(tmp_path, {**FACTS, "facts_proved": None, "minor": False}))
    assert (told["outcome"], told["row"]) == ("cannot-say", None)
    assert told["missing"] == ["facts_proved", "item"]


def test_people_read_a_page_in_their_language(hegui: Commands, tmp_path: Path) -> None:
    file = file_of(tmp_path, FACTS)
    done = hegui("leniency", "--facts", file, "--lang", "en")
    assert done.returncode == FINE
    assert "Administrative Penalty Law, Art. 33, para. 1" in done.stdout
    assert "no promise" in done.stdout
    assert "由公安机关" in hegui("leniency", "--facts", file, "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("facts", "word"),
    [({**FACTS, "harmm": "none"}, "harmm"), ({**FACTS, "corrected_on": "2026-11-25"}, "corrected_on")],
)
def test_facts_that_cannot_be_used_are_named_in_one_sentence(
    hegui: Commands, tmp_path: Path, facts: Any, word: str
) -> None:
    done = hegui("leniency", "--facts", file_of(tmp_path, facts), "--json")
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_wrong_usage(hegui: Commands, tmp_path: Path) -> None:
    for arguments in ((), ("--facts", str(tmp_path / "none.json")), ("--facts", str(tmp_path))):
        assert hegui("leniency", *arguments).returncode == USAGE
