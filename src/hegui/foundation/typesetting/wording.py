"""Makes any text fit to be set (可排印的文字): what has no shape is replaced by a mark and named."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from hegui.foundation.typesetting.fonts import GETA, FontShelf, needs_ink

KEPT_MARKS = "\n\u200b\u200c\u200d"
OTHER_BLANKS = "\t\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"


def settable(value: Any, shelf: FontShelf) -> tuple[Any, tuple[str, ...]]:
    """The same JSON with printable texts, and the names of the characters (U+E816) that a 〓 now stands for.

    Control characters and marks that turn the direction of writing go: they have no shape and can mislead.
    """
    missing: dict[str, None] = {}

    def text(given: str) -> str:
        kept = "".join(" " if c in OTHER_BLANKS else c for c in given if _stays(c))
        absent = shelf.missing_characters(kept)
        missing.update(dict.fromkeys(f"U+{ord(c):04X}" for c in absent))
        return kept.translate(dict.fromkeys(map(ord, absent), GETA))

    def walk(given: Any) -> Any:
        if isinstance(given, str):
            return text(given)
        if isinstance(given, Mapping):
            return {str(name): walk(part) for name, part in given.items()}
        if isinstance(given, list | tuple):
            return [walk(part) for part in given]
        return given

    return walk(value), tuple(missing)


def breakable(text: str, every: int = 12) -> str:
    """Long runs of Latin letters and digits get places where a narrow column may break them."""
    made, run = [], 0
    for character in text:
        run = run + 1 if character.isascii() and not character.isspace() else 0
        made.append(character)
        if run == every:
            made.append("\u200b")
            run = 0
    return "".join(made)


def _stays(character: str) -> bool:
    if character in KEPT_MARKS or needs_ink(character):
        return True
    return character.isspace() or unicodedata.category(character) == "Mn"
