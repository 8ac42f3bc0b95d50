"""Words of the rules in a text: plain ones, and those with a gap between their parts (pure)."""

import re
from collections.abc import Sequence
from functools import cache

STRUCK = "\u2588"
"""Stands for characters that were struck out, so that places stay the same."""

GAP = "…"
BETWEEN = rf"[^，,；;：:。！!？?\n{STRUCK}]{{0,15}}?"


@cache
def pattern(word: str) -> re.Pattern[str]:
    """A word with its gaps as a pattern."""
    return re.compile(BETWEEN.join(map(re.escape, word.split(GAP))))


def stands_in(word: str, text: str) -> bool:
    """Whether a text holds a word, in one clause where the word has a gap."""
    if GAP not in word:
        return word in text
    return all(part in text for part in word.split(GAP)) and bool(pattern(word).search(text))


def any_stands_in(words: Sequence[str], text: str) -> bool:
    return any(stands_in(word, text) for word in words)
