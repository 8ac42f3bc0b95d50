"""The sheets that come before the copied ones (体检结果): every finding and the way to its cell, what was not read."""

from collections.abc import Callable, Sequence
from typing import Any

from hegui.capabilities.ledger.output.cells import safe_text
from hegui.capabilities.ledger.output.looks import Looks
from hegui.capabilities.ledger.output.plan import Mark, Plan

MOST_LINKS = 60_000  # the format holds 65,530 a sheet
FINDING_WIDTHS = (6, 20, 8, 14, 10, 16, 56, 48, 34)
UNREAD_WIDTHS = (18, 8, 20, 80)
ROW_PLACE = 4


def write_findings(
    page: Any, plan: Plan, link: Callable[[Mark], str | None], looks: Looks, more: Sequence[str]
) -> None:
    """`link` gives the way to a finding's cell. `more`: further lines for the heading."""
    _widths(page, FINDING_WIDTHS)
    header = _heading(page, (*plan.heading, *more), looks)
    for place, word in enumerate(plan.findings_header):
        page.write_string(header, place, word, looks.header)
    for number, mark in enumerate(plan.marks, 1):
        row = header + number
        page.write_number(row, 0, number, looks.wrapped)
        for place, text in enumerate(mark.line, 1):
            look = looks.signs[mark.severity] if place == 1 else looks.wrapped
            if place == ROW_PLACE and number <= MOST_LINKS and (way := link(mark)):
                page.write_url(row, place, way, looks.link, plan.row_word.format(row=mark.row))
            else:
                page.write_string(row, place, safe_text(text), look)
    page.freeze_panes(header + 1, 0)
    page.autofilter(header, 0, header + max(1, len(plan.marks)), len(plan.findings_header) - 1)
    _printed(page, header)


def write_unread(page: Any, plan: Plan, looks: Looks) -> None:
    """What was left out, each with its place and its reason."""
    _widths(page, UNREAD_WIDTHS)
    for place, word in enumerate(plan.unread_header):
        page.write_string(0, place, word, looks.header)
    for row, line in enumerate(plan.unread, 1):
        for place, text in enumerate(line):
            page.write_string(row, place, safe_text(text), looks.wrapped)
    page.freeze_panes(1, 0)
    _printed(page, 0)


def _heading(page: Any, lines: Sequence[str], looks: Looks) -> int:
    """Writes the heading; gives the row of the header below it."""
    for row, line in enumerate(lines):
        page.write_string(row, 0, safe_text(line), looks.title if row == 0 else None)
    return len(lines) + 1


def _widths(page: Any, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths):
        page.set_column(place, place, width)


def _printed(page: Any, header: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
