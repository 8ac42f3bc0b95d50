"""The words of `ledger_headers.yaml`, ready to be looked up."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from hegui.capabilities.ledger.model import Field, LedgerKind
from hegui.capabilities.ledger.reading.amounts import Amounts
from hegui.capabilities.ledger.reading.fields import AMOUNTS
from hegui.capabilities.ledger.reading.words import BRACKETED, plain, tidy
from hegui.rulebook.ledger_headers import LedgerHeaders

RowMeaning = Literal["total", "carried", "note", "header"]
LONGEST_HEADER = 40
LONGEST_ROW_WORD = 16
LONGEST_AFTER_NOTE = 3
LONGEST_UNIT = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says: its field, and the unit of the amounts below where it names one."""

    field: Field
    unit: str | None


class RowWords:
    """Words that make a row what it is: Chinese ones at the beginning or the end of a cell, others alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self._alone = _plain(words)
        self._around = tuple(word for word in self._alone if not word.isascii())

    def mark(self, simple: str) -> bool:
        """Whether a cell, made plain, is so marked."""
        return simple.startswith(self._around) or simple.endswith(self._around) or simple in self._alone


class Vocabulary:
    """Looks up headers, marks and rows. Answers are kept, because ledgers repeat their words."""

    def __init__(self, headers: LedgerHeaders) -> None:
        self.headers = headers
        self.amounts = Amounts(headers)
        self.kinds = tuple(one.kind for one in headers.kinds)
        self.ditto = frozenset(tidy(word).casefold() for word in headers.ditto)
        self.empty = frozenset(tidy(word).casefold() for word in headers.empty)
        self.longest_mark = max((len(word) for word in (*self.ditto, *self.empty)), default=0)
        self.ignored = _plain(headers.ignored)
        self._vague, self._doubtful = _plain(headers.vague), _plain(headers.doubtful)
        self._fields: dict[LedgerKind, dict[str, Field]] = {kind: {} for kind in self.kinds}
        for column in headers.columns:
            for kind in column.kinds:
                self._fields[kind].update((plain(name), column.field) for name in column.names)
        self._alike = tuple((plain(one.written), plain(one.same)) for one in headers.alike)
        self._folded = {kind: self._folding(names) for kind, names in self._fields.items()}
        self._any = frozenset(name for names in self._fields.values() for name in names)
        self._parts = {name: _plain(getattr(headers.day_parts, name)) for name in ("year", "month", "day")}
        self._fillers = tuple(plain(word) for word in headers.fillers)
        self._totals, self._carried = RowWords(headers.totals), RowWords(headers.carried)
        self._notes = tuple(_plain(headers.notes))
        self._forms: dict[str, tuple[tuple[str, str | None], ...]] = {}
        self._rows: dict[str, RowMeaning | None] = {}

    def meaning(self, kind: LedgerKind, header: str) -> Meaning | None:
        """What a header means in a ledger of a kind."""
        if len(header) > LONGEST_HEADER:
            return None
        known, folded = self._fields[kind], self._folded[kind]
        spellings = self._spellings(header)
        ways = chain(
            ((known.get(name), unit) for name, unit in spellings),
            ((folded.get(self._fold(name)), unit) for name, unit in spellings),
        )
        for field, unit in ways:
            if field and (unit is None or field in AMOUNTS or field == "unit"):
                return Meaning(field, unit)
        return None

    def part(self, header: str) -> str | None:
        """ "year", "month" or "day" for a column that holds only that."""
        simple = plain(header)
        return next((name for name, words in self._parts.items() if simple in words), None)

    def is_ignored(self, header: str) -> bool:
        return self._is_among(header, self.ignored)

    def is_vague(self, header: str) -> bool:
        """Whether a ledger of any kind may have this column."""
        return self._is_among(header, self._vague)

    def is_doubtful(self, header: str) -> bool:
        """Whether ledgers of several kinds may have this column."""
        return self._is_among(header, self._doubtful)

    def row_meaning(self, cell: str) -> RowMeaning | None:
        """What a word at the beginning of a row makes of the row."""
        if cell not in self._rows:
            if len(self._rows) > 20_000:
                self._rows.clear()
            self._rows[cell] = self._weighed(cell)
        return self._rows[cell]

    def kind_in(self, text: str) -> LedgerKind | None:
        """The kind that a title names; the word that stands last is the noun: 购买品入库台账."""
        simple = text.casefold()
        best = max((simple.rfind(word), one.kind) for one in self.headers.kinds for word in (*one.words, "\0"))
        return best[1] if best[0] >= 0 else None

    def _weighed(self, cell: str) -> RowMeaning | None:
        if len(cell) > LONGEST_HEADER * 2:
            return None
        simple = plain(cell)
        if len(simple) <= LONGEST_ROW_WORD:
            if self._totals.mark(simple):
                return "total"
            if self._carried.mark(simple):
                return "carried"
        before, colon, _ = tidy(cell).partition(":")
        if colon and self._begins_a_note(plain(before)):
            return "note"
        return "header" if simple in self._any else None

    def _is_among(self, header: str, names: frozenset[str]) -> bool:
        return any(name in names for name, _ in self._spellings(header))

    def _begins_a_note(self, label: str) -> bool:
        if not label.startswith(self._notes):  # nearly always
            return False
        return any(label.startswith(word) and len(label) <= len(word) + LONGEST_AFTER_NOTE for word in self._notes)

    def _folding(self, names: Mapping[str, Field]) -> dict[str, Field]:
        """Names by what they have in common with others; what would then mean two things is left out."""
        meant: dict[str, set[Field]] = {}
        for name, field in names.items():
            meant.setdefault(self._fold(name), set()).add(field)
        return {name: fields.pop() for name, fields in meant.items() if name and len(fields) == 1}

    def _fold(self, name: str) -> str:
        for written, same in self._alike:
            name = name.replace(written, same)
        return name

    def _spellings(self, header: str) -> tuple[tuple[str, str | None], ...]:
        if header not in self._forms:
            self._forms[header] = tuple(dict.fromkeys(self._spelled(header)))
        return self._forms[header]

    def _spelled(self, header: str) -> Iterator[tuple[str, str | None]]:
        """Ways to read a header, the closest first: whole, without what is in brackets, without a unit at its end."""
        whole = list(self._whole(header))
        yield from whole
        yield from ((name, None) for name, unit in whole[:2] if unit)
        for name, unit in whole:
            shorter = self._unfilled(name)
            if shorter and shorter != name:
                yield shorter, unit

    def _whole(self, header: str) -> Iterator[tuple[str, str | None]]:
        text = tidy(header)
        inside = [self.amounts.unit(part) for found in BRACKETED.findall(text) for part in re.split(r"[:,/]", found)]
        units = {one for one in inside if one}
        unit = units.pop() if len(units) == 1 else None  # 数量(kg/L) leaves it open
        outside = plain(BRACKETED.sub("", text))
        yield plain(text), unit
        yield outside, unit
        before, _, after = outside.rpartition("/")
        if own := self.amounts.unit(after):
            yield before, own
        for size in range(LONGEST_UNIT, 0, -1):
            if len(outside) > size and (own := self.amounts.weighing(outside[-size:])):
                yield outside[:-size].rstrip("/-,"), own

    def _unfilled(self, name: str) -> str:
        for word in self._fillers:
            if name != word:
                name = name.removeprefix(word).removesuffix(word)
        return name


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)
