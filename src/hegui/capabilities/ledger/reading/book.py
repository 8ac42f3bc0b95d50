"""A whole file: its sheets one after the other."""

import gc
from collections.abc import Iterable, Sequence
from pathlib import Path

from hegui.capabilities.ledger.model import Book, Entry, Sheet
from hegui.capabilities.ledger.reading.delimited import read_text
from hegui.capabilities.ledger.reading.grid import Grid
from hegui.capabilities.ledger.reading.notes import Notes
from hegui.capabilities.ledger.reading.sheet import read_sheet
from hegui.capabilities.ledger.reading.vocabulary import Vocabulary
from hegui.capabilities.ledger.reading.workbooks import read_sheets
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.ledger_headers import LedgerHeaders


def read_book(
    path: Path,
    kind: FileKind,
    headers: LedgerHeaders,
    *,
    encoding: str | None = None,
    name: str | None = None,
    chemicals: Sequence[str] = (),
) -> Book:
    """The ledgers of a file; everything that was not understood is in its `unread`.

    `chemicals` are names by which a title or a sheet's name may say what a table without such a column is about.
    `encoding` is a code that the person named for a text table, `name` what its one sheet is called (the file's name
    is often a random one). Raises Refusal where the file cannot be read at all.
    """
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand lines that all stay: looking for garbage would only cost time
    try:
        return _read(path, kind, headers, encoding, name or path.stem, chemicals)
    finally:
        if collecting:
            gc.enable()


def _read(
    path: Path, kind: FileKind, headers: LedgerHeaders, encoding: str | None, name: str, chemicals: Sequence[str]
) -> Book:
    grids = [read_text(path, encoding, name)] if kind is FileKind.csv else read_sheets(path)
    return book_of(grids, headers, chemicals)


def book_of(grids: Iterable[Grid], headers: LedgerHeaders, chemicals: Sequence[str] = ()) -> Book:
    """The same for sheets that are at hand."""
    words = Vocabulary(headers)
    notes = Notes()
    sheets: list[Sheet] = []
    entries: list[Entry] = []
    for grid in grids:
        found, lines = read_sheet(grid, words, notes, chemicals)
        sheets.extend(found)
        entries.extend(lines)
    return Book(tuple(sheets), tuple(entries), notes.all())
