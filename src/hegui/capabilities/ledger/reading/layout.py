"""Where the header of a table is, what its columns mean, and which kind of ledger it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hegui.capabilities.ledger.model import Field, LedgerKind
from hegui.capabilities.ledger.reading.vocabulary import LONGEST_HEADER, Meaning, Vocabulary
from hegui.capabilities.ledger.reading.words import one_line

Row = Sequence[object]
ROWS_LOOKED_AT = 15
FEWEST_COLUMNS = 3
NAMES_A_DEALING: frozenset[Field] = frozenset({"day", "chemical", "cas", "quantity", "received", "issued", "closing"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `index` counts from 0 in its rows."""

    index: int
    header: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Layout:
    """A header. `kind` is None where its columns do not tell; `last` is the index of its last row in what was seen.

    `parts` are the columns of a day written in parts, `unknown` the headers that mean nothing to us.
    """

    kind: LedgerKind | None
    columns: tuple[Column, ...]
    last: int
    parts: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        return len(self.columns) + len(self.parts)


def find_layout(rows: Sequence[Row], words: Vocabulary, kind: LedgerKind | None = None) -> Layout | None:
    """The best header among the first rows that are not blank; with `kind`, as one of that kind."""
    best: Layout | None = None
    for layout in _candidates(rows[: ROWS_LOOKED_AT + 1], words, kind):
        if _enough(layout) and (best is None or layout.score > best.score):
            best = layout
    return best


def header_texts(row: Row) -> list[str]:
    """The cells of a row as headers: words only."""
    return [one_line(cell) if isinstance(cell, str) and len(cell) <= LONGEST_HEADER else "" for cell in row]


def _candidates(rows: Sequence[Row], words: Vocabulary, kind: LedgerKind | None) -> Iterator[Layout]:
    texts = [header_texts(row) for row in rows]
    for at, row in enumerate(texts[:ROWS_LOOKED_AT]):
        yield _read([(text,) for text in row], at, words, kind)
        if at + 1 < len(rows) and _names_groups(row) and _can_be_second_line(rows[at + 1]):
            yield _read(_two_lines(row, texts[at + 1]), at + 1, words, kind)


def _enough(layout: Layout) -> bool:
    fields = {column.meaning.field for column in layout.columns}
    if not fields & NAMES_A_DEALING:
        return False
    return layout.score >= FEWEST_COLUMNS or (layout.score == FEWEST_COLUMNS - 1 and not layout.unknown)


def _names_groups(texts: Sequence[str]) -> bool:
    """A line with one text is a title, not the upper line of a header."""
    return sum(text != "" for text in texts) > 1


def _can_be_second_line(row: Row) -> bool:
    """Headers are words; a row with numbers or days is an entry already."""
    return all(isinstance(cell, str) and not cell.strip().isdigit() for cell in row)


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """For each column the ways to read it: group and name together, the name, the group where it stands alone."""
    group = ""
    found: list[tuple[str, ...]] = []
    for index in range(max(len(upper), len(lower))):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if index < len(lower) else ""
        group = above or group
        found.append((f"{group}{below}", below) if below else (above,))
    return found


def _read(columns: Sequence[tuple[str, ...]], last: int, words: Vocabulary, kind: LedgerKind | None) -> Layout:
    kinds = (kind,) if kind else words.kinds
    read = [_as(columns, last, words, one) for one in kinds]
    if kind is None:
        told = [layout for layout in read if _tells(layout, words)]
        if told:
            return max(told, key=lambda layout: layout.score)
    best = max(read, key=lambda layout: layout.score)
    return best if kind else Layout(None, best.columns, last, best.parts, best.unknown)


def _tells(layout: Layout, words: Vocabulary) -> bool:
    fields = {column.meaning.field for column in layout.columns}
    return any(one.kind == layout.kind and fields & set(one.told_by) for one in words.headers.kinds)


def _as(columns: Sequence[tuple[str, ...]], last: int, words: Vocabulary, kind: LedgerKind) -> Layout:
    """The columns as a ledger of one kind has them. Of two columns for one field the first counts."""
    found: list[Column] = []
    unknown: list[str] = []
    repeated: list[str] = []
    parts: dict[str, int] = {}
    met: set[Field] = set()
    for index, ways in enumerate(columns):
        way, meaning = _meaning(ways, words, kind)
        if meaning is None:
            if part := next((one for text in ways if (one := words.part(text))), None):
                parts.setdefault(part, index)
            elif ways[0] and not any(words.is_ignored(text) for text in ways):
                unknown.append(ways[0])
        elif meaning.field in met:
            repeated.append(way)
        else:
            met.add(meaning.field)
            found.append(Column(index, way, meaning))
    if "day" in met or "day" not in parts or "month" not in parts:
        parts = {}
    return Layout(kind, tuple(found), last, parts, tuple(unknown), tuple(repeated))


def _meaning(ways: tuple[str, ...], words: Vocabulary, kind: LedgerKind) -> tuple[str, Meaning | None]:
    for text in ways:
        if text and (meaning := words.meaning(kind, text)):
            return text, meaning
    return ways[0], None
