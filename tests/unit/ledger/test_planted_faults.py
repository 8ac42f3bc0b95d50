"""Faults planted into made-up ledgers are found at their rows, and nothing else is."""

from collections import Counter

import pytest
from tests.ledgers import make
from tests.planting import FAULTS, plant

SEEDS = range(60)


@pytest.mark.parametrize("seed", range(10))
def test_a_clean_ledger_gives_no_finding(look_at, seed):
    assert look_at(make(1000 + seed).as_book()) == ()


def test_planted_faults_are_found_and_nothing_else(look_at):
    planted, seen, hits = 0, 0, 0
    checks: Counter[str] = Counter()
    for seed in SEEDS:
        made = make(seed, months=9)
        expected = plant(made, seed).expected()
        places = {(one.check, one.sheet, one.row or 0) for one in look_at(made.as_book())}
        checks.update(check for check, *_ in expected)
        planted, seen, hits = planted + len(expected), seen + len(places), hits + len(places & expected)
    assert hits / planted >= 0.98
    assert hits / seen >= 0.98
    assert set(checks) == set(FAULTS), "every kind of fault was planted"
