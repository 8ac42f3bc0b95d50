"""Faults planted into made-up ledgers are found at their rows, and nothing else is."""

from collections import Counter

import pytest
from tests.ledgers import TODAY, make
from tests.planting import FAULTS, Expected, plant

from hegui.capabilities.ledger.checks import examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Book
from hegui.rulebook.pack import Rulebook

FACTS = Facts(today=TODAY)
SEEDS = range(60)


@pytest.fixture(scope="module")
def found(rulebook: Rulebook):
    pack, hazardous = rulebook.pack("precursor-chemicals"), rulebook.pack("hazardous-chemicals")
    assert pack
    assert pack.catalogue
    assert pack.ledger
    assert hazardous
    rules, chemicals = pack.ledger, Chemicals(pack.catalogue, hazardous.catalogue, pack.ledger)

    def places(book: Book) -> Expected:
        return {(one.check, one.sheet, one.row or 0) for one in examine(book, rules, chemicals, FACTS)}

    return places


@pytest.mark.parametrize("seed", range(10))
def test_a_clean_ledger_gives_no_finding(found, seed):
    assert found(make(1000 + seed).as_book()) == set()


def test_planted_faults_are_found_and_nothing_else(found):
    planted, seen, hits = 0, 0, 0
    checks: Counter[str] = Counter()
    for seed in SEEDS:
        made = make(seed, months=9)
        expected = plant(made, seed).expected()
        places = found(made.as_book())
        checks.update(check for check, *_ in expected)
        planted, seen, hits = planted + len(expected), seen + len(places), hits + len(places & expected)
    assert hits / planted >= 0.98
    assert hits / seen >= 0.98
    assert set(checks) == set(FAULTS), "every kind of fault was planted"
