"""Reads a PDF that Hegui made, as a reader would: its words, and whether its fonts ride inside."""

import io
from typing import Any

import pypdf
import pypdfium2


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def text_of(content: bytes) -> str:
    """All words, with the breaks that the lines of the page made taken out."""
    return "".join(pages_of(content)).replace("\n", "").strip()


def fonts_not_inside(content: bytes) -> list[str]:
    """Names of the fonts that a machine without them could not show."""
    held = [font for page in pypdf.PdfReader(io.BytesIO(content)).pages for font in _fonts(page)]
    assert held
    return [str(font["/BaseFont"]) for font in held if not _inside(font)]


def _fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def _inside(font: Any) -> bool:
    parts = [part.get_object() for part in font.get("/DescendantFonts", [font])]
    described = [part["/FontDescriptor"].get_object() for part in parts]
    return all(any(f"/FontFile{n}" in one for n in ("", "2", "3")) for one in described)
