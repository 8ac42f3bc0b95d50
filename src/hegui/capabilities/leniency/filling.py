"""Tries all ways of filling in what is not known, and finds out which of the unknown facts change the outcome. Pure.

The stages of a table are asked in order; a stage that needs a fact which is not known raises `Unknown` with the values
that make a difference, and each of them is tried. Equal results are one node, so a fact whose values all lead to the
same result leaves no node behind: what stays in the diagram is exactly what can change the outcome. Stages read facts
in one order, and what no later stage reads is forgotten, so the work stays small.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

V = TypeVar("V", bound=Hashable)


class Unknown(Exception):
    """A fact that is needed and not known, with the values to try."""

    def __init__(self, fact: str, values: Sequence[Any]) -> None:
        super().__init__(fact)
        self.fact = fact
        self.values = values


@dataclass(slots=True)
class Tried:
    """Values tried so far in place of facts that are not known."""

    values: dict[str, Any]

    def get(self, fact: str, known: V | None, values: Sequence[V] | Callable[[], Sequence[V]]) -> V:
        """What is known, else what is being tried; raises Unknown where nothing is yet.

        Values that take work to find are given as a function, which is called only where they are needed.
        """
        if known is not None:
            return known
        if fact in self.values:
            tried: V = self.values[fact]
            return tried
        raise Unknown(fact, values() if callable(values) else values)


class Hit(NamedTuple):
    """A row that fits, and what follows from it."""

    row: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a table: the rows it looks at, and the facts (or earlier results) that it reads."""

    decide: Callable[[Tried], Hit | None]
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filled:
    """Every outcome that is possible with its rows, and the facts that decide between them."""

    outcomes: Mapping[str, tuple[str, ...]]
    deciding: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    outcome: str | None = None
    fact: str = ""
    children: tuple["_Node", ...] = ()


@dataclass(slots=True)
class _Search:
    stages: Sequence[Stage]
    later: Sequence[frozenset[str]]
    nodes: dict[Hashable, _Node] = field(default_factory=dict)
    seen: dict[Hashable, _Node] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, number: int, values: dict[str, Any]) -> _Node:
        kept = {name: value for name, value in values.items() if name in self.later[number]}
        key = (number, frozenset(kept.items()))
        if key not in self.seen:
            self.seen[key] = self.step(number, kept)
        return self.seen[key]

    def step(self, number: int, values: dict[str, Any]) -> _Node:
        try:
            hit = self.stages[number].decide(Tried(values))
        except Unknown as asked:
            tried = tuple(self.walk(number, {**values, asked.fact: value}) for value in asked.values)
            return tried[0] if len(set(map(id, tried))) == 1 else self.node((asked.fact, *map(id, tried)), asked, tried)
        if hit is None:
            return self.walk(number + 1, values)
        rows = self.rows.setdefault(hit.outcome, [])
        if hit.row not in rows:
            rows.append(hit.row)
        return self.nodes.setdefault(hit.outcome, _Node(outcome=hit.outcome))

    def node(self, key: Hashable, asked: Unknown, children: tuple[_Node, ...]) -> _Node:
        return self.nodes.setdefault(key, _Node(fact=asked.fact, children=children))


def fill(stages: Sequence[Stage]) -> Filled:
    """All outcomes of a table. Its last stage must always hit."""
    later, reads = [], frozenset[str]()
    for stage in reversed(stages):
        reads |= stage.reads
        later.append(reads)
    search = _Search(stages, later[::-1])
    root = search.walk(0, {})
    return Filled({name: tuple(rows) for name, rows in search.rows.items()}, _facts(root))


def _facts(root: _Node) -> frozenset[str]:
    """The facts that stand in the diagram."""
    found = set()
    waiting, met = [root], {id(root)}
    while waiting:
        node = waiting.pop(0)
        if node.fact:
            found.add(node.fact)
        for child in node.children:
            if id(child) not in met:
                met.add(id(child))
                waiting.append(child)
    return frozenset(found)
