"""Writes a document to fill in (制度骨架): a chapter for each element, with its sentences and blanks.

Set as offices in China set their papers. Fonts are named for East Asian text too, or WPS would choose its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.document import DocumentKind, Element
from hegui.rulebook.numerals import chinese, heading

BLANK = re.compile(r"[【\[]([^】\]]*)[】\]]")
TITLE_POINTS, TEXT_POINTS, LINE_POINTS, FOOT_POINTS = 22, 16, 28, 14
INDENT_CHARACTERS = 2
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def skeleton(kind: DocumentKind, say: Texts, facts: Mapping[str, str], without: Collection[str] = frozenset()) -> bytes:
    """A DOCX file. `facts` fill blanks by their names; of the elements in `without` it says that they do not apply."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(page, name, Mm(width))
    _page_number(page.footer.paragraphs[0], say)
    named = facts.get(say("document.skeleton.enterprise"), "")
    title = say("document.skeleton.title", name=named, title=kind.title.say(say.language)).strip()
    _line(document, title, say("document.font.title"), TITLE_POINTS, centred=True)
    _line(document, say("document.skeleton.note"), say("document.font.text"), FOOT_POINTS)
    article = 0
    for number, element in enumerate(kind.elements, 1):
        chapter = document.add_heading(level=1)
        _run(chapter, _chapter(number, element, say), say("document.font.heading"), TEXT_POINTS)
        for line in _sentences(element, say, facts, without):
            article += 1
            _line(document, _article(article, line, say), say("document.font.text"), TEXT_POINTS)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def blanks(kind: DocumentKind, say: Texts) -> tuple[str, ...]:
    """The names of all blanks that have one, in order."""
    lines = (line.say(say.language) for element in kind.elements for line in element.outline)
    return tuple(dict.fromkeys(name for line in lines for name in BLANK.findall(line) if name.strip()))


def _sentences(element: Element, say: Texts, facts: Mapping[str, str], without: Collection[str]) -> Iterator[str]:
    if element.id in without:
        yield say("document.skeleton.waived", name=element.name.say(say.language))
        return
    for line in element.outline:
        yield BLANK.sub(lambda blank: facts.get(blank[1], "") or blank[0], line.say(say.language))


def _chapter(number: int, element: Element, say: Texts) -> str:
    shown = chinese(number) if say.language == "zh" else str(number)
    return say("document.skeleton.chapter", number=shown, name=element.name.say(say.language))


def _article(number: int, line: str, say: Texts) -> str:
    name = heading(number, None) if say.language == "zh" else str(number)
    return say("document.skeleton.article", name=name, line=line)


def _line(document: Any, text: str, font: str, points: int, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after = Pt(LINE_POINTS), Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.space_after = Pt(LINE_POINTS)
    else:
        shape.first_line_indent = Pt(INDENT_CHARACTERS * points)
    _run(paragraph, text, font, points)


def _run(paragraph: Any, text: str, font: str, points: int) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.font.color.rgb = Pt(points), font, None
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  the library names no East Asian font
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), font)


def _page_number(paragraph: Any, say: Texts) -> None:
    """A field that Word fills with the number of the page."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", say("document.font.text"), FOOT_POINTS)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  the library makes no fields
    _run(paragraph, " —", say("document.font.text"), FOOT_POINTS)
