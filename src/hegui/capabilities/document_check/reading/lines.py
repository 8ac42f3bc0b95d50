"""Lines of printed pages into paragraphs (pure): what repeats on every page goes, what was broken is joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from hegui.capabilities.document_check.grammar import (
    CONTENTS_LINE,
    ENDS_SENTENCE,
    OPENS,
    PAGE_NUMBER,
    cells_of,
    clean,
    form_of,
)
from hegui.capabilities.document_check.reading.pdf import Page
from hegui.capabilities.document_check.reading.raw import Raw

EDGE = 2
"""So many lines at the top and at the foot of a page may be its header or footer."""

REPEATS_ON = 3
LONGEST_HEADER = 40
NEARLY_FULL = 0.86
"""A line that is shorter than this share of the longest ones ends its paragraph."""

FULL_LINE = 12
DIGIT = re.compile(r"\d+")


def paragraphs(pages: Sequence[Page]) -> list[Raw]:
    """The paragraphs of a document, with the page on which each begins. A repeated header is kept once, as such."""
    repeated = _repeated(pages)
    headers: dict[str, Raw] = {}
    lines: list[tuple[int, str]] = []
    for page in pages:
        for place, printed in enumerate(page.lines):
            line = clean(printed)
            if not line or PAGE_NUMBER.match(line):
                continue
            if _is_edge(place, len(page.lines)) and _shape(line) in repeated:
                headers.setdefault(_shape(line), Raw(line, source="header", page=page.number))
            else:
                lines.append((page.number, printed))
    return [*_with_tables(lines), *headers.values()]


def _with_tables(lines: Sequence[tuple[int, str]]) -> Iterator[Raw]:
    """Rows that follow each other are a table, whose first row is its head; all between is text."""
    width = _usual_width([clean(line) for _, line in lines])
    tables = 0
    for is_row, run in groupby(lines, key=lambda one: cells_of(one[1]) is not None):
        inside = list(run)
        if is_row and len(inside) > 1:
            tables += 1
            yield from _table(inside, tables)
        else:
            yield from _joined([(page, clean(line)) for page, line in inside], width)


def _table(lines: Sequence[tuple[int, str]], number: int) -> Iterator[Raw]:
    head = ""
    for row, (page, line) in enumerate(lines, 1):
        text = cells_of(line) or line
        yield Raw(text, page=page, table=number, row=row, above=head)
        head = head or text


def _is_edge(place: int, count: int) -> bool:
    return place < EDGE or place >= count - EDGE


def _shape(line: str) -> str:
    return DIGIT.sub("#", line)


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """Lines at the edges that stand on half of the pages, whatever number they carry."""
    counts: Counter[str] = Counter()
    for page in pages:
        edges = [line for place, line in enumerate(page.lines) if _is_edge(place, len(page.lines))]
        counts.update({_shape(line) for line in map(clean, edges) if _could_be_header(line)})
    least = max(REPEATS_ON, len(pages) // 2)
    return frozenset(shape for shape, count in counts.items() if count >= least)


def _could_be_header(line: str) -> bool:
    return 0 < len(line) <= LONGEST_HEADER and not ENDS_SENTENCE.search(line) and form_of(line) is None


def _joined(lines: Sequence[tuple[int, str]], width: int) -> Iterator[Raw]:
    open_lines: list[str] = []
    page = 0
    for number, line in lines:
        if open_lines and _ends(open_lines[-1], line, width):
            yield Raw(clean("".join(open_lines)), page=page)
            open_lines = []
        if not open_lines:
            page = number
        open_lines.append(line)
    if open_lines:
        yield Raw(clean("".join(open_lines)), page=page)


def _usual_width(lines: Sequence[str]) -> int:
    """The length of a full line: nine in ten are no longer."""
    lengths = sorted(len(line) for line in lines)
    return max(FULL_LINE, lengths[len(lengths) * 9 // 10] if lengths else 0)


def _ends(line: str, following: str, width: int) -> bool:
    """Whether a paragraph ends with this line."""
    if form_of(following) is not None or CONTENTS_LINE.search(line):
        return True
    short = len(line) < NEARLY_FULL * width
    return short or (bool(ENDS_SENTENCE.search(line)) and not line.endswith(OPENS))
