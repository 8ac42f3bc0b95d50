"""The printed rule book and single entries."""

import re
from datetime import date

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.rulebook.loader import load
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.printing import as_markdown, entry_as_json, entry_lines
from hegui.rulebook.signing import FILE, as_file, signed


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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_printed_book_leaves_out_no_time_place_or_list(rulebook: Rulebook, language):
    for pack in rulebook.packs:
        book = as_markdown(pack, rulebook, language)
        earlier = sum(len(entry.earlier) for entry in pack.stating())
        assert len(re.findall(r"^#### ", book, re.MULTILINE)) == earlier
        assert pack.jurisdiction in book
        assert pack.digest in book
        for duty in (duty for duty in pack.obligations if duty.replaces):
            assert rulebook.duty(duty.replaces).title.say(language) in book  # type: ignore[union-attr]
        for chemical in pack.catalogue.chemicals if pack.catalogue else ():
            assert f"- {chemical.id} {chemical.name.say(language)}" in book


def test_consequences_name_the_table_of_leniency_and_what_held_before(rulebook: Rulebook):
    said = "\n".join(entry_lines("P1", rulebook, "en") or [])
    assert "**Leniency by**: Leniency under the Administrative Penalty Law" in said
    assert "#### Earlier wording, 2017-06-01 to 2026-01-01 (exclusive)" in said
    assert "Cybersecurity Law, Art. 59, para. 1" in said


def test_conditions_are_printed_with_the_answers_they_wait_for(tmp_path):
    folder = write(tmp_path / "rules")
    spoil(
        folder,
        "demo/checklist.yaml",
        "{kind: answer_is, question: F01, any_of: [shop]}",
        "{kind: all_of, conditions: [{kind: answer_is, question: F01, any_of: [shop]},"
        " {kind: not, condition: {kind: answer_is, question: F01, any_of: [none, unknown]}}]}",
    )
    assert "- **Asked when**: (F01 is Shop) and (not (F01 is None or unknown))" in entry_lines(
        "Q01", load(folder), "en"
    )
    assert "- **提问条件**：（F01 答有）并且（不是（F01 答没有或者unknown））" in entry_lines("Q01", load(folder), "zh")


def test_the_book_ends_with_the_hash_and_a_line_to_sign(rulebook: Rulebook):
    pack = rulebook.packs[0]
    *_, hashed, _, line = as_markdown(pack, rulebook, "en").splitlines()
    assert pack.digest in hashed
    assert "Date: ____" in line


def test_a_book_that_is_signed_as_it_stands_says_so(tmp_path):
    folder = write(tmp_path / "rules")
    rulebook = load(folder)
    names = signed(rulebook, rulebook.packs[0], "Wang", date(2026, 3, 1))
    (folder / FILE).write_text(as_file(names), encoding="utf-8")
    assert "Signed as it stands here by Wang on 2026-03-01." in as_markdown(load(folder).packs[0], load(folder), "en")
