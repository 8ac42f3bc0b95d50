"""A document as it is after reading, and what was seen in it. No file, no language, no law."""

from dataclasses import dataclass
from typing import Literal

WHOLE_FILE = 0
"""Stands for all pages of a file that knows none."""

State = Literal["found", "missing", "unreadable"]
Source = Literal["body", "header", "footer", "note", "box"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands. Pages, tables, rows and columns count from one."""

    headings: tuple[str, ...] = ()
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    source: Source = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table with its cells joined. `above` is the head of its table."""

    text: str
    place: Place
    is_heading: bool = False
    is_toc: bool = False
    is_title: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. `scanned_pages` hold a picture and no text; a DOCX has no pages."""

    paragraphs: tuple[Paragraph, ...]
    pages: int | None = None
    scanned_pages: tuple[int, ...] = ()
    recognised: bool = False
    """Its text came from optical recognition, which loses lines."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place with the sentence that stands there."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One element. `lacking` numbers the parts that were not seen; `mentioned` is where it is named and no more."""

    element: str
    state: State
    shown: Shown | None = None
    lacking: tuple[int, ...] = ()
    mentioned: Shown | None = None
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence that goes against the law: the element, and which of its conflicts."""

    element: str
    conflict: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class Report:
    """What was seen in one document."""

    kind: str
    judged: tuple[Judged, ...]
    contradictions: tuple[Contradiction, ...]
    scanned_pages: tuple[int, ...] = ()
    recognised: bool = False
    pages: int | None = None
    blanks: int = 0
    """Places that were left to be filled in."""

    @property
    def scanned(self) -> bool:
        return bool(self.scanned_pages) or self.recognised
