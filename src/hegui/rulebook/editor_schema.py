"""JSON schemas of the files of `rules/`: an editor then knows the keys and marks what is wrong while one types (pure).

They follow from the models. Every scalar of a file is read as text and gets its type from the model, so what is text
there may look like a number or a switch to the editor.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from hegui.rulebook import files
from hegui.rulebook.leniency import LeniencyTable
from hegui.rulebook.leniency_list import LeniencyList
from hegui.rulebook.pack import Pack
from hegui.rulebook.working_days import CalendarYear

Schema = dict[str, Any]

WHOLE: Mapping[str, type[BaseModel]] = {
    "laws": files.Laws,
    "glossary": files.Glossary,
    "decoys": files.Decoys,
    "ledger_headers": files.Headers,
    "reminders": files.Reminders,
    "answering": files.Answering,
    "facts": files.Facts,
    "signatures": files.Signatures,
    "calendar": CalendarYear,
    "leniency": LeniencyTable,
    "leniency-lists": LeniencyList,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = ["string", "number", "boolean"]
DEFINED = "#/$defs/"


def schemas() -> Mapping[str, Schema]:
    """One schema for each kind of file, by the name of the file or of its folder."""
    found = {name: _readable(model.model_json_schema()) for name, model in WHOLE.items()}
    head = Pack.model_json_schema()
    found["pack"] = _readable(_only(head, files.PackHead.model_fields, head["required"]))
    parts = files.PackParts.model_json_schema()
    for name in files.PackParts.model_fields:
        found[name] = _readable(_only(parts, (name,), (name,)))
    return found


def as_text(schema: Schema) -> str:
    """What stands in a file of `rules/schema/`."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _only(schema: Schema, names: Any, required: Any) -> Schema:
    """The schema of an object with these properties alone."""
    properties = {name: schema["properties"][name] for name in names}
    return {**schema, "properties": properties, "required": [name for name in required if name in properties]}


def _readable(schema: Schema) -> Schema:
    """With the dialect named, scalars of any look, and only the definitions that are used."""
    plain = {name: _node(value) for name, value in schema.items() if name not in ("$defs", "title", "description")}
    defined = {name: _node(value) for name, value in schema.get("$defs", {}).items()}
    used = _used(plain, defined)
    return {"$schema": DIALECT, **plain, "$defs": {name: one for name, one in defined.items() if name in used}}


def _node(node: Any) -> Any:
    if isinstance(node, list):
        return [_node(one) for one in node]
    if not isinstance(node, dict):
        return node
    # A title is one of the model's own making; what is a dict is a property of that name.
    kept = {name: _node(value) for name, value in node.items() if name != "title" or isinstance(value, dict)}
    return {**kept, "type": SCALAR} if kept.get("type") == "string" else kept


def _used(schema: Schema, defined: Mapping[str, Any]) -> set[str]:
    """Names of the definitions that the schema needs, directly or through others."""
    used: set[str] = set()
    waiting: list[Any] = [schema]
    while waiting:
        fresh = set(_named(waiting.pop())) - used
        used |= fresh
        waiting.extend(defined[name] for name in fresh)
    return used


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix(DEFINED)
        for value in node.values():
            yield from _named(value)
    elif isinstance(node, list):
        for one in node:
            yield from _named(one)
