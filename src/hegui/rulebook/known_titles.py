"""Titles that are known to exist though their texts are not held (已知标题): facts, not all checked."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hegui.rulebook.problem import Problem, RulesProblem

FILE = "known_titles.tsv"
KINDS = ("law", "administrative-regulation", "department-rule", "local-regulation", "judicial-interpretation")
STANDINGS = ("not-checked", "in-force", "repealed")


class KnownTitle(NamedTuple):
    """A title without the words People's Republic of China before it."""

    title: str
    kind: str
    standing: str


def read(source: bytes) -> Mapping[str, KnownTitle]:
    """Title, kind and standing a line, divided by tabs; lines that begin with # are for people. Raises RulesProblem."""
    return {known.title: known for known in _rows(source.decode("utf-8"))}


def _rows(text: str) -> Iterator[KnownTitle]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(KnownTitle._fields) or cells[1] not in KINDS or cells[2] not in STANDINGS:
            raise RulesProblem([Problem(FILE, number, "needs a title, a kind and a standing, divided by tabs")])
        yield KnownTitle(*cells)
