"""What stands above a table and holds for all its rows: the chemical, the unit, the year and month."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hegui.capabilities.ledger.reading.days import month_in
from hegui.capabilities.ledger.reading.layout import Row
from hegui.capabilities.ledger.reading.vocabulary import Vocabulary
from hegui.capabilities.ledger.reading.words import tidy

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Context:
    """Empty and None where nothing is said. `text` is what the rows above say, to tell the kind by."""

    text: str = ""
    chemical: str = ""
    unit: str = ""
    year: int | None = None
    month: int | None = None


def from_titles(rows: Iterable[Row], words: Vocabulary) -> Context:
    """What the rows above a header say."""
    context = Context()
    for row in rows:
        context = with_line(context, line_of(row), words)
    return context


def line_of(row: Row) -> str:
    """The words of a row in one line."""
    return "  ".join(tidy(cell) for cell in row if isinstance(cell, str) and cell.strip())[:LONGEST_TITLE]


def with_line(context: Context, line: str, words: Vocabulary) -> Context:
    """The context after one more line."""
    chemical = next(_after(line, words.headers.title.chemical, words, r"(?:^|[^\w])"), "")
    named = (words.amounts.unit(text) for text in _after(line, words.headers.title.unit, words, ""))
    unit = next((one for one in named if one), "")
    year, month = month_in(line) or (context.year, context.month)
    return replace(
        context,
        text=f"{context.text} {line}",
        chemical=chemical or context.chemical,
        unit=unit or context.unit,
        year=year,
        month=month,
    )


def _after(line: str, labels: Iterable[str], words: Vocabulary, before: str) -> Iterator[str]:
    """What follows the labels and a colon, up to the next blank or label; `before` must stand in front of the label."""
    for label in sorted(labels, key=len, reverse=True):
        for found in re.finditer(rf"{before}{re.escape(label)}\s*:\s*([^\s:;,]+)", line, re.IGNORECASE):
            yield _without_next_label(found[1], words)


def _without_next_label(text: str, words: Vocabulary) -> str:
    """品名:盐酸单位:kg gives 盐酸."""
    for label in (*words.headers.title.unit, *words.headers.title.chemical):
        text = text.removesuffix(label) or text
    return text
