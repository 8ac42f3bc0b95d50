"""The door for files from outside: size, kind, and what can be seen without parsing. What passes is opened in a child.

`glance` looks at the beginning only and may run anywhere; `inspect` reads the whole file, half a second for a long
ledger, and therefore runs in the child before the task (`child.py`), or in a command.
"""

from collections.abc import Mapping
from pathlib import Path

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted import archive_guard
from hegui.foundation.untrusted.limits import FILE_BYTES, MEGABYTE
from hegui.foundation.untrusted.lines import look_at_lines
from hegui.foundation.untrusted.recognising import FileKind, recognise

TABLES = frozenset({FileKind.xlsx, FileKind.xls, FileKind.csv})
DOCUMENTS = frozenset({FileKind.docx, FileKind.pdf})

WORDS: Mapping[FileKind, str] = {
    FileKind.empty: "upload.empty",
    FileKind.damaged: "upload.damaged",
    FileKind.ole_encrypted: "upload.password",
    FileKind.doc: "upload.old_document",
    FileKind.wps: "upload.wps",
    FileKind.et: "upload.et",
    FileKind.slides: "upload.slides",
    FileKind.binary_workbook: "upload.binary_workbook",
    FileKind.macro: "upload.macro",
    FileKind.ofd: "upload.ofd",
    FileKind.open_document: "upload.open_document",
    FileKind.web_page: "upload.web_page",
    FileKind.rtf: "upload.rtf",
    FileKind.zip: "upload.archive",
    FileKind.archive: "upload.archive",
}


def glance(path: Path, wanted: frozenset[FileKind]) -> FileKind:
    """The kind of a file; raises Refusal if it is too big, gone, or not of a kind that is wanted."""
    try:
        size = path.stat().st_size
        kind = recognise(path) if size <= FILE_BYTES else FileKind.unknown
    except OSError:
        raise Refusal("upload.gone") from None
    if size > FILE_BYTES:
        raise Refusal("upload.too_big", limit=FILE_BYTES // MEGABYTE)
    if kind not in wanted:
        raise _unwanted(kind, wanted)
    return kind


def inspect(path: Path, wanted: frozenset[FileKind]) -> FileKind:
    """The kind of a file that may be opened in a child; raises Refusal with what the person can do about it."""
    kind = glance(path, wanted)
    with path.open("rb") as file:
        if kind in (FileKind.xlsx, FileKind.docx):
            archive_guard.look_through(file, cells=kind is FileKind.xlsx)
        elif kind in (FileKind.csv, FileKind.text):
            look_at_lines(file)
    return kind


def _unwanted(kind: FileKind, wanted: frozenset[FileKind]) -> Refusal:
    table = bool(wanted & TABLES)
    if kind is FileKind.image:
        return Refusal("upload.picture_of_table" if table else "upload.picture_of_document")
    if kind in WORDS:
        return Refusal(WORDS[kind])
    if kind in TABLES and not table:
        return Refusal("upload.table_not_document")
    if kind in DOCUMENTS and table:
        return Refusal("upload.document_not_table")
    return Refusal("upload.unknown_table" if table else "upload.unknown_document")
