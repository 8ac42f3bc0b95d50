"""A sheet before it is understood: rows of cells, with the merged ranges undone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from hegui.capabilities.ledger.reading.days import FIRST_1900

MOST_ROWS = 300_000
MOST_COLUMNS = 200
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` begin with the first of the sheet, their cells with its column number `left` (from 0).

    `merged` are ranges (top, left), (bottom, right) in them, from 0; `width` is how many cells the longest row has.
    """

    name: str
    rows: Iterable[list[Any]]
    merged: Sequence[Merge] = ()
    hidden: bool = False
    first_day: date = FIRST_1900
    width: int = 0
    left: int = 0


class GridRow(NamedTuple):
    """`number` counts from 1. `from_above` names the cells that a range merged downwards covers, with its content."""

    number: int
    cells: list[Any]
    from_above: Mapping[int, object]


NOTHING: Mapping[int, object] = {}


def column_letters(index: int) -> str:
    """The name of a column as spreadsheets show it: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def numbered(grid: Grid) -> Iterator[GridRow]:
    """The rows, cut to what a ledger can be."""
    rows: Iterable[list[Any]] = islice(grid.rows, MOST_ROWS)
    if grid.width > MOST_COLUMNS:
        rows = (row[:MOST_COLUMNS] for row in rows)
    if not grid.merged:
        for number, row in enumerate(rows, 1):
            yield GridRow(number, row, NOTHING)
        return
    yield from _unmerged(rows, grid.merged)


def _unmerged(rows: Iterable[list[Any]], merged: Sequence[Merge]) -> Iterator[GridRow]:
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged:
        if bottom > top:
            starting.setdefault(top, []).append((left, bottom))
    open_ranges: dict[int, tuple[int, object]] = {}
    for at, row in enumerate(rows):
        covering = {left: cell for left, (bottom, cell) in open_ranges.items() if bottom >= at}
        if len(covering) < len(open_ranges):
            open_ranges = {left: open_ranges[left] for left in covering}
        for left, bottom in starting.get(at, ()):
            if 0 <= left < len(row):
                open_ranges[left] = (bottom, row[left])
                covering.pop(left, None)
        yield GridRow(at + 1, row, covering or NOTHING)
