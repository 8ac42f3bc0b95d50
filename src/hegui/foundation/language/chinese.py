"""One spelling of many (规范化): width, case, traditional characters, control characters; with a way back."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Protocol

LEAST_HAN, LAST_HAN = "\u3400", "\u9fff"


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    """Loaded when the first Chinese text comes: an English one does not wait for it."""
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


def is_han(character: str) -> bool:
    return LEAST_HAN <= character <= LAST_HAN


def has_han(text: str) -> bool:
    return any(map(is_han, text))


def normalise(text: str) -> str:
    """NFKC, lower case, simplified characters, no control characters."""
    folded = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co") else c for c in folded)
    shown = "".join(c for c in shown if unicodedata.category(c) != "Cf")
    return _simplified(shown)


def _simplified(text: str) -> str:
    return _simplifier().convert(text) if has_han(text) else text


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text in one spelling, and for each of its characters where it stood in the original."""

    text: str
    original: str
    places: tuple[int, ...]

    def raw(self, start: int, end: int) -> str:
        """The original of a stretch."""
        return self.original[self.places[start] : self.places[end - 1] + 1]


def spell(original: str) -> Spelled:
    """As `normalise`, and blanks beside Chinese go (a name may be broken over two lines); an empty line stays."""
    pairs = [(c, place) for place, one in enumerate(original) for c in unicodedata.normalize("NFKC", one).lower()]
    pairs = [(c, place) for c, place in pairs if unicodedata.category(c) not in ("Cf", "Cs", "Co")]
    kept = [pair for number, pair in enumerate(pairs) if not _is_idle_blank(pairs, number)]
    text = "".join(c for c, _ in kept)
    simple = _simplified(text)
    if len(simple) != len(text):
        simple = "".join(converted if len(converted := _simplified(c)) == 1 else c for c in text)
    return Spelled(simple, original, tuple(place for _, place in kept))


def _is_idle_blank(pairs: list[tuple[str, int]], number: int) -> bool:
    character = pairs[number][0]
    if not character.isspace():
        return False
    if character == "\n" and number + 1 < len(pairs) and pairs[number + 1][0] == "\n":
        return False
    before = pairs[number - 1][0] if number else ""
    after = next((c for c, _ in pairs[number + 1 : number + 9] if not c.isspace()), "")
    return before.isspace() or any(c and (is_han(c) or c in "《》〈〉") for c in (before, after))
