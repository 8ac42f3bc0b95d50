"""What a file is, told by its content. Its name says nothing: people rename files, and attackers do."""

from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.ole import SIGNATURE as OLE
from hegui.foundation.untrusted.ole import Compound, has_password
from hegui.foundation.untrusted.text import looks_like_table, readable, start_of_text
from hegui.foundation.untrusted.zip_directory import read_directory


class FileKind(StrEnum):
    """Kinds that Hegui reads, and those for which it has a word on what to do."""

    xlsx = "xlsx"
    xls = "xls"
    csv = "csv"
    docx = "docx"
    pdf = "pdf"
    image = "image"
    text = "text"
    zip = "zip"
    archive = "archive"
    ole_encrypted = "ole_encrypted"
    doc = "doc"
    wps = "wps"
    et = "et"
    slides = "slides"
    binary_workbook = "binary_workbook"
    macro = "macro"
    ofd = "ofd"
    open_document = "open_document"
    web_page = "web_page"
    rtf = "rtf"
    empty = "empty"
    damaged = "damaged"
    unknown = "unknown"


START_BYTES = 4096
PDF_WITHIN = 1024
"""Readers accept a PDF whose mark stands within the first kilobyte."""

STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.image),
    (b"\x89PNG\r\n\x1a\n", FileKind.image),
    (b"GIF87a", FileKind.image),
    (b"GIF89a", FileKind.image),
    (b"II*\x00", FileKind.image),
    (b"MM\x00*", FileKind.image),
    (b"BM", FileKind.image),
    (b"{\\rtf", FileKind.rtf),
    (b"Rar!\x1a\x07", FileKind.archive),
    (b"7z\xbc\xaf\x27\x1c", FileKind.archive),
    (b"\x1f\x8b\x08", FileKind.archive),
    (b"BZh", FileKind.archive),
    (b"\xfd7zXZ\x00", FileKind.archive),
)
HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
WEB = (b"<html", b"<!doctype html", b"<table", b"mime-version:", b'progid="excel.sheet"', b"office:spreadsheet")


def recognise(path: Path) -> FileKind:
    """The kind of a file; raises OSError where it cannot be opened, and nothing else."""
    with path.open("rb") as file:
        start = file.read(START_BYTES)
        if not start.strip(b"\0 \r\n\t"):
            return FileKind.empty
        if start.startswith(OLE):
            return _ole(file, path)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _zip(file)
        return _by_start(start) or _text(start)


def _by_start(start: bytes) -> FileKind | None:
    if b"%PDF-" in start[:PDF_WITHIN]:
        return FileKind.pdf
    if start[4:8] == b"ftyp" and start[8:12] in HEIF:
        return FileKind.image
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return FileKind.image
    known = next((kind for mark, kind in STARTS if start.startswith(mark)), None)
    if known is FileKind.image and start.startswith(b"BM") and start[6:10] != bytes(4):
        return None  # a text may begin with these two letters
    return known


def _text(start: bytes) -> FileKind:
    text = start_of_text(start)
    if text is None:
        return FileKind.unknown
    plain = text.lower().encode()
    if any(mark in plain for mark in WEB):
        return FileKind.web_page
    if not readable(text):
        return FileKind.unknown
    return FileKind.csv if looks_like_table(text) else FileKind.text


def _ole(file: BinaryIO, path: Path) -> FileKind:
    compound = Compound(file)
    names = compound.names()
    if not names:
        return FileKind.damaged
    if "encryptedpackage" in names:
        return FileKind.ole_encrypted
    if names & {"_vba_project_cur", "macros", "vba", "_vba_project"}:
        return FileKind.macro
    if "powerpoint document" in names:
        return FileKind.slides
    for name in ("workbook", "book"):
        if name in names:
            return FileKind.ole_encrypted if has_password(compound.start_of(name)) else FileKind.xls
    if "worddocument" in names or "wpsdocument" in names:
        return FileKind.wps if "wpsdocument" in names or path.suffix.lower() == ".wps" else FileKind.doc
    return FileKind.et if "et" in names or path.suffix.lower() == ".et" else FileKind.unknown


def _zip(file: BinaryIO) -> FileKind:
    try:
        names = [part.name.lower() for part in read_directory(file).parts]
    except Refusal:
        return FileKind.damaged
    if "[content_types].xml" in names:
        return _office(names)
    if "ofd.xml" in names:
        return FileKind.ofd
    if "mimetype" in names and ("content.xml" in names or "meta-inf/manifest.xml" in names):
        return FileKind.open_document
    return FileKind.zip


def _office(names: list[str]) -> FileKind:
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        return FileKind.macro
    if any(name.endswith("workbook.bin") for name in names):
        return FileKind.binary_workbook
    for folder, kind in (("xl/", FileKind.xlsx), ("word/", FileKind.docx), ("ppt/", FileKind.slides)):
        if any(name.startswith(folder) for name in names):
            return kind
    return FileKind.zip
