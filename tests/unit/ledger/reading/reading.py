"""Reads rows that a test writes down, as if they stood in a file."""

from collections.abc import Sequence

from hegui.capabilities.ledger.model import Book, Field, Value
from hegui.capabilities.ledger.reading.book import book_of
from hegui.capabilities.ledger.reading.grid import Grid, Merge
from hegui.rulebook.loader import default_folder, load

HEADERS = load(default_folder()).ledger_headers


def read(
    *rows: Sequence[object],
    merged: Sequence[Merge] = (),
    name: str = "台账",
    hidden: bool = False,
    chemicals: Sequence[str] = (),
) -> Book:
    """The book of one sheet; whole numbers arrive as floats, as the readers of workbooks give them."""
    assert HEADERS
    width = max((len(row) for row in rows), default=0)
    cells = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return book_of([Grid(name, cells, merged, hidden, width=width)], HEADERS, chemicals)


def values(book: Book, field: Field) -> list[Value | None]:
    """What the lines hold in a field."""
    return [entry.values.get(field) for entry in book.entries]


def said(book: Book) -> list[tuple[int | None, str]]:
    """Row and last word of the key of everything that was not read."""
    return [(one.row, one.key.removeprefix("ledger.unread.")) for one in book.unread]


def _cell(cell: object) -> object:
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
