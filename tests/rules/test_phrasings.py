"""Phrasings (问法) find their own entry when they are left out, in every field and both languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest

from hegui.capabilities.answering.documents import digest, documents
from hegui.capabilities.answering.measuring import LeftOut, leave_out
from hegui.rulebook.lint import phrasings
from hegui.rulebook.pack import Rulebook

LANGUAGES = ("zh", "en")
FIRST_AT_LEAST, FIRST_THREE_AT_LEAST = 0.8, 0.95  # over all fields
FIELD_FIRST_AT_LEAST, FIELD_FIRST_THREE_AT_LEAST = 0.6, 0.85  # the floor of any one field


@pytest.fixture(scope="module")
def found(rulebook: Rulebook) -> Sequence[LeftOut]:
    return list(leave_out(rulebook))


def share(found: Sequence[LeftOut], among: int) -> float:
    return sum(one.place < among for one in found) / len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrasing_that_is_left_out_still_finds_its_entry(found: Sequence[LeftOut], language: str) -> None:
    mine = [one for one in found if one.language == language]
    assert share(mine, 1) >= FIRST_AT_LEAST
    assert share(mine, 3) >= FIRST_THREE_AT_LEAST


def test_no_field_falls_behind(found: Sequence[LeftOut]) -> None:
    fields: Mapping[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for one in found:
        fields[one.pack, one.language].append(one)
    behind = {
        field: (round(share(mine, 1), 3), round(share(mine, 3), 3))
        for field, mine in fields.items()
        if share(mine, 1) < FIELD_FIRST_AT_LEAST or share(mine, 3) < FIELD_FIRST_THREE_AT_LEAST
    }
    assert behind == {}


def test_the_thresholds_were_measured_for_these_texts(rulebook: Rulebook) -> None:
    assert rulebook.answering is not None
    assert rulebook.answering.rules_digest == digest(documents(rulebook))


def test_phrasings_of_an_entry_are_not_copies_of_each_other(rulebook: Rulebook) -> None:
    assert list(phrasings.check(rulebook)) == []


def test_every_duty_has_phrasings_in_both_languages(rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        asked = {row.entry: row for row in pack.asked_as}
        for duty in pack.obligations:
            assert len(asked[duty.id].asked_as.zh) >= 6, duty.id
            assert len(asked[duty.id].asked_as.en) >= 6, duty.id
