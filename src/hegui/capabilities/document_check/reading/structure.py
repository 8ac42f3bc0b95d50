"""Tells headings, titles and tables of contents from text, and gives each paragraph the headings above it (pure).

A heading by its style stands above one by its form alone (第一章, 一、, 1.1): many people only type the number.
"""

from collections.abc import Sequence

from hegui.capabilities.document_check.grammar import (
    CHAPTERS,
    CONTENTS_LINE,
    ENDS_SENTENCE,
    SHORT_HEADING,
    could_be_heading,
    form_of,
    without_number,
)
from hegui.capabilities.document_check.model import Paragraph, Place
from hegui.capabilities.document_check.reading.raw import Raw

BELOW_STYLES = 10
LONGEST_STYLED = 50
LONGEST_TITLE = 40


def structured(raws: Sequence[Raw], contents: Sequence[str]) -> tuple[Paragraph, ...]:
    """Paragraphs in order. `contents` are the headings that a table of contents goes by."""
    toc = _contents(raws, contents)
    title = next((number for number, raw in enumerate(raws) if raw.source == "body" and not toc[number]), -1)
    above: list[tuple[int, str]] = []
    found: list[Paragraph] = []
    for number, raw in enumerate(raws):
        is_title = raw.title or (number == title and _is_title(raw))
        rank = None if toc[number] or is_title or raw.source in ("header", "footer", "note") else _rank(raws, number)
        if rank is not None:
            above = [*(one for one in above if one[0] < rank), (rank, raw.text)]
        headings = tuple(text for _, text in above) if raw.source in ("body", "box") else ()
        place = Place(headings, raw.page, raw.table, raw.row, raw.column, raw.source)
        found.append(Paragraph(raw.text, place, rank is not None, toc[number], is_title, raw.above))
    return tuple(found)


def _contents(raws: Sequence[Raw], contents: Sequence[str]) -> list[bool]:
    """Which lines belong to a table of contents: by style or field, or by their dots and page numbers."""
    inside = False
    found: list[bool] = []
    for raw in raws:
        names_it = "".join(raw.text.split()) in contents
        lists = raw.toc or bool(CONTENTS_LINE.search(raw.text))
        inside = names_it or (inside and lists)
        found.append(names_it or lists)
    return found


def _is_title(raw: Raw) -> bool:
    return raw.table is None and len(raw.text) <= LONGEST_TITLE and form_of(raw.text) is None and _unended(raw.text)


def _unended(text: str) -> bool:
    return not ENDS_SENTENCE.search(text)


def _rank(raws: Sequence[Raw], number: int) -> int | None:
    """How high a heading stands, 0 the highest; None for text."""
    raw = raws[number]
    if raw.level is not None and _unended(raw.text) and len(raw.text) <= LONGEST_STYLED:
        return raw.level
    form = form_of(raw.text)
    if form is None or raw.table is not None or not could_be_heading(raw.text):
        return None
    if form >= CHAPTERS and len(without_number(raw.text)) > SHORT_HEADING and not _has_text_below(raws, number, form):
        return None  # an item of a list, or an article whose mark was forgotten
    return BELOW_STYLES + form


def _has_text_below(raws: Sequence[Raw], number: int, form: int) -> bool:
    if number + 1 == len(raws):
        return False
    following = raws[number + 1]
    below = form_of(following.text)
    return following.level is None and (below is None or below > form)
