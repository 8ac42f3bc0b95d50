"""Phrasings (问法) find their own entry when they are left out, and are not copies of each other."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from hegui.capabilities.answering.index import Document, SearchIndex, documents, of_entry
from hegui.rulebook.obligation import AskedAs
from hegui.rulebook.pack import Pack, Rulebook

LANGUAGES = ("zh", "en")
FIRST_AT_LEAST = 0.8
FIRST_THREE_AT_LEAST = 0.95
LIKE = 0.8


@pytest.fixture(scope="module")
def ranked(rulebook: Rulebook) -> list[tuple[str, str, int]]:
    """Language, phrasing and the place (0 is first) of its entry in an index that does not hold it."""
    held = documents(rulebook)
    return [found for pack in rulebook.packs for asked in pack.asked_as for found in _places(held, pack, asked)]


def _places(held: Sequence[Document], pack: Pack, asked: AskedAs) -> Iterator[tuple[str, str, int]]:
    entry = pack.obligation(asked.entry) or pack.ladder(asked.entry)
    assert entry is not None
    for language in LANGUAGES:
        for said in getattr(asked.asked_as, language):
            others = tuple(text for text in getattr(asked.asked_as, language) if text != said)
            without = asked.model_copy(update={"asked_as": asked.asked_as.model_copy(update={language: others})})
            changed = of_entry(pack.id, entry, without)
            index = SearchIndex([changed if (d.pack, d.entry) == (pack.id, entry.id) else d for d in held])
            found = [hit.entry for hit in index.search(said).rules]
            yield language, said, found.index(entry.id) if entry.id in found else len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrasing_that_is_left_out_still_finds_its_entry(ranked: list[tuple[str, str, int]], language: str) -> None:
    places = [place for lang, _, place in ranked if lang == language]
    assert sum(place == 0 for place in places) >= FIRST_AT_LEAST * len(places)
    assert sum(place < 3 for place in places) >= FIRST_THREE_AT_LEAST * len(places)


def test_every_duty_has_phrasings_in_both_languages(rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        asked = {row.entry: row for row in pack.asked_as}
        for duty in pack.obligations:
            assert len(asked[duty.id].asked_as.zh) >= 6
            assert len(asked[duty.id].asked_as.en) >= 6


def test_phrasings_of_an_entry_are_not_copies_of_each_other(rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        for asked in pack.asked_as:
            for said in (asked.asked_as.zh, asked.asked_as.en):
                alike = [pair for pair in combinations(said, 2) if SequenceMatcher(None, *pair).ratio() > LIKE]
                assert alike == []
