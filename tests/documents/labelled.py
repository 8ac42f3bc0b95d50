"""Reads the labelled documents beside this file and builds them as DOCX or PDF."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FOLDER = Path(__file__).parent
TRACKED = re.compile(r"\{\+(?P<new>.*?)\+\}|\{-(?P<old>.*?)-\}")
BOX = """<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>
<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>
<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


@dataclass(frozen=True)
class Labelled:
    """One document with what a reader found in it."""

    name: str
    kind: str
    set: str
    found: frozenset[str]
    contradictions: frozenset[str]
    lines: tuple[str, ...]


def read(file: Path) -> Labelled:
    head, body = file.read_text(encoding="utf-8").split("\n---\n", 1)
    told = {name: text.strip() for name, _, text in (line.partition(":") for line in head.splitlines())}
    return Labelled(
        file.stem,
        told["kind"],
        told["set"],
        frozenset(told["found"].split()),
        frozenset(told["contradictions"].split()),
        tuple(line for line in body.splitlines() if line.strip()),
    )


def every() -> list[Labelled]:
    return [read(file) for file in sorted(FOLDER.glob("[em][0-9]*.md"))]


def as_docx(labelled: Labelled, file: Path) -> Path:
    """A DOCX file with styles, tables, text boxes and tracked changes as the marks say."""
    document = docx.Document()
    rows: list[list[str]] = []
    for line in (*labelled.lines, ""):
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _table(document, rows)
            rows = []
        if line:
            _paragraph(document, line)
    document.save(str(file))
    return file


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _paragraph(document: Any, line: str) -> None:
    mark, _, rest = line.partition(" ")
    if mark and set(mark) == {"#"}:
        document.add_heading(rest, len(mark) - 1)
    elif mark == ">":
        document.add_paragraph()._p.append(parse_xml(BOX.format(ns=nsdecls("w"), text=rest)))
    elif mark == "^":
        document.sections[0].header.paragraphs[0].text = rest
    elif mark == "~":
        document.add_paragraph(rest)
    else:
        _tracked(document.add_paragraph(), line.removeprefix("="))


def _tracked(paragraph: Any, text: str) -> None:
    place = 0
    for found in TRACKED.finditer(text):
        paragraph.add_run(text[place : found.start()])
        name, inner = ("ins", "t") if found["new"] is not None else ("del", "delText")
        paragraph._p.append(
            parse_xml(
                f'<w:{name} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:{inner}>{found["new"] or found["old"]}'
                f"</w:{inner}></w:r></w:{name}>"
            )
        )
        place = found.end()
    paragraph.add_run(text[place:])


def as_typst(labelled: Labelled, repeat: int = 1) -> str:
    """The same text for a page: tracked changes are taken over, boxes are paragraphs."""
    parts = [
        '#set page(paper: "a4", margin: 3cm, numbering: "1")',
        '#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")',
    ]
    rows: list[list[str]] = []
    for line in (*labelled.lines, "") * repeat:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            cells = ", ".join(f"[#{_quoted(cell)}]" for row in rows for cell in row)
            parts.append(f"#table(columns: {len(rows[0])}, {cells})")
            rows = []
        text = re.sub(r"^(#+|>|\^|~) |^=", "", TRACKED.sub(lambda found: found["new"] or "", line))
        parts.append(f"#par[#{_quoted(text)}]" if text.strip() else "")
    return "\n\n".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "  ......  ") + '"'


def as_pdf(labelled: Labelled, file: Path, repeat: int = 1) -> Path:
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    source = file.with_suffix(".typ")
    source.write_text(as_typst(labelled, repeat), encoding="utf-8")
    typst.compile(source, output=file, font_paths=[serif_path().parent])
    return file
