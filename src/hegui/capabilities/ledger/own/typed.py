"""Reads what people type or press in the forms: chemicals, amounts, days, choices. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence

from hegui.rulebook.catalogue import Chemical

LONGEST_NAME = 60
LONGEST_VALUE = 200


def chemicals_called(typed: str, listed: Sequence[Chemical]) -> tuple[Chemical, ...]:
    """Items of the catalogue with that name, alias or CAS number; else those whose name holds what was typed."""
    word = folded(typed)
    exact = tuple(one for one in listed if word in map(folded, names_of(one)))
    if exact or not word:
        return exact
    return tuple(one for one in listed if any(word in folded(name) for name in names_of(one)))


def names_of(chemical: Chemical) -> Iterable[str]:
    yield from (chemical.name.zh, chemical.name.en, *chemical.aliases.zh, *chemical.aliases.en, *chemical.cas)


def folded(text: str) -> str:
    """Half-width, small letters, no blanks: as names are compared."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def one_line(typed: str, longest: int = LONGEST_VALUE) -> str | None:
    """A value as it is kept: one line; None where nothing is left or it is too long."""
    kept = (c if c.isspace() or unicodedata.category(c)[0] != "C" else "" for c in unicodedata.normalize("NFC", typed))
    text = " ".join("".join(kept).split())
    return text if text and len(text) <= longest else None
