"""Single cells: each field has a reader, which knows the marks for “as above” and “nothing”."""

from collections.abc import Callable
from datetime import date

from hegui.capabilities.ledger.model import Field, Value
from hegui.capabilities.ledger.reading.days import day_of
from hegui.capabilities.ledger.reading.fields import AMOUNTS, DAYS, IDENTITIES
from hegui.capabilities.ledger.reading.found import AS_ABOVE, AsAbove, Cut, Fault, Measured, PartOfDay
from hegui.capabilities.ledger.reading.vocabulary import Vocabulary
from hegui.capabilities.ledger.reading.wording import identity_of, words_of
from hegui.capabilities.ledger.reading.words import tidy

Found = Value | Cut | Measured | Fault | PartOfDay | AsAbove | None
KEPT = 20_000
UNREAD = object()


class Reader:
    """Reads the cells of one kind of field and remembers what it read, because ledgers repeat themselves."""

    def __init__(self, words: Vocabulary, read: Callable[[object], Found]) -> None:
        self._words = words
        self._read = read
        self.kept: dict[object, Found] = {}

    def __call__(self, cell: object) -> Found:
        """The value of a cell that is not ""; None if it says that there is nothing."""
        found = self.kept.get(cell, UNREAD) if type(cell) is not bool else UNREAD
        return self.fresh(cell) if found is UNREAD else found  # type: ignore[return-value]  # UNREAD is gone

    def fresh(self, cell: object) -> Found:
        """The same for a cell that is not in `kept`. Truth values are never kept: they would be taken for 1 and 0."""
        found = self._fresh(cell)
        if len(self.kept) < KEPT and type(cell) is not bool:
            self.kept[cell] = found
        return found

    def _fresh(self, cell: object) -> Found:
        if isinstance(cell, str):
            text = tidy(cell)
            if not text:
                return None
            if len(text) <= self._words.longest_mark:
                if text.casefold() in self._words.ditto:
                    return AS_ABOVE
                if text.casefold() in self._words.empty:
                    return None
            return self._read(text)
        return self._read(cell)


def readers(words: Vocabulary, first_day: date) -> Callable[[Field], Reader]:
    """The reader of each field; `first_day` is day nought of the workbook."""
    days = Reader(words, lambda cell: day_of(cell, first_day))
    amounts = Reader(words, words.amounts.read)
    identities = Reader(words, identity_of)
    texts = Reader(words, words_of)
    shares = Reader(words, lambda cell: _share(cell) or words_of(cell))
    units = Reader(words, lambda cell: _unit(words_of(cell), words))

    def reader(field: Field) -> Reader:
        if field == "unit":
            return units
        if field == "concentration":
            return shares
        if field in IDENTITIES:
            return identities
        return days if field in DAYS else amounts if field in AMOUNTS else texts

    return reader


def shown(cell: object) -> str:
    """What a cell says, as people see it."""
    found = words_of(cell)
    return tidy(found if isinstance(found, str) else str(cell))


def _share(cell: object) -> str | None:
    """36% is 0.36 to a spreadsheet."""
    return f"{cell * 100:.10g}%" if isinstance(cell, float) and 0 < cell <= 1 else None


def _unit(written: str | Cut | Fault, words: Vocabulary) -> Found:
    return (words.amounts.unit(written) or written) if isinstance(written, str) else written
