"""One file into one Document."""

from collections.abc import Sequence
from pathlib import Path

from hegui.capabilities.document_check.model import WHOLE_FILE, Document
from hegui.capabilities.document_check.reading.docx import read_docx
from hegui.capabilities.document_check.reading.lines import paragraphs
from hegui.capabilities.document_check.reading.pdf import FEWEST_CHARACTERS, READERS
from hegui.capabilities.document_check.reading.structure import structured
from hegui.foundation.errors import Refusal
from hegui.foundation.language.chinese import is_han
from hegui.foundation.untrusted.recognising import FileKind

LEAST_CHINESE = 0.1
"""Share of Chinese characters among letters below which a document counts as written in another language."""


def read_document(path: Path, kind: FileKind, contents: Sequence[str], reader: str = "pdfium") -> Document:
    """The text of a DOCX or PDF file with its places; raises Refusal where it is empty or not Chinese."""
    found = _docx(path, contents) if kind is FileKind.docx else _pdf(path, contents, reader)
    if not found.scanned_pages:
        _check_language("".join(one.text for one in found.paragraphs))
    return found


def _docx(path: Path, contents: Sequence[str]) -> Document:
    raws, pictures = read_docx(path)
    letters = sum(len(raw.text) for raw in raws if raw.source in ("body", "box"))
    scan = pictures and letters < FEWEST_CHARACTERS
    return Document(structured(raws, contents), scanned_pages=(WHOLE_FILE,) if scan else ())


def _pdf(path: Path, contents: Sequence[str], reader: str) -> Document:
    pages = READERS[reader](path)
    scans = tuple(page.number for page in pages if page.scan)
    return Document(structured(paragraphs(pages), contents), len(pages), scans)


def _check_language(text: str) -> None:
    letters = sum(c.isalpha() for c in text)
    if not letters:
        raise Refusal("document.no_text")
    if sum(map(is_han, text)) < LEAST_CHINESE * letters:
        raise Refusal("document.not_chinese")
