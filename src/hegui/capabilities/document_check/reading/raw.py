"""Paragraphs as a file holds them, before headings are told from text."""

from dataclasses import dataclass

from hegui.capabilities.document_check.model import Source


@dataclass(frozen=True, slots=True)
class Raw:
    """One paragraph, or one row of a table. `level` is the outline level that its style gives it, 0 the highest."""

    text: str
    level: int | None = None
    toc: bool = False
    title: bool = False
    source: Source = "body"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    above: str = ""
