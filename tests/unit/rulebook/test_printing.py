"""The printed rule book and single entries."""

import pytest

from hegui.rulebook.pack import Rulebook
from hegui.rulebook.printing import as_markdown, entry_as_json, entry_lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_printed_book_holds_every_entry_with_its_articles(rulebook: Rulebook, language):
    for pack in rulebook.packs:
        book = as_markdown(pack, rulebook, language)
        entries = [
            *pack.obligations,
            *pack.ladders,
            *pack.periods,
            *(e for kind in pack.documents for e in kind.elements),
        ]
        for entry in [*entries, *(pack.checklist.questions if pack.checklist else ())]:
            assert f"### {entry.id} " in book
        assert book.count("《" if language == "zh" else "Art.") >= len(entries)
        assert pack.version in book


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_can_be_shown(rulebook: Rulebook, language):
    rows = [row.id for table in rulebook.leniency for row in table.rows]
    for pack in rulebook.packs:
        for entry, _ in pack.cited():
            assert entry_lines(entry, rulebook, language)
    assert all(entry_lines(row, rulebook, language) for row in rows)


def test_an_entry_is_found_however_its_id_is_typed(rulebook: Rulebook):
    assert entry_lines(" n07 ", rulebook, "zh") == entry_lines("N07", rulebook, "zh")


def test_an_entry_that_is_not_there_gives_nothing(rulebook: Rulebook):
    assert entry_lines("Z99", rulebook, "zh") is None
    assert entry_as_json("Z99", rulebook, "zh") is None


def test_an_entry_as_data_has_its_citations_in_words(rulebook: Rulebook):
    shown = entry_as_json("N07", rulebook, "zh")
    assert shown is not None
    assert shown["id"] == "N07"
    assert "《网络安全法》第二十七条" in shown["cited"][0]


def test_what_was_not_checked_is_marked_in_print(rulebook: Rulebook):
    assert "据转引，待核" in "\n".join(entry_lines("D10", rulebook, "zh") or [])
