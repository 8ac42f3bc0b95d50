"""Walks through the text of a DOCX file as a person sees it (`w:p` and `w:t`).

Tracked insertions are text, deletions and text moved away are not, nor is hidden text. A text box stands in the file
twice, in a new form and as a fallback for old programs: the fallback is dropped. Numbers that Word adds by itself
are not in the file, so nothing here relies on them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hegui.capabilities.document_check.grammar import BETWEEN_CELLS, clean
from hegui.capabilities.document_check.model import Source
from hegui.capabilities.document_check.reading.package import Package, value
from hegui.capabilities.document_check.reading.raw import Raw
from hegui.capabilities.document_check.reading.styles import Styles, level_of, read_styles

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNSEEN = frozenset({FALLBACK, "w:del", "w:moveFrom", "w:pPrChange", "w:rPrChange", "w:tblPrChange"})
SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
LONGEST_ROW = 400
"""A longer row is a page laid out as a table; its cells are paragraphs of their own."""

OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    style: str | None = None
    level: int | None = None
    toc: bool = False
    box: bool = False


@dataclass(slots=True)
class _Table:
    """A table that is being read: its number, the row under way and the text of its first row."""

    number: int
    row: int = 0
    column: int = 0
    cells: list[list[Raw]] = field(default_factory=list)
    head: str = ""


@dataclass(slots=True)
class _Run:
    """A stretch of one look; a text box stands inside one, with paragraphs and runs of its own."""

    pieces: list[str] = field(default_factory=list)
    hidden: bool = False


class _Walk:
    """One part of the file. Each element has a method for its begin or its end; all others say nothing."""

    def __init__(self, styles: Styles, source: Source, tables_before: int = 0) -> None:
        self._styles = styles
        self._source: Source = source
        self._tables_seen = tables_before
        self._unseen = 0
        self._boxes = 0
        self._controls: list[bool] = []
        self._fields: list[str] = []
        self._paragraphs: list[_Open] = []
        self._tables: list[_Table] = []
        self._runs: list[_Run] = []
        self._ready: list[Raw] = []
        self.pictures = 0
        self._begins: Mapping[str, Callable[[Any], None]] = {
            "w:p": self._begin_paragraph, "w:r": self._begin_run, "w:pStyle": self._style, "w:vanish": self._vanish,
            "w:outlineLvl": self._outline, "w:tbl": self._begin_table, "w:tr": self._begin_row,
            "w:tc": self._begin_cell, "w:txbxContent": self._begin_box,
            "w:sdt": self._begin_control, "w:docPartGallery": self._gallery,
            "w:fldChar": self._field, "w:drawing": self._picture, "w:pict": self._picture,
        }  # fmt: skip
        self._ends: Mapping[str, Callable[[Any], None]] = {
            "w:t": self._text, "w:instrText": self._instruction, "w:r": self._end_run, "w:p": self._end_paragraph,
            "w:tr": self._end_row, "w:tbl": self._end_table, "w:txbxContent": self._end_box, "w:sdt": self._end_control,
        }  # fmt: skip

    def over(self, events: Iterator[tuple[str, str, Any]]) -> Iterator[Raw]:
        """Every paragraph and row, in the order of their ends."""
        for event, name, element in events:
            if name in UNSEEN:
                self._unseen += 1 if event == "start" else -1
            elif self._unseen:
                continue
            elif event == "start":
                self._begin(name, element)
            elif end := self._ends.get(name):
                end(element)
            if self._ready and not self._tables:
                yield from self._ready
                self._ready.clear()
        yield from self._ready

    @property
    def tables_seen(self) -> int:
        return self._tables_seen

    def _begin(self, name: str, element: Any) -> None:
        if begin := self._begins.get(name):
            begin(element)
        elif name in SIGNS and self._runs:
            self._runs[-1].pieces.append(SIGNS[name])

    def _begin_paragraph(self, _: Any) -> None:
        self._paragraphs.append(_Open(toc=any(self._controls) or self._in_contents_field(), box=self._boxes > 0))

    def _begin_run(self, _: Any) -> None:
        self._runs.append(_Run())

    def _end_run(self, _: Any) -> None:
        run = self._runs.pop()
        if self._paragraphs and not run.hidden:
            self._paragraphs[-1].pieces.extend(run.pieces)

    def _text(self, element: Any) -> None:
        if self._runs:
            self._runs[-1].pieces.append(element.text or "")

    def _vanish(self, element: Any) -> None:
        if self._runs and value(element) not in OFF:
            self._runs[-1].hidden = True

    def _style(self, element: Any) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = value(element)

    def _outline(self, element: Any) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = level_of(value(element))

    def _end_paragraph(self, _: Any) -> None:
        if self._paragraphs:
            self._put(self._paragraphs.pop())

    def _put(self, done: _Open) -> None:
        text = clean("".join(done.pieces))
        if not text:
            return
        level = done.level if done.level is not None else self._styles.level(done.style)
        made = Raw(
            text=text,
            level=level if level is not None and level < 9 else None,
            toc=done.toc or self._in_contents_field() or self._styles.is_contents(done.style),
            title=self._styles.is_title(done.style),
            source="box" if done.box else self._source,
        )
        if self._tables and not done.box:
            self._tables[-1].cells[-1].append(made) if self._tables[-1].cells else self._ready.append(made)
        else:
            self._ready.append(made)

    def _begin_table(self, _: Any) -> None:
        self._tables_seen += 1
        self._tables.append(_Table(self._tables_seen))

    def _begin_row(self, _: Any) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row, table.column, table.cells = table.row + 1, 0, []

    def _begin_cell(self, _: Any) -> None:
        if self._tables:
            self._tables[-1].cells.append([])

    def _end_row(self, _: Any) -> None:
        if self._tables:
            self._ready.extend(_row(self._tables[-1]))

    def _end_table(self, _: Any) -> None:
        if self._tables:
            self._tables.pop()

    def _begin_box(self, _: Any) -> None:
        self._boxes += 1

    def _end_box(self, _: Any) -> None:
        self._boxes -= 1

    def _begin_control(self, _: Any) -> None:
        self._controls.append(False)

    def _end_control(self, _: Any) -> None:
        self._controls.pop()

    def _gallery(self, element: Any) -> None:
        if self._controls and (value(element) or "").lower() == "table of contents":
            self._controls[-1] = True

    def _field(self, element: Any) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: Any) -> None:
        if self._fields:
            self._fields[-1] += element.text or ""

    def _in_contents_field(self) -> bool:
        return any(code.strip().upper().startswith("TOC") for code in self._fields)

    def _picture(self, _: Any) -> None:
        self.pictures += 1


def _row(table: _Table) -> list[Raw]:
    """A row as one paragraph, so that a figure stays beside what it is of; or its cells, where they hold long text."""
    texts = ["".join(one.text for one in cell) for cell in table.cells]
    filled = [text for text in texts if text]
    if len(filled) < 2 or sum(map(len, texts)) > LONGEST_ROW:
        return [
            Raw(one.text, one.level, one.toc, one.title, one.source, None, table.number, table.row, column)
            for column, cell in enumerate(table.cells, 1)
            for one in cell
        ]
    joined = BETWEEN_CELLS.join(texts)
    above, table.head = table.head, table.head or joined
    return [Raw(joined, table=table.number, row=table.row, above=above)]


def read_docx(path: Path) -> tuple[list[Raw], bool]:
    """The paragraphs of a file, and whether it holds pictures; raises Refusal."""
    package = Package(path)
    styles = read_styles(package)
    body = _Walk(styles, "body")
    found = list(body.over(package.events(package.main)))
    beside: dict[str, Raw] = {}  # the first and the other pages often carry the same header
    for source, name in package.beside():
        walk = _Walk(styles, source, body.tables_seen)
        for one in walk.over(package.events(name)):
            beside.setdefault(one.text, one)
    return [*found, *beside.values()], bool(body.pictures or package.pictures())
