"""Reads a period the way people and orders write it (15日, 十五天内, 10个工作日, 2 months). Pure."""

import re
import unicodedata
from collections.abc import Iterable

from hegui.capabilities.rectification.model import RectificationModel
from hegui.rulebook.counting import DayUnit, Span
from hegui.rulebook.numerals import chinese

UNITS: tuple[DayUnit, ...] = ("working", "day", "week", "month")
LONGEST = 999


class PeriodWords(RectificationModel):
    """The words of all languages: names of each unit, what may stand around a period, and other words for two."""

    units: dict[DayUnit, tuple[str, ...]]
    around: tuple[str, ...]
    two: tuple[str, ...]


def read_period(typed: str, words: PeriodWords) -> Span | None:
    """None where it is no period, or one that cannot be meant (0 days)."""
    text = _without(unicodedata.normalize("NFKC", typed).lower().strip(), words.around)
    for word in words.two:
        text = text.replace(word, chinese(2))
    for unit in UNITS:
        found = re.fullmatch(rf"(\d+|[^\W\d_a-z]+?)\s*(?:{_any(words.units[unit])})", text)
        if found and (count := read_count(found[1])) and count <= LONGEST:
            return Span(count=count, unit=unit)
    return None


def read_count(written: str) -> int | None:
    """A number in digits or in Chinese numerals up to 999."""
    if written.isdecimal():
        return int(written)
    total, pending = 0, 0
    for character in written:
        value = int(unicodedata.numeric(character, 0))
        if not value:
            return None
        if value >= 10:  # ten, hundred: multiplies what stands before it
            total, pending = total + max(pending, 1) * value, 0
        else:
            pending = value
    return total + pending


def _without(text: str, around: Iterable[str]) -> str:
    longest_first = sorted(around, key=len, reverse=True)
    return re.sub(rf"^(?:{_any(longest_first)}|\s)+|(?:{_any(longest_first)}|[\s。.,，])+$", "", text)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
