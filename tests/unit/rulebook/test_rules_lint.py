"""Each validator of the lint, on a small folder spoilt in one place."""

import pytest
from tests.unit.rulebook.rules_folder import ASKED, OBLIGATIONS, spoil, write, write_statutes

from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.lint import check, check_statutes, tone
from hegui.rulebook.loader import load

REPEALED = "demo N01: tea-law 3: the law is repealed: its last version ended on 2025-06-01"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "rules")


TWIN_SINCE = "effective: 2021-01-01"


def add_twin(folder):
    """A second duty with the ground, the consequences and the keywords of the first."""
    duties = folder / "demo" / "obligations.yaml"
    twin = OBLIGATIONS.split("\n", 1)[1].replace("N01", "N02").replace("effective: 2020-01-01", TWIN_SINCE)
    duties.write_text(OBLIGATIONS + twin, encoding="utf-8")
    asked = folder / "demo" / "asked_as.yaml"
    row = ASKED.split("\n", 1)[1].replace("N01", "N02")
    asked.write_text(ASKED + row, encoding="utf-8")


@pytest.fixture
def statutes(tmp_path):
    (tmp_path / "statutes").mkdir()
    return write_statutes(tmp_path / "statutes")


def test_a_good_folder_has_no_fault(folder, statutes):
    rulebook = load(folder)
    assert list(check(rulebook)) == []
    assert list(check_statutes(rulebook, statutes)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("demo/ladders.yaml", "article: 12", "article: 13", "demo P1: tea-law 13: the law has 12 articles"),
        ("demo/ladders.yaml", "law: tea-law", "law: coffee-law", "coffee-law 12: the law is not in the register"),
        ("demo/ladders.yaml", "article: 12", "article: 2, version: 2015-01-01", "was not in force on 2026-01-01"),
        ("demo/ladders.yaml", "article: 12", "article: 2, version: 2019-01-01", "has no version of 2019-01-01"),
        ("demo/ladders.yaml", "article: 12", "article: 3, inserted: 2", "there is no Article 3-2"),
        ("demo/ladders.yaml", "\n      - {law: tea-law, article: 12}", " []", "demo P1: has no citation"),
        ("demo/pack.yaml", "tea-law: 2020-01-01", "tea-law: 2015-01-01", "demo N01: tea-law 3: the version of 2015"),
        ("demo/pack.yaml", "tea-law: 2020-01-01, ", "", "no version: the pack does not say which one it reads"),
        ("demo/pack.yaml", "unheld: 2018", "unheld: 2019", "reads unheld of 2019-01-01, which is not in the register"),
        ("demo/periods.yaml", ", status: secondary}", "}", "unheld 4: verified, but the text is not held"),
        ("demo/periods.yaml", "    status: secondary\n", "", "demo D01: is verified, but none of its citations is"),
        ("laws.yaml", "effective: 2020-01-01, a", "effective: 2020-01-01, until: 2025-06-01, a", REPEALED),
        ("demo/asked_as.yaml", "en: [ledger]", "en: []", "demo N01: has no keywords in en"),
        ("demo/asked_as.yaml", "zh: [台账]", "zh: []", "demo N01: has no keywords in zh"),
        (
            "demo/obligations.yaml",
            "zh: 先买一本。",
            'zh: "[not translated] Buy"',
            "demo N01: is not translated into Chi",
        ),
        ("demo/obligations.yaml", "zh: 先买一本。", "zh: 先买一本，否则将被严惩。", "demo N01: threatens (严惩)"),
        ("demo/obligations.yaml", "zh: 长期", "zh: 改了就一定不会罚", "demo N01: promises leniency (一定不会罚)"),
        ("demo/obligations.yaml", "en: Buy one first", "en: Buy one or else", "demo N01: threatens (or else)"),
        ("demo/checklist.yaml", "en: A few questions", "en: You will not be punished", "promises leniency (will not"),
        ("laws.yaml", "until: 2020-01-01, ", "", "law tea-law: the versions of 2015-01-01 and 2020-01-01 overlap"),
        ("laws.yaml", "2: 3}", "2: 13}", "renumbers 2 to 13, which do not both exist"),
        ("laws.yaml", "old: 2015-01-01", "old: 2014-01-01", "which are not both versions of it"),
        ("laws.yaml", "articles: 12,", "articles: 12, excerpt: [3],", "the article is not in the excerpt held"),
        ("demo/obligations.yaml", "zh: 要写台账。", "zh: 要写台账;快写。", "half-width mark in the Chinese"),
        ("demo/obligations.yaml", "zh: 要写台账。", "zh: Write it down now.", "the Chinese is not Chinese"),
        (
            "demo/obligations.yaml",
            "en: Keep a ledger.}",
            "en: Keep a 台账.}",
            "Chinese outside brackets in the English",
        ),
        ("demo/obligations.yaml", "en: Everyone", "en: 123", "the English is not English"),
        ("demo/asked_as.yaml", "- entry: N01", "- entry: D01", "demo N01: nobody says how people ask for it"),
        ("demo/asked_as.yaml", "谁负责登记, ", "", "4 ways of asking in zh, not 5"),
        ("demo/asked_as.yaml", "谁负责登记", "台账要怎么写呢", "two ways of asking are nearly the same"),
        ("demo/asked_as.yaml", "谁负责登记", "who signs", "the Chinese way of asking is not Chinese"),
        ("demo/asked_as.yaml", "must I record this", "要不要记", "the English way of asking is not English"),
        ("demo/checklist.yaml", "[shop]}", "[office]}", "demo Q01: can never be reached"),
        ("demo/checklist.yaml", "[shop]}", "[shop, office]}", "waits for F01 to be 'office', which is no answer to it"),
    ],
)
def test_each_fault_is_told(folder, file, old, new, said):
    spoil(folder, file, old, new)
    assert said in "\n".join(map(str, check(load(folder))))


