"""What may be written into a cell (单元格): text from outside never becomes a formula, a link or a broken file."""

import re
import unicodedata
from collections.abc import Container

LONGEST_TEXT = 32_000  # characters; the format holds 32,767
LONGEST_NAME = 31  # characters of a sheet's name, by the format
STARTS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # and the full-width twins
ONLY_DASHES = re.compile(r"^[-\uff0d\u2013\u2014]+$")
NUMBERED = re.compile(r"^[0-9A-Za-z]{11,}$")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def safe_text(text: str) -> str:
    """The text without characters that break the file, and with a ' before what a spreadsheet might work out.

    A cell that holds nothing but a dash (nothing to enter) stays as it is.
    """
    kept = "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    if len(kept) > LONGEST_TEXT:
        kept = kept[: LONGEST_TEXT - 1] + "…"
    if kept.lstrip(" \u3000")[:1] in STARTS_A_FORMULA and kept.strip(" \u3000") and not ONLY_DASHES.match(kept):
        return f"'{kept}"
    return kept


def is_numbered(text: str) -> bool:
    """Whether it is a number that stands for a thing (telephone, identity card, credit code), not an amount."""
    return NUMBERED.match(text) is not None


def safe_sheet_name(name: str, taken: Container[str]) -> str:
    """A name that the format allows and that no other sheet has; `taken` holds names in lower case."""
    plain = NOT_IN_A_NAME.sub("_", safe_name_text(name)).strip("' ") or "Sheet"
    made, number = plain[:LONGEST_NAME], 2
    while made.lower() in taken or made.lower() == "history":
        end = f" ({number})"
        made, number = plain[: LONGEST_NAME - len(end)].rstrip("' ") + end, number + 1
    return made


def safe_name_text(name: str) -> str:
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cs", "Cf"))


def width_of(text: str) -> int:
    """Columns that a text takes: a Chinese character is as wide as two letters."""
    return max((sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in text.split("\n")), default=0)
