"""Where the header of a table is, what its columns mean, and which kind of ledger it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hegui.capabilities.ledger.model import Field, LedgerKind
from hegui.capabilities.ledger.reading.vocabulary import LONGEST_HEADER, Meaning, Vocabulary
from hegui.capabilities.ledger.reading.words import one_line

Row = Sequence[object]
ROWS_LOOKED_AT = 15
FEWEST_COLUMNS = 3
NEARLY = 0.6
NOT_AT_ALL, LIKELY, SURE = 0, 1, 2
NAMES_A_DEALING: frozenset[Field] = frozenset({"day", "chemical", "cas", "quantity", "received", "issued", "closing"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `index` counts from 0 in its rows."""

    index: int
    header: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Layout:
    """A header. `last` is the index of its last row in what was seen.

    `kind` is None where its columns do not tell, `likely` the kind where they leave it in doubt and no title tells
    better. `parts` are the columns of a day written in parts, `unknown` headers that mean nothing to us, `repeated`
    those of a field that is there already; `headers` are the words of all columns, "" where there are none.
    """

    kind: LedgerKind | None
    columns: tuple[Column, ...]
    last: int
    parts: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    likely: LedgerKind | None = None
    headers: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[Field, str]:
        """The header of each field, as the file writes it."""
        named = {column.meaning.field: column.header for column in self.columns}
        return {"day": "/".join(self.headers[at] for at in self.parts.values()), **named} if self.parts else named

    @property
    def score(self) -> int:
        return len(self.columns) + len(self.parts)


def find_layout(rows: Sequence[Row], words: Vocabulary, kind: LedgerKind | None = None) -> Layout | None:
    """The header among the first rows that are not blank; with `kind`, as one of that kind.

    The first that explains nearly as much as the best: a table further down may have more columns.
    """
    texts = [header_texts(row) for row in rows[:ROWS_LOOKED_AT]]
    single = [_read([(text,) for text in row], at, words, kind) for at, row in enumerate(texts)]
    found = [_best_at(at, rows, texts, single, words, kind) for at in range(len(texts))]
    enough = [layout for layout in found if _enough(layout)]
    wanted = max((layout.score for layout in enough), default=0) * NEARLY
    return next((layout for layout in enough if layout.score >= wanted), None)


def _best_at(
    at: int,
    rows: Sequence[Row],
    texts: Sequence[Sequence[str]],
    single: Sequence[Layout],
    words: Vocabulary,
    kind: LedgerKind | None,
) -> Layout:
    """The header that begins at a row. Two lines must explain more than each of them: a title is no group."""
    if at + 1 == len(texts) or not _can_be_second_line(rows[at + 1]):
        return single[at]
    double = _read(_two_lines(texts[at], texts[at + 1]), at + 1, words, kind)
    return double if double.score > max(single[at].score, single[at + 1].score) else single[at]


def header_texts(row: Row) -> list[str]:
    """The cells of a row as headers: words only."""
    return [one_line(cell) if isinstance(cell, str) and len(cell) <= LONGEST_HEADER else "" for cell in row]


def _enough(layout: Layout) -> bool:
    fields = {column.meaning.field for column in layout.columns}
    if not fields & NAMES_A_DEALING:
        return False
    return layout.score >= FEWEST_COLUMNS or (layout.score == FEWEST_COLUMNS - 1 and not layout.unknown)


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
    if kind:
        return _as(columns, last, words, kind)
    read = [_as(columns, last, words, one) for one in words.kinds]
    by_weight = {weight: [one for one in read if _tells(one, words) == weight] for weight in (SURE, LIKELY)}
    if by_weight[SURE]:
        return max(by_weight[SURE], key=_score)
    likely = max(by_weight[LIKELY], key=_score).kind if by_weight[LIKELY] else None
    return replace(max(read, key=_score), kind=None, likely=likely)


def _score(layout: Layout) -> int:
    return layout.score


def _tells(layout: Layout, words: Vocabulary) -> int:
    """How far the columns tell that the ledger is of this kind."""
    told_by = next(one.told_by for one in words.headers.kinds if one.kind == layout.kind)
    telling = [column.header for column in layout.columns if column.meaning.field in told_by]
    clear = [header for header in telling if not words.is_vague(header)]
    return NOT_AT_ALL if not clear else LIKELY if all(words.is_doubtful(header) for header in clear) else SURE


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
    headers = tuple(ways[0] for ways in columns)
    return Layout(kind, tuple(found), last, parts, tuple(unknown), tuple(repeated), headers=headers)


def _meaning(ways: tuple[str, ...], words: Vocabulary, kind: LedgerKind) -> tuple[str, Meaning | None]:
    for text in ways:
        if text and (meaning := words.meaning(kind, text)):
            return text, meaning
    return ways[0], None
