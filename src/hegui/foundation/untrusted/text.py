"""Plain text from outside: its code by a fixed ladder, and whether it is a table."""

import codecs

CELL_SEPARATORS = (",", "\t", ";", "\uff0c")
LINES_LOOKED_AT = 15


def code_of(start: bytes) -> str | None:
    """Python's name of the code: UTF-16 with its mark, UTF-8, GB18030; None if it is none of them."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        return None
    return next((code for code in ("utf-8-sig", "gb18030") if _decoded(start, code) is not None), None)


def start_of_text(start: bytes) -> str | None:
    """The beginning of a text; None if it is not text."""
    code = code_of(start)
    return _decoded(start, code) if code else None


def readable(text: str) -> bool:
    """Whether it holds no control characters but those of lines: noise can be decoded too."""
    return all(character >= " " or character in "\t\r\n\f\x1a" for character in text)


def looks_like_table(text: str) -> bool:
    """Whether one of the first lines has cells."""
    return any(mark in line for line in text.splitlines()[:LINES_LOOKED_AT] for mark in CELL_SEPARATORS)


def _decoded(start: bytes, code: str) -> str | None:
    """The text, whose last character may have been cut in two."""
    try:
        return codecs.getincrementaldecoder(code)("strict").decode(start, final=False)
    except UnicodeDecodeError:
        return None
