"""Every obligation knows how people ask for it, in ways that truly differ."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Language

AT_LEAST = 5
ALIKE = 0.8
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for pack in rulebook.packs:
        asked = {row.entry for row in pack.asked_as}
        for obligation in pack.obligations:
            if obligation.id not in asked:
                yield fault(f"{pack.id} {obligation.id}", "nobody says how people ask for it (asked_as)")
        yield from _rows(pack)


def _rows(pack: Pack) -> Iterator[Fault]:
    for row in pack.asked_as:
        for language in LANGUAGES:
            phrases = row.asked_as.zh if language == "zh" else row.asked_as.en
            if len(phrases) < AT_LEAST:
                yield fault(f"{pack.id} {row.entry}", f"{len(phrases)} ways of asking in {language}, not {AT_LEAST}")
            for one, other in _alike(phrases):
                yield fault(f"{pack.id} {row.entry}", f"two ways of asking are nearly the same: {one} / {other}")


def _alike(phrases: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(phrases, 2):
        matcher = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
        if matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE:
            yield one, other


def _plain(phrase: str) -> str:
    return re.sub(r"[\W_]+", "", phrase).lower()
