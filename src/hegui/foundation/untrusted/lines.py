"""Limits of a text table: how long its lines are, and how many."""

from typing import BinaryIO

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import LINE_BYTES, ROWS
from hegui.foundation.untrusted.text import code_of
from hegui.foundation.untrusted.xml_scan import too_many_rows

START_BYTES = 4096


def look_at_lines(file: BinaryIO) -> None:
    """Raises Refusal for endless lines, for too many, and for zeros, which no text holds.

    A line break inside quotes is part of its row. A stray quote hides rows from this count; the reader's own count
    then ends it.
    """
    wide = code_of(file.read(START_BYTES)) == "utf-16"
    file.seek(0)
    rows = 0
    inside = False
    while line := file.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES or (not wide and b"\0" in line):
            raise Refusal("upload.damaged")
        inside ^= bool(line.count(b'"') & 1)
        rows += not inside
        if rows > ROWS:
            raise too_many_rows()
