"""Findings in words: whole sentences in both languages, articles for likely violations only."""

import re
from string import Formatter

import pytest
from tests.ledgers import make
from tests.planting import plant

from hegui.capabilities.ledger.checks import CHECKS
from hegui.capabilities.ledger.wording import how_to_mend, sentence

NARROW = re.compile(r"[\u4e00-\u9fff][,;:!?(]|[\u4e00-\u9fff]\.(?!\w)")


@pytest.fixture(scope="module")
def findings(look_at):
    for seed in range(40):
        made = make(seed, months=9)
        plant(made, seed)
        yield from look_at(made.as_book())


def test_the_rules_hold_every_check_and_no_other(rules):
    assert [check.id for check in rules.checks] == list(CHECKS) == [f"L{n:02d}" for n in range(1, 38)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_has_its_sentence_and_a_way_to_mend(look_at, rules, language):
    for seed in range(40):
        made = make(seed, months=9)
        plant(made, seed)
        for finding in look_at(made.as_book()):
            said = sentence(finding, rules, language)
            assert said
            assert not re.search(r"[{}]|None|\d{8,}\.\d", said)
            assert how_to_mend(finding, rules, language)
            assert bool(finding.citations) is (finding.severity == "A")
            if language == "zh":
                assert ("？" in said) is (finding.severity != "A"), said


def test_both_languages_say_the_same_figures(rules):
    for check in rules.checks:
        for variant in check.variants.values():
            zh, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in both(variant))
            assert zh == en, check.id


def both(variant):
    return variant.sentence.zh, variant.sentence.en


def test_chinese_is_written_with_full_width_marks(rules):
    for check in rules.checks:
        for text in (check.title.zh, check.mend.zh, *(one.sentence.zh for one in check.variants.values())):
            assert not NARROW.search(text), text


def test_a_wrong_balance_reads_as_a_clerk_would_say_it(look_at, rules):
    from tests.unit.ledger.conftest import as_book
    from tests.unit.ledger.test_stock_checks import stock

    [finding] = look_at(as_book({"stock": stock((100, 20, 0, 110))}))
    assert "期末应为 120 kg，登记 110 kg，少 10 kg" in sentence(finding, rules, "zh")
    assert "120 kg at the end, 110 kg is recorded, 10 kg less" in sentence(finding, rules, "en")
