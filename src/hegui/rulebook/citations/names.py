"""Which law a name means: exact names and aliases only, never a part of a longer title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from hegui.foundation.language.chinese import has_han, normalise
from hegui.rulebook.citations import grammar
from hegui.rulebook.known_titles import KnownTitle
from hegui.rulebook.law import Law
from hegui.rulebook.pack import Rulebook

LONGEST_NAME = 48


@dataclass(frozen=True, slots=True)
class Named:
    """What a title led to: a law of the register, a title known to exist, or neither (then `is_local` may hold)."""

    title: str
    law: Law | None = None
    known: KnownTitle | None = None
    is_local: bool = False
    is_open_kind: bool = False


class Names:
    """All names of laws, in one spelling."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def exactly(self, title: str) -> Named | None:
        """The law or the known title of exactly this name."""
        plain = plain_title(title)
        if law := self._laws.get(plain):
            return Named(law.title, law)
        if known := self._known.get(plain):
            return Named(known.title, None, known, known.kind == "local-regulation")
        return None

    def at_the_end_of(self, run: str) -> tuple[int, Named] | None:
        """The longest known name with which a run of words ends, and where it begins."""
        for start in range(max(0, len(run) - LONGEST_NAME), len(run) - 1):
            if named := self.exactly(run[start:]):
                return start, named
        return None

    def unknown(self, title: str) -> Named:
        """A title of a law that nobody knows: of a place, of a kind that is not listed wholly, or invented."""
        plain = plain_title(title)
        local = grammar.PLACE.search(plain) is not None
        return Named(title, is_local=local, is_open_kind=grammar.OPEN_KIND.search(plain) is not None)

    def unknown_english(self, title: str) -> Named:
        """An English title says nothing sure, except where it is a known one with words added."""
        plain = normalise(title)
        longer = any(name in plain for name in self._laws if not has_han(name) and " " in name)
        return Named(title, is_open_kind=not longer)

    @cached_property
    def _laws(self) -> dict[str, Law]:
        return {plain_title(name): law for law in self._rulebook.laws for name in _names(law)}

    @cached_property
    def _known(self) -> dict[str, KnownTitle]:
        return {plain_title(title): known for title, known in self._rulebook.known_titles.items()}


@lru_cache(maxsize=20_000)
def plain_title(title: str) -> str:
    """One spelling: without marks, version brackets, the state's name before it, or the country after it."""
    spelled = re.sub(r"\s+", " ", normalise(title)).strip()
    if not has_han(spelled):
        return grammar.EN_OF_CHINA.sub("", spelled).removeprefix("the ")
    return spelled.translate(grammar.NESTED).replace(" ", "").removeprefix(grammar.CHINA)


def _names(law: Law) -> Iterator[str]:
    yield from (law.title, *law.short, law.english, *law.english_short)
