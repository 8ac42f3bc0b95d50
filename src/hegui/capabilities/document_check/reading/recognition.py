"""Text of scanned pages by optical recognition: the extra `[ocr]`, loaded only here, in a child with its own limits.

It reads nearly every character and still loses a line now and then: nothing that it did not see is called missing.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hegui.capabilities.document_check.model import Document
from hegui.capabilities.document_check.reading.docx import read_docx
from hegui.capabilities.document_check.reading.lines import paragraphs
from hegui.capabilities.document_check.reading.package import Package
from hegui.capabilities.document_check.reading.pdf import Page, read_with_pdfium
from hegui.capabilities.document_check.reading.structure import structured
from hegui.foundation.untrusted.recognising import FileKind

DOTS_PER_INCH = 150
POINTS_PER_INCH = 72
MOST_PAGES = 40
MOST_SECONDS = 150
"""No page is begun after that; the child has longer."""

LEAST_SCORE = 0.5
MOST_PIXELS = 20_000_000
SAME_LINE = 0.6
"""Boxes whose middles are nearer than this share of their height stand on one line."""


def read_scan(path: Path, kind: FileKind, contents: Sequence[str]) -> Document:
    """A document whose scanned pages were recognised; those past the limit stay unread."""
    if kind is FileKind.docx:
        raws, _ = read_docx(path)
        pages = [Page(number, tuple(lines), scan=False) for number, lines in enumerate(_pictures(path), 1)]
        return Document(structured([*raws, *paragraphs(pages)], contents), recognised=True)
    pages = read_with_pdfium(path)
    wanted = [page.number for page in pages if page.scan]
    read = dict(zip(wanted, _scans(path, wanted[:MOST_PAGES]), strict=False))
    whole = [Page(page.number, read.get(page.number, page.lines), page.scan) for page in pages]
    left = tuple(number for number in wanted if number not in read)
    return Document(structured(paragraphs(whole), contents), len(pages), left, recognised=True)


def _scans(path: Path, numbers: Sequence[int]) -> Iterator[tuple[str, ...]]:
    import pypdfium2

    recognise = _engine()
    document = pypdfium2.PdfDocument(path)
    end = time.monotonic() + MOST_SECONDS
    for number in numbers:
        if time.monotonic() > end:
            return
        page = document[number - 1]
        scale = DOTS_PER_INCH / POINTS_PER_INCH
        width, height = page.get_size()
        if width * height * scale * scale > MOST_PIXELS:
            scale = (MOST_PIXELS / (width * height)) ** 0.5
        yield tuple(_lines(recognise(page.render(scale=scale).to_numpy())))


def _pictures(path: Path) -> Iterator[list[str]]:
    recognise = _engine()
    end = time.monotonic() + MOST_SECONDS
    for picture in Package(path).picture_bytes(MOST_PAGES):
        if time.monotonic() > end:
            return
        yield _lines(recognise(picture))


def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    return RapidOCR()


def _lines(found: Any) -> list[str]:
    """Boxes of text into lines, from above to below; what stands side by side is one line."""
    if found.txts is None:
        return []
    boxes = [
        (float(box[:, 1].mean()), float(box[:, 0].min()), float(box[:, 1].max() - box[:, 1].min()), text)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= LEAST_SCORE
    ]
    lines: list[list[tuple[float, float, float, str]]] = []
    for box in sorted(boxes):
        if lines and abs(box[0] - lines[-1][0][0]) < SAME_LINE * box[2]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [" ".join(text for _, _, _, text in sorted(line, key=lambda box: box[1])) for line in lines]
