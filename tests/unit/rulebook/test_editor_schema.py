"""JSON schemas for editors: kept beside the rules, up to date, whole, and out of the loader's way."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.rulebook.rules_folder import write

from hegui.rulebook import files
from hegui.rulebook.editor_schema import DEFINED, as_text, schemas
from hegui.rulebook.loader import SHARED, TABLES, default_folder, load

KEPT = default_folder() / "schema"


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_kept_beside_the_rules_are_up_to_date(name):
    text = (KEPT / f"{name}.json").read_text(encoding="utf-8")
    assert text == as_text(schemas()[name]), "run: hegui rules schema --out rules/schema"


def test_every_kind_of_file_has_a_schema_and_no_other():
    shared = {name.removesuffix(".yaml") for name in SHARED if name not in TABLES}
    kinds = {*shared, "calendar", "leniency", "leniency-lists", "pack", *files.PackParts.model_fields}
    assert set(schemas()) == kinds == {file.stem for file in KEPT.iterdir()}


@pytest.mark.parametrize("name", schemas())
def test_a_schema_holds_what_it_refers_to_and_nothing_else(name):
    schema = schemas()[name]
    assert {reference.removeprefix(DEFINED) for reference in references(schema)} == set(schema["$defs"])


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from references(one)


def test_a_schema_refuses_unknown_keys_and_knows_what_must_be_there():
    duty = schemas()["obligations"]["$defs"]["Obligation"]
    assert duty["additionalProperties"] is False
    assert {"id", "title", "duty", "citations"} <= set(duty["required"])
    assert schemas()["obligations"]["required"] == ["obligations"]
    assert schemas()["pack"]["properties"]["id"]["pattern"]


def test_what_is_text_may_look_like_a_number_or_a_switch():
    answers = schemas()["examples"]["$defs"]["Example"]["properties"]["answers"]
    assert answers["additionalProperties"]["type"] == ["string", "number", "boolean"]


def test_the_loader_passes_schemas_by(tmp_path):
    folder = write(tmp_path / "rules")
    before = load(folder).digest
    (folder / "schema").mkdir()
    (folder / "schema" / "laws.json").write_text(json.dumps({}), encoding="utf-8")
    assert load(folder).digest == before
