"""rules/README.md names every kind, validator and file there is, and none that is not."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from hegui.rulebook import condition, files
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks import dated
from hegui.rulebook.lint import VALIDATORS, statutes
from hegui.rulebook.text import Status

README = (Path(__file__).parents[2] / "rules" / "README.md").read_text(encoding="utf-8")


def rows_after(header: str) -> set[str]:
    """The names in the first column of the table with this header."""
    table = README.split(f"| {header} |", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))


def kinds(union: Any) -> set[str]:
    """The values of `kind` of the models in a discriminated union."""
    return {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(union)[0])}


@pytest.mark.parametrize(
    ("header", "union"),
    [("Kind", AnyQuestion), ("Requirement", dated.Requirement), ("Condition", condition.Condition)],
)
def test_every_kind_is_described(header, union):
    assert rows_after(header) == kinds(union)


def test_every_validator_is_described():
    assert rows_after("Validator") == {*VALIDATORS, statutes.__name__.rsplit(".", 1)[-1]}


def test_every_validator_file_is_in_the_list():
    shared = {"__init__", "fault", "walk"}
    present = {file.stem for file in Path(statutes.__file__).parent.glob("*.py")} - shared
    assert present == {*VALIDATORS, "statutes"}


def test_every_status_is_described():
    assert rows_after("Status") == set(Status)


def test_every_file_of_a_pack_is_described():
    told = {name.removeprefix("PACK/").removesuffix(".yaml") for name in rows_after("File") if name.startswith("PACK/")}
    assert told == {"pack", *files.PackParts.model_fields}
