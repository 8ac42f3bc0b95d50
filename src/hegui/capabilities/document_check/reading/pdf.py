"""The text layer of a PDF file, page by page, and the pages that have none.

pypdfium2 is quick, but native: on some files it aborts. `pypdf` is the second try, in a fresh child.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hegui.foundation.errors import Refusal

FEWEST_CHARACTERS = 10
"""A page with less text and a picture on it is a scan."""

MOST_PAGES = 2000
LETTERS_DRAWN = 40
"""So many outlines and no text: the letters were turned into drawings."""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page; `scan` where they cannot be read."""

    number: int
    lines: tuple[str, ...]
    scan: bool


def read_with_pdfium(path: Path) -> list[Page]:
    """Every page; raises Refusal for a file that is locked, damaged or endless."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as wrong:
        raise Refusal("upload.password" if "password" in str(wrong).lower() else "upload.damaged") from None
    _check(len(document))
    return [_page(document, number) for number in range(len(document))]


def _page(document: Any, number: int) -> Page:
    page = document[number]
    words = page.get_textpage()
    lines = tuple(_readable(words.get_text_range()).splitlines())
    letters = sum(len(line.strip()) for line in lines)
    scan = letters < FEWEST_CHARACTERS and _is_drawn(page)
    words.close()
    page.close()
    return Page(number + 1, () if scan else lines, scan)


def _is_drawn(page: Any) -> bool:
    """Whether a page without text shows a picture, or letters as outlines."""
    import pypdfium2.raw as pdfium

    outlines = 0
    for drawn in page.get_objects(max_depth=5):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        outlines += drawn.type == pdfium.FPDF_PAGEOBJ_PATH
        if outlines > LETTERS_DRAWN:
            return True
    return False


def read_with_pypdf(path: Path) -> list[Page]:
    """As `read_with_pdfium`, slowly and in Python."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal("upload.password")
        _check(len(reader.pages))
        return [_slow_page(page, number) for number, page in enumerate(reader.pages, 1)]
    except pypdf.errors.PyPdfError:
        raise Refusal("upload.damaged") from None


def _slow_page(page: Any, number: int) -> Page:
    lines = tuple(_readable(page.extract_text()).splitlines())
    scan = sum(len(line.strip()) for line in lines) < FEWEST_CHARACTERS and bool(len(page.images))
    return Page(number, () if scan else lines, scan)


READERS: dict[str, Callable[[Path], list[Page]]] = {"pdfium": read_with_pdfium, "pypdf": read_with_pypdf}


def _check(pages: int) -> None:
    if pages > MOST_PAGES:
        raise Refusal("document.too_many_pages", limit=MOST_PAGES)


def _readable(text: str) -> str:
    """Nothing, where letters have no meaning: fonts without a map give only signs of private use."""
    private = sum("\ue000" <= c <= "\uf8ff" or c in "\ufffd\ufffe" for c in text)
    return "" if private * 3 > len(text) else text


def numbered(pages: list[Page]) -> Iterator[tuple[int, str]]:
    """Every line with its page."""
    for page in pages:
        yield from ((page.number, line) for line in page.lines)
