"""Whatever the cells hold, a book comes out; and what is written by the book is read back as it was."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ledger.reading.reading import HEADERS, read, said
from tests.unit.ledger.reading.test_reading_headers import CANONICAL, FIELDS

from hegui.capabilities.ledger.reading.cells import shown
from hegui.capabilities.ledger.reading.fields import AMOUNTS, DAYS
from hegui.capabilities.ledger.reading.words import plain

assert HEADERS
WORDS = [name for column in HEADERS.columns for name in column.names]
HEADER_WORDS = frozenset(map(plain, WORDS))
MARKS = [
    *HEADERS.totals,
    *HEADERS.ditto,
    *HEADERS.empty,
    *HEADERS.about,
    *HEADERS.notes,
    "品名：",
    "2026年1月",
    "5公斤",
    "1.1",
    "E+17",
]
ANY_CELL = st.one_of(
    st.just(""), st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=20), st.floats(), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip
GRIDS = st.lists(st.lists(ANY_CELL, max_size=8), max_size=25)
CORNER = st.tuples(st.integers(-1, 30), st.integers(-1, 9))


@settings(max_examples=150, deadline=None)
@given(GRIDS, st.lists(st.tuples(CORNER, CORNER), max_size=4), st.sampled_from(list(CANONICAL)))
def test_any_grid_gives_a_book_in_which_no_row_is_lost(
    grid: list[list[object]], merged: list[object], kind: str
) -> None:
    book = read(CANONICAL[kind].split(", ")[:8], *grid, merged=merged)  # type: ignore[arg-type]
    assert all(
        entry.unreadable == set(entry.raw) and not entry.unreadable & set(entry.values) for entry in book.entries
    )
    assert all(isinstance(value, date | Decimal | str) for entry in book.entries for value in entry.values.values())
    if book.sheets[0].header_row > 1:
        return  # another row explains more: those above it are titles
    told = {entry.row for entry in book.entries} | {row for row, _ in said(book)}
    for number, row in enumerate(grid, 2):
        if any(is_told(cell) for cell in row) and sum(plain(str(cell)) in HEADER_WORDS for cell in row) < 2:
            assert number in told, row


def is_told(cell: object) -> bool:
    return not isinstance(cell, str) or bool(shown(cell))


def exact(kind: str) -> st.SearchStrategy[list[object]]:
    """A row as our own template has it."""
    name = st.text("甲乙丙丁戊己庚辛ABC123", min_size=5, max_size=9)
    amount = st.decimals(0, 10**6, places=3).map(float)
    known = {**dict.fromkeys(DAYS, st.dates(date(1990, 1, 1), date(2060, 1, 1))), **dict.fromkeys(AMOUNTS, amount)}
    return st.tuples(
        *(known.get(field, st.just("kg") if field == "unit" else name) for field in FIELDS[kind].split())
    ).map(list)  # type: ignore[call-overload]


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(list(CANONICAL)))
def test_what_is_written_by_the_book_is_read_back_equal(data: st.DataObject, kind: str) -> None:
    rows = data.draw(st.lists(exact(kind), min_size=1, max_size=4))
    book = read(CANONICAL[kind].split(", "), *rows)
    assert not book.unread
    wanted = [dict(zip(FIELDS[kind].split(), row, strict=True)) for row in rows]
    assert [entry.row for entry in book.entries] == list(range(2, len(rows) + 2))
    for entry, row in zip(book.entries, wanted, strict=True):
        assert entry.values == {name: Decimal(str(cell)) if name in AMOUNTS else cell for name, cell in row.items()}
