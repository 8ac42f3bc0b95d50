"""Safe reading of one YAML file of `rules/`.

Files are small, UTF-8, flat enough, and plain: no anchors, no tags, no key twice. Every scalar is read as text and
gets its type from the model, so that `yes`, `on` and `2026.9` mean what stands there.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from hegui.rulebook.problem import Problem, RulesProblem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 30
NOTHING = ("", "~", "null")

M = TypeVar("M", bound=BaseModel)


def source(file: Path, name: str) -> bytes:
    """The bytes of a file that is small enough; `name` is what messages call it."""
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise RulesProblem([Problem(name, None, f"larger than {MAX_BYTES // 1024} KB; split it")])
    return content


def parse(source: bytes, name: str) -> Any:
    """The content as dicts, lists and texts; raises RulesProblem."""
    try:
        text = source.decode("utf-8")
        return _Document(text, name).content()
    except UnicodeDecodeError as error:
        raise RulesProblem([Problem(name, None, f"not UTF-8 (byte {error.start})")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise RulesProblem([Problem(name, mark.line + 1 if mark else None, f"not YAML: {what}")]) from None


def validate(model: type[M], content: Any, source: bytes, name: str) -> M:
    """The content as a model; every fault is told with the line of the node it concerns."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        root = yaml.compose(source.decode("utf-8"), Loader=yaml.CSafeLoader)
        raise RulesProblem(_told(error, root, name)) from None


class _Document:
    """Builds the content from parser events, so that what is forbidden is met before anything is expanded."""

    def __init__(self, text: str, name: str) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self._name = name

    def content(self) -> Any:
        next(self._events)  # start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        content = self._node(next(self._events), 1)
        next(self._events)  # end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refusal(event, "more than one document")
        return content

    def _node(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refusal(event, "anchors and aliases are not allowed")
        if event.tag is not None:
            raise self._refusal(event, "tags are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in NOTHING else event.value
        if depth > MAX_DEPTH:
            raise self._refusal(event, f"nested deeper than {MAX_DEPTH}")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        return self._sequence(depth)

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, str):
                raise self._refusal(event, "a key must be a text")
            if key in found:
                raise self._refusal(event, f"key {key!r} stands twice")
            found[key] = self._node(next(self._events), depth + 1)
        return found

    def _sequence(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._node(event, depth + 1))
        return found

    def _refusal(self, event: Any, message: str) -> RulesProblem:
        return RulesProblem([Problem(self._name, event.start_mark.line + 1, message)])


def _told(error: ValidationError, root: Any, name: str) -> Iterator[Problem]:
    for fault in error.errors(include_url=False, include_context=False):
        place = ".".join(str(part) for part in fault["loc"])
        yield Problem(name, _line(root, fault["loc"]), f"{place}: {fault['msg']}")


def _line(node: Any, place: Sequence[int | str]) -> int | None:
    """The line of the node at a place; parts that name a model of a union stand in no file and are passed over."""
    if node is None:
        return None
    for part in place:
        node = _child(node, part) or node
    return int(node.start_mark.line) + 1


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    return None
