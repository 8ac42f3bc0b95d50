"""An entry as a flat list of its fields, so that two of them can be compared (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from hegui.rulebook import citing
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language

Path = tuple[str, ...]

# Entries of their own: not compared as a part of what holds them.
APART: Mapping[str, frozenset[str]] = {
    "Pack": frozenset({"obligations", "ladders", "periods", "asked_as", "examples", "digest"}),
    "Checklist": frozenset({"questions"}),
    "DocumentKind": frozenset({"elements"}),
    "ChemicalCatalogue": frozenset({"chemicals"}),
    "LeniencyTable": frozenset({"rows"}),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field as people read it; `exact` is what the words leave out."""

    text: str
    exact: str = ""

    def say(self, exactly: bool) -> str:
        return f"{self.text} ({self.exact})" if exactly and self.exact else self.text


Fields = Mapping[Path, Leaf]


def leaves(node: Any, rulebook: Rulebook, language: Language, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every field below a node that says something, with the way to it."""
    if isinstance(node, tuple) and any(isinstance(one, Citation) for one in node):
        versions = ", ".join(str(citation.version) for citation in node)
        yield path, Leaf(citing.cite_all(rulebook, node, language), versions)
    elif isinstance(node, tuple) and not any(isinstance(one, BaseModel | tuple) for one in node):
        if node:
            yield path, Leaf(", ".join(map(str, node)))
    elif isinstance(node, BaseModel | Mapping | tuple):
        for name, child in _children(node):
            yield from leaves(child, rulebook, language, (*path, name))
    elif node is not None:
        yield path, Leaf(str(node))


def _children(node: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a node by their names; those of a list by their ids, or by their places counted from one."""
    if isinstance(node, BaseModel):
        apart = APART.get(type(node).__name__, frozenset())
        yield from ((name, getattr(node, name)) for name in type(node).model_fields if name not in apart)
    elif isinstance(node, Mapping):
        yield from ((str(name), value) for name, value in node.items())
    else:
        yield from ((str(getattr(one, "id", place)), one) for place, one in enumerate(node, 1))
