"""Reads an OSCAL file with care: it comes from elsewhere and may be anything."""

import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hegui.foundation.errors import HeguiError
from hegui.rulebook import reading
from hegui.rulebook.oscal.model import Catalog
from hegui.rulebook.problem import RulesProblem

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 60
HALF = re.compile("[\ud800-\udfff]")


class NotOscal(HeguiError):
    """The file cannot be taken over; the text is one sentence that says why."""


def open_catalog(file: Path) -> Catalog:
    """The catalog in a JSON or YAML file; raises NotOscal."""
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise NotOscal(f"{file.name} is larger than {MAX_BYTES // 1024**2} MB.")
    return as_catalog(content, file.name)


def as_catalog(content: bytes, name: str) -> Catalog:
    told = _parsed(content, name)
    if not isinstance(told, dict):
        raise NotOscal(f"{name} is not an OSCAL catalog.")
    if "profile" in told:
        raise NotOscal(f"{name} is an OSCAL profile that is not resolved yet; resolve it into a catalog first.")
    if "catalog" not in told:
        raise NotOscal(f"{name} is not an OSCAL catalog: it has no key 'catalog'.")
    _refuse_odd(told, name)
    try:
        return Catalog.model_validate(told["catalog"])
    except ValidationError as wrong:
        first, *others = wrong.errors(include_url=False, include_context=False, include_input=False)
        place = ".".join(map(str, ("catalog", *first["loc"])))
        more = f" ({len(others)} more)" if others else ""
        raise NotOscal(f"{name} is not an OSCAL catalog: {place}: {first['msg']}{more}.") from None


def _parsed(content: bytes, name: str) -> Any:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        raise NotOscal(f"{name} looks like XML; only OSCAL in JSON or YAML is read.")
    try:
        return json.loads(content.decode("utf-8-sig")) if start and start in b"{[" else reading.parse(content, name)
    except RecursionError:
        raise NotOscal(f"{name} is nested deeper than {MAX_DEPTH}.") from None
    except RulesProblem as problem:
        raise NotOscal(f"{str(problem).splitlines()[0]}.") from None
    except ValueError as wrong:
        raise NotOscal(f"{name} is not JSON: {str(wrong).splitlines()[0]}.") from None


def _refuse_odd(told: Any, name: str) -> None:
    """Level by level, so that the depth of the file is not a depth of calls. Half characters cannot be written."""
    level, depth = [told], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise NotOscal(f"{name} is nested deeper than {MAX_DEPTH}.")
        if any(isinstance(node, str) and HALF.search(node) for node in level):
            raise NotOscal(f"{name} holds half a character (an unpaired surrogate).")
        level = [child for node in level for child in _children(node)]


def _children(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
