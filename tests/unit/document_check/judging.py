"""Judges lines of text as a document would be judged that holds nothing else."""

from functools import cache

from hegui.capabilities.document_check.grammar import clean
from hegui.capabilities.document_check.judging.deciding import examine
from hegui.capabilities.document_check.model import Document, Report
from hegui.capabilities.document_check.reading.raw import Raw
from hegui.capabilities.document_check.reading.structure import structured
from hegui.capabilities.document_check.service import DocumentBooks
from hegui.rulebook.loader import default_folder, load

KINDS = {"M": "security-management-system", "E": "emergency-plan"}


@cache
def books(letter: str) -> DocumentBooks:
    """The shipped rules for one kind of document."""
    return DocumentBooks.of(load(default_folder()), KINDS[letter])


def judged(document: Document, letter: str = "M") -> Report:
    rules = books(letter)
    return examine(document, rules.kind, rules.words, rules.laws)


def judge(*lines: str, letter: str = "M") -> Report:
    raws = [Raw(clean(line)) for line in ("某某公司文件", "第一章 规定", *lines)]
    return judged(Document(structured(raws, books(letter).words.contents)), letter)


def state(report: Report, element: str) -> str:
    return next(one.state for one in report.judged if one.element == element)


def against(report: Report) -> set[str]:
    return {one.element for one in report.contradictions}
