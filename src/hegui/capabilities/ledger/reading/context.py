"""What stands above a table and holds for all its rows: the chemical, the unit, the year and month."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hegui.capabilities.ledger.reading.days import month_in
from hegui.capabilities.ledger.reading.layout import Row
from hegui.capabilities.ledger.reading.vocabulary import Vocabulary
from hegui.capabilities.ledger.reading.words import BETWEEN_HAN, tidy

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
    chemical = _after(line, words.headers.title.chemical, words)
    unit = words.amounts.unit(_after(line, words.headers.title.unit, words))
    year, month = month_in(line) or (context.year, context.month)
    return replace(
        context,
        text=f"{context.text} {line}",
        chemical=chemical or context.chemical,
        unit=unit or context.unit,
        year=year,
        month=month,
    )


def _after(line: str, labels: Iterable[str], words: Vocabulary) -> str:
    """What follows one of the labels and a colon, up to the next blank or label."""
    for label in sorted(labels, key=len, reverse=True):
        found = re.search(
            rf"(?:^|[^\w]){re.escape(label)}\s*:\s*([^\s:;,]+)", BETWEEN_HAN.sub(" ", line), re.IGNORECASE
        )
        if found:
            return _without_next_label(found[1], words)
    return ""


def _without_next_label(text: str, words: Vocabulary) -> str:
    """品名:盐酸单位:kg gives 盐酸."""
    for label in (*words.headers.title.unit, *words.headers.title.chemical):
        text = text.removesuffix(label) or text
    return text