def test_a_verdict_on_an_option_that_does_not_exist_is_told(folder):
    spoil(
        folder, "demo/checklist.yaml", "kind: choice\n", "kind: choice\n      verdicts: [{value: x, verdict: failed}]\n"
    )
    assert "judges 'x', which is not one of its options" in "\n".join(map(str, check(load(folder))))


def test_an_article_that_was_dropped_is_refused_as_such(folder):
    spoil(folder, "laws.yaml", "2: 3}}", "2: 3}, gone: [5]}")
    spoil(folder, "demo/ladders.yaml", "article: 12", "article: 5, version: 2015-01-01")
    told = "\n".join(map(str, check(load(folder))))
    assert "demo P1: tea-law 5: the article was dropped on 2020-01-01, and nothing followed it" in told


def test_an_earlier_wording_may_cite_an_article_that_was_dropped_since(folder):
    spoil(folder, "laws.yaml", "2: 3}}", "2: 3}, gone: [5]}")
    said = "duty: {zh: 要记账。, en: Keep books.}, citations: [{law: tea-law, article: 5, version: 2015-01-01}]"
    earlier = f"{{effective: 2015-01-01, until: 2020-01-01, {said}}}"
    spoil(folder, "demo/obligations.yaml", "    effective:", f"    earlier: [{earlier}]\n    effective:")
    assert list(check(load(folder))) == []


def test_two_duties_of_one_place_that_say_the_same_are_told(folder):
    add_twin(folder)
    (told,) = check(load(folder))
    assert str(told) == "demo N02: says the same as demo N01: citations, consequences and keywords"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("demo/obligations.yaml", "article: 3, item: 1", "article: 3, item: 2"),
        ("demo/obligations.yaml", "ladder: [P1]", "ladder: []"),
        ("demo/obligations.yaml", "effective: 2020-01-01", "effective: 2020-01-01\n    until: 2022-01-01"),
        ("demo/asked_as.yaml", "en: [ledger]", "en: [account book]"),
    ],
)
def test_duties_that_differ_in_ground_consequence_time_or_words_are_two(folder, file, old, new):
    add_twin(folder)
    if "until" in new:
        spoil(folder, "demo/obligations.yaml", TWIN_SINCE, "effective: 2022-01-01")
    spoil(folder, file, old, new)
    assert list(check(load(folder))) == []


def test_what_nobody_can_promise_is_no_promise():
    assert list(tone.faults("谁也不能保证不罚。", "zh")) == []
    assert list(tone.faults("Nobody can promise that you will not be punished.", "en")) == []
    assert list(tone.faults("Nobody knows. You will not be punished.", "en"))


def test_nothing_the_program_says_threatens_or_promises(catalogue):
    assert list(tone.of_sentences(catalogue)) == []


def test_a_letter_that_threatens_is_told():
    letter = Catalogue(
        {"zh": {"letter.late": "再不改，后果自负。"}, "en": {"letter.late": {"other": "Do it or else."}}}
    )
    assert [fault.where for fault in tone.of_sentences(letter)] == ["zh letter.late", "en letter.late"]


def test_words_that_people_type_are_not_said_to_them():
    typed = Catalogue({"zh": {"ask.words": ["保证不罚"]}, "en": {"ask.words": ["guaranteed"]}})
    assert list(tone.of_sentences(typed)) == []


def test_a_term_in_brackets_is_still_english(folder):
    spoil(folder, "demo/obligations.yaml", "en: Keep a ledger.}", 'en: "Keep a ledger (台账)."}')
    assert list(check(load(folder))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("laws.yaml", "articles: 12", "articles: 13", "law tea-law: the text has 12 articles, not 13"),
        ("laws.yaml", "effective: 2015", "effective: 2014", "the text is in force from 2015-01-01, not 2014-01-01"),
        ("laws.yaml", "示例法", "示范法", "the text is called 中华人民共和国示例法"),
        ("laws.yaml", "file: old.md", "file: older.md", "there is no file older.md"),
        ("laws.yaml", "file: tea-law.md", "file: old.md", "tea-law.md is among the texts but not in the register"),
        ("laws.yaml", "number: 1}", "number: 2}", "the text has no Article 3-2"),
        ("demo/obligations.yaml", "item: 1", "item: 3", "demo N01: tea-law: 第三条 has no item 3 there"),
        ("demo/obligations.yaml", "item: 1", "paragraph: 2, item: 1", "第三条 has no item 1 there"),
        ("demo/obligations.yaml", "item: 1", "paragraph: 3", "第三条 has no paragraph 3"),
        ("demo/obligations.yaml", "article: 3, item: 1", "article: 4, inserted: 1", "the text has no 第四条之一"),
    ],
)
def test_what_differs_from_the_texts_is_told(folder, statutes, file, old, new, said):
    spoil(folder, file, old, new)
    assert said in "\n".join(map(str, check_statutes(load(folder), statutes)))


def test_a_right_paragraph_and_item_and_an_inserted_article_are_found(folder, statutes):
    spoil(folder, "demo/obligations.yaml", "item: 1", "paragraph: 1, item: 2")
    spoil(folder, "demo/ladders.yaml", "article: 12", "article: 3, inserted: 1")
    assert list(check_statutes(load(folder), statutes)) == []
