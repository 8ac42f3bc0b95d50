"""Text tables: their code by a fixed ladder, their delimiter by the header, their rows."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from hegui.capabilities.ledger.reading.grid import Grid
from hegui.foundation.errors import Refusal

LADDER = ("utf-8-sig", "gb18030")
DELIMITERS = ",\t;\uff0c"
LINES_LOOKED_AT = 15
START_CHARACTERS = 20_000
LONGEST_CELL = 1_000_000


def read_text(path: Path, encoding: str | None, name: str) -> Grid:
    """The one sheet of a text table; raises Refusal where it is in no known code."""
    text = decoded(path.read_bytes(), encoding)
    mark = delimiter_of(text)
    width = 1 + max((line.count(mark) for line in text[:START_CHARACTERS].splitlines()[:LINES_LOOKED_AT]), default=0)
    return Grid(name, _rows(text, mark), width=width)


def decoded(raw: bytes, encoding: str | None) -> str:
    """UTF-16 where it is marked, UTF-8, GB18030, in this order; or the code that the person named."""
    if encoding is not None:
        return _named(raw, encoding)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _named(raw, "utf-16")
    for code in LADDER:
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refusal("upload.damaged")


def delimiter_of(text: str) -> str:
    """The mark that most of the first lines have most of."""
    lines = text[:START_CHARACTERS].splitlines()[:LINES_LOOKED_AT]
    return max(DELIMITERS, key=lambda mark: sum(min(line.count(mark), 60) for line in lines))


def _named(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except (LookupError, ValueError):
        raise Refusal("ledger.wrong_encoding", encoding=encoding[:20]) from None


def _rows(text: str, mark: str) -> Iterator[list[object]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        yield from reader
    except csv.Error:
        raise Refusal("upload.damaged") from None
