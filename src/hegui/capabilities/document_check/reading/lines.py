"""Lines of printed pages into paragraphs (pure): what repeats on every page goes, what was broken is joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hegui.capabilities.document_check.grammar import CONTENTS_LINE, ENDS_SENTENCE, PAGE_NUMBER, clean, form_of
from hegui.capabilities.document_check.reading.pdf import Page
from hegui.capabilities.document_check.reading.raw import Raw

EDGE = 2
"""So many lines at the top and at the foot of a page may be its header or footer."""

REPEATS_ON = 3
NEARLY_FULL = 0.86
"""A line that is shorter than this share of the longest ones ends its paragraph."""

FULL_LINE = 12
DIGIT = re.compile(r"\d+")


def paragraphs(pages: Sequence[Page]) -> list[Raw]:
    """The paragraphs of a document, with the page on which each begins. A repeated header is kept once, as such."""
    repeated = _repeated(pages)
    found: list[Raw] = []
    said: set[str] = set()
    lines: list[tuple[int, str]] = []
    for page in pages:
        for place, line in enumerate(map(clean, page.lines)):
            if not line or PAGE_NUMBER.match(line):
                continue
            if _is_edge(place, len(page.lines)) and _shape(line) in repeated:
                if _shape(line) not in said:
                    said.add(_shape(line))
                    found.append(Raw(line, source="header", page=page.number))
                continue
            lines.append((page.number, line))
    return [*_joined(lines), *found]


def _is_edge(place: int, count: int) -> bool:
    return place < EDGE or place >= count - EDGE


def _shape(line: str) -> str:
    return DIGIT.sub("#", line)


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """Lines at the edges that stand on half of the pages, whatever number they carry."""
    counts: Counter[str] = Counter()
    for page in pages:
        edges = [line for place, line in enumerate(page.lines) if _is_edge(place, len(page.lines))]
        counts.update({_shape(clean(line)) for line in edges})
    least = max(REPEATS_ON, len(pages) // 2)
    return frozenset(shape for shape, count in counts.items() if shape and count >= least)


def _joined(lines: Sequence[tuple[int, str]]) -> Iterator[Raw]:
    width = _usual_width([line for _, line in lines])
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
    if ENDS_SENTENCE.search(line):
        return len(line) < NEARLY_FULL * width or True
    return len(line) < NEARLY_FULL * width
