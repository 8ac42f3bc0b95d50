"""`hegui deadline`, as scripts and people call it."""

import json
from typing import Any

import pytest
from tests.unit.cli.commands import FINDINGS, USAGE, Commands
from typer.testing import CliRunner, Result

from hegui.cli import app, sentence
from hegui.foundation.errors import Refusal


def done(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["deadline", *arguments])


def told(*arguments: str) -> Any:
    return json.loads(done(*arguments, "--json").stdout)


def test_a_period_has_the_shape_that_scripts_read(hegui: Commands) -> None:
    found = hegui.json("deadline", "D57", "--from", "2026-09-28")
    assert {key: found[key] for key in ("id", "from", "due", "provisional", "counted")} == {
        "id": "D57",
        "from": "2026-09-28",
        "due": "2026-10-10",
        "provisional": False,
        "counted": "working",
    }
    assert [(c["law"], c["article"]) for c in found["citations"]] == [
        ("中华人民共和国行政处罚法", 64),
        ("中华人民共和国行政处罚法", 85),
    ]
    assert set(found) == {"id", "from", "due", "provisional", "counted", "citations"}


def test_hours_are_told_in_the_time_of_china() -> None:
    found = told("D02", "--from", "2026-11-24T16:30:00Z")
    assert (found["from"], found["due"]) == ("2026-11-25T00:30:00+08:00", "2026-11-26T00:30:00+08:00")
    assert told("D02", "--from", "2026-11-24")["due"] == "2026-11-25T00:00:00+08:00"


def test_the_law_is_that_of_the_first_day_unless_another_is_named() -> None:
    before, since = (told("D30", "--from", day) for day in ("2026-04-14", "2026-05-12"))
    assert (before["due"], since["due"]) == ("2026-04-20", "2026-05-15")  # five days, then three
    assert told("D30", "--from", "2026-04-14", "--on", "2026-05-01")["due"] == "2026-04-17"
    assert told("D09", "--from", "2025-12-31")["citations"][0]["article"] == 21


def test_people_read_how_it_was_counted() -> None:
    said = done("D58", "--from", "2026-11-20", "--lang", "zh").stdout
    assert "2026年12月7日（周一）" in said
    assert "2026年12月5日（周六） 是休息日，顺延" in said
    assert "第六十七条第三款" in said
    assert "3%" in said
    assert "Provisional" in done("D01", "--from", "2026-12-15", "--lang", "en").stdout
    assert "secondary copy" in done("d10", "--from", "2026-11-02", "--lang", "en").stdout
    assert "2 周" in done("D62", "--from", "2026-11-20", "--length", "两周", "--lang", "zh").stdout


def test_an_order_is_counted_as_it_says(hegui: Commands) -> None:
    refused = hegui("deadline", "D62", "--from", "2026-11-20", "--json")
    assert (refused.returncode, refused.stdout) == (FINDINGS, "")
    assert "--length" in refused.stderr
    assert told("D62", "--from", "2026-11-20", "--length", "15日")["due"] == "2026-12-07"


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("D99", "--from", "2026-11-24"), "deadline.unknown"),
        (("", "--from", "2026-11-24"), "deadline.unknown"),
        (("D31", "--from", "2026-04-01"), "deadline.not_in_force"),
        (("D60", "--from", "2026-11-24", "--to-be-counted", "working"), "deadline.no_working_days"),
    ],
)
def test_what_is_not_held_is_said_in_one_sentence(arguments: tuple[str, ...], key: str) -> None:
    refusal = done(*arguments).exception
    assert isinstance(refusal, Refusal)
    assert refusal.key == key
    assert "\n" not in sentence(refusal)


@pytest.mark.parametrize(
    "arguments",
    [
        ("D01",),
        ("D01", "--from", "soon"),
        ("D01", "--from", "9999-12-31"),
        ("D01", "--from", "2026-02-30"),
        ("D01", "--from", "2026-11-24", "--to-be-counted", "backwards"),
        ("D01", "--from", "2026-11-24", "--length", "15日"),
        ("D62", "--from", "2026-11-24", "--length", "a while"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    result = done(*arguments)
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert result.stderr
