"""What differs between two rulebooks: every kind of entry, field by field, in words, with whom it concerns."""

import shutil

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.difference import compare
from hegui.rulebook.difference_printing import as_data, as_lines
from hegui.rulebook.loader import load

LENIENCY = """\
id: general
title: {zh: 从宽, en: Leniency}
warning: {zh: 由公安机关决定。, en: The police decide.}
rows:
  - id: A1
    facts: {zh: 初次。, en: First time.}
    outcome: normal
    force: none
    citations: [{law: tea-law, article: 2}]
    evidence: {zh: 记录, en: Records}
    effective: 2020-01-01
"""
LIST = """\
id: demo-list
place: CN-33
title: {zh: 清单, en: List}
issuer: {zh: 公安, en: Police}
issued: "2022"
status: secondary
force: may
conditions: [{zh: 初次。, en: First time.}]
items_held: none
citations: [{law: tea-law, article: 2}]
"""


@pytest.fixture
def old(tmp_path):
    folder = write(tmp_path / "old")
    for place, text in (("leniency/general.yaml", LENIENCY), ("leniency-lists/demo.yaml", LIST)):
        (folder / place).parent.mkdir()
        (folder / place).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def new(old, tmp_path):
    return shutil.copytree(old, tmp_path / "new")


def differences(old, new, catalogue, language="en"):
    after = load(new)
    say = Texts(catalogue, language)
    return [as_data(change, after, say) for change in compare(load(old), after, language)]


def test_folders_that_say_the_same_do_not_differ_however_they_are_written(old, new, catalogue):
    spoil(new, "demo/periods.yaml", "periods:", "# of reports\nperiods:")
    assert load(old).digest != load(new).digest
    assert differences(old, new, catalogue) == []


@pytest.mark.parametrize(
    ("file", "was", "becomes", "kind", "entry", "field"),
    [
        ("demo/obligations.yaml", "要写台账。", "要记账。", "duty", "N01", ("duty.zh", "要写台账。", "要记账。")),
        ("demo/obligations.yaml", "ladder: [P1]", "ladder: []", "duty", "N01", ("ladder", "P1", None)),
        ("demo/ladders.yaml", "en: Found", "en: Seen", "ladder", "P1", ("steps.1.when.en", "Found", "Seen")),
        ("demo/periods.yaml", "count: 3", "count: 5", "period", "D01", ("length.count", "3", "5")),
        ("demo/checklist.yaml", "weight: high", "weight: low", "question", "demo Q01", ("weight", "high", "low")),
        ("demo/checklist.yaml", "en: Demo self", "en: Own self", "pack", "demo",
         ("checklist.title.en", "Demo self-check", "Own self-check")),
        ("demo/asked_as.yaml", "[ledger]", "[ledger, book]", "asked_as", "N01",
         ("keywords.en", "ledger", "ledger, book")),
        ("demo/pack.yaml", "2026.1.1", "2026.1.2", "pack", "demo", ("version", "2026.1.1", "2026.1.2")),
        ("leniency/general.yaml", "force: none", "force: may", "leniency", "A1", ("force", "none", "may")),
        ("leniency-lists/demo.yaml", "force: may", "force: must", "list", "demo-list", ("force", "may", "must")),
        ("laws.yaml", "articles: 12", "articles: 13", "law", "tea-law", ("versions.2.articles", "12", "13")),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_field_before_and_after(old, new, catalogue, file, was, becomes, kind, entry, field):
    spoil(new, file, was, becomes)
    (told,) = differences(old, new, catalogue)
    assert (told["what"], told["kind"], told["id"]) == ("changed", kind, entry)
    assert told["fields"] == [dict(zip(("field", "old", "new"), field, strict=True))]


def test_citations_are_told_in_words(old, new, catalogue):
    spoil(new, "demo/ladders.yaml", "article: 12", "article: 11")
    (told,) = differences(old, new, catalogue, "zh")
    assert told["fields"] == [{"field": "citations", "old": "《示例法》第十二条", "new": "《示例法》第十一条"}]


def test_citations_that_read_alike_are_told_with_their_versions(old, new, catalogue):
    spoil(new, "demo/ladders.yaml", "article: 12", "article: 12, version: 2015-01-01")
    (told,) = differences(old, new, catalogue)
    assert told["fields"][0]["new"] == "Example Law, Art. 12 (2015-01-01)"


def test_a_change_says_whom_it_concerns_and_where(old, new, catalogue):
    spoil(new, "demo/ladders.yaml", "en: Found", "en: Seen")
    spoil(new, "leniency-lists/demo.yaml", "force: may", "force: must")
    ladder, listed = differences(old, new, catalogue)
    assert (ladder["pack_title"], ladder["place_name"], ladder["binds"]) == ("Demo", "the whole country", ["Everyone"])
    assert (listed["place"], listed["binds"]) == ("CN-33", [])


def test_what_is_new_and_what_is_gone_is_told(old, new, catalogue):
    spoil(new, "demo/periods.yaml", "id: D01", "id: D02")
    spoil(new, "demo/obligations.yaml", "[D01]", "[D02]")
    told = [(one["what"], one["id"]) for one in differences(old, new, catalogue)]
    assert told == [("changed", "N01"), ("added", "D02"), ("removed", "D01")]


def test_a_duty_that_moves_to_another_pack_is_changed_and_not_lost(old, new, catalogue):
    shutil.copytree(new / "demo", new / "other")
    for file in ("asked_as", "checklist", "examples"):
        (new / "other" / f"{file}.yaml").unlink()
    for file in ("ladders", "periods"):
        (new / "demo" / f"{file}.yaml").unlink()
    spoil(new, "other/pack.yaml", "id: demo", "id: other")
    (new / "other" / "obligations.yaml").unlink()
    told = {one["id"]: one for one in differences(old, new, catalogue)}
    assert told["other"]["what"] == "added"
    assert told["P1"]["fields"] == [{"field": "pack", "old": "demo", "new": "other"}]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["~ 变更义务 N01：写台账", "  示例（全国）；涉及：所有人",
                "  要求（英文）", "    - Keep a ledger.", "    + Keep two."]),
        ("en", ["~ duty N01 changed: Keep a ledger", "  Demo (the whole country); for whom: Everyone",
                "  duty (English)", "    - Keep a ledger.", "    + Keep two."]),
    ],
)  # fmt: skip
def test_lines_are_for_people(old, new, catalogue, language, lines):
    spoil(new, "demo/obligations.yaml", "en: Keep a ledger.}", "en: Keep two.}")
    after = load(new)
    assert list(as_lines(compare(load(old), after, language), after, Texts(catalogue, language))) == lines
