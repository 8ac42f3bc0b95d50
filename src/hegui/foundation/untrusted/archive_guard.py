"""Looks through an Office file of the new kind (a ZIP archive of XML) without parsing it or keeping any of it."""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import BinaryIO

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import (
    MEGABYTE,
    PART_BYTES,
    PARTS,
    RATIO,
    RATIO_COUNTS_FROM_BYTES,
    UNFOLDED_BYTES,
)
from hegui.foundation.untrusted.relations import Relations
from hegui.foundation.untrusted.unfolding import DEFLATED, STORED, pieces
from hegui.foundation.untrusted.xml_scan import CellScan, XmlScan, as_utf8, is_xml
from hegui.foundation.untrusted.zip_directory import Directory, Part, data_start, read_directory

EMBEDDED = ("/embeddings/", "/activex/", "/oleobject")
UNREAD = ("/media/", "/fonts/")
"""Folders of what no reader takes for XML; what stands there may begin like XML by chance."""
LINKED = "xl/externallinks/"
MACROS = ("vbaproject.bin", "vbadata.xml")


def look_through(file: BinaryIO, *, cells: bool) -> None:
    """Raises Refusal for an archive that may not be opened. `cells` tells that it is a workbook."""
    directory = read_directory(file)
    _check_directory(directory)
    _check_places(file, directory)
    for part in directory.parts:
        _look_at_part(file, part, cells=cells)


def _check_directory(directory: Directory) -> None:
    if directory.count > PARTS:
        raise Refusal("upload.too_many_parts", limit=PARTS)
    names = [part.name.lower() for part in directory.parts]
    if len(set(names)) < len(names):
        raise Refusal("upload.dangerous")
    for part in directory.parts:
        _check_part(part)
        _check_name(part.name.lower())
    if sum(part.unfolded for part in directory.parts) > UNFOLDED_BYTES:
        raise _unfolds_to_too_much(UNFOLDED_BYTES)


def _check_part(part: Part) -> None:
    if part.encrypted:
        raise Refusal("upload.password")
    if part.link or part.method not in (STORED, DEFLATED):
        raise Refusal("upload.dangerous")
    if part.unfolded > PART_BYTES:
        raise _unfolds_to_too_much(PART_BYTES)
    if part.unfolded > RATIO_COUNTS_FROM_BYTES and part.unfolded > RATIO * part.packed:
        raise Refusal("upload.dangerous")


def _check_name(name: str) -> None:
    if name.startswith("/") or "\0" in name or ":" in name.split("/", 1)[0] or ".." in name.split("/"):
        raise Refusal("upload.dangerous")
    if name.endswith(MACROS) or "/macrosheets/" in name:
        raise Refusal("upload.macro")
    if name.startswith(LINKED):
        raise Refusal("upload.linked")
    if any(mark in name for mark in EMBEDDED):
        raise Refusal("upload.embedded")


def _check_places(file: BinaryIO, directory: Directory) -> None:
    """No two parts may share bytes: that is how one small part becomes thousands."""
    spans = sorted((part.offset, data_start(file, part) + part.packed) for part in directory.parts)
    if _overlap(spans) or any(end > directory.start for _, end in spans):
        raise Refusal("upload.dangerous")


def _overlap(spans: Sequence[tuple[int, int]]) -> bool:
    return any(end > following for (_, end), (following, _) in pairwise(spans))


def _look_at_part(file: BinaryIO, part: Part, *, cells: bool) -> None:
    unfolding = pieces(file, part)
    first = next(unfolding, b"")
    if any(folder in part.name for folder in UNREAD) or not is_xml(first):
        for _ in unfolding:  # counted all the same
            pass
        return
    scans = _scans(part.name.lower(), cells=cells)
    for piece in as_utf8(chain([first], unfolding)):
        for scan in scans:
            scan.look(piece)


def _scans(name: str, *, cells: bool) -> list[XmlScan | CellScan | Relations]:
    scans: list[XmlScan | CellScan | Relations] = [XmlScan(nested=not name.endswith(".vml"))]
    if name.endswith(".rels"):
        scans.append(Relations())
    elif cells:
        scans.append(CellScan())
    return scans


def _unfolds_to_too_much(limit: int) -> Refusal:
    return Refusal("upload.unfolds", limit=limit // MEGABYTE)
