"""What an entry said on a day, and which change of the law matters then."""

from datetime import date

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.rulebook.lint import check
from hegui.rulebook.loader import load
from hegui.rulebook.obligation import Ladder, Obligation
from hegui.rulebook.through_time import as_of, changed_on

EARLIER = """\
    effective: 2020-01-01
    earlier:
      - effective: 2015-01-01
        until: 2020-01-01
        steps:
          - when: {zh: 发现, en: Found}
            consequence: {zh: 口头提醒。, en: A word.}
        citations:
          - {law: tea-law, article: 9, version: 2015-01-01}
"""


@pytest.fixture
def ladder(tmp_path) -> Ladder:
    folder = write(tmp_path / "rules")
    spoil(folder, "demo/ladders.yaml", "    effective: 2020-01-01\n", EARLIER)
    rulebook = load(folder)
    assert list(check(rulebook)) == []
    found = rulebook.ladder("P1")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "article"), [("2014-12-31", None), ("2015-01-01", 9), ("2019-12-31", 9), ("2020-01-01", 12)]
)
def test_each_day_has_its_own_wording(ladder: Ladder, on: str, article: int | None) -> None:
    held = as_of(ladder, date.fromisoformat(on))
    assert (held.citations[0].article if held else None) == article


def test_a_change_is_told_before_it_comes_and_for_a_year_after(ladder: Ladder) -> None:
    assert changed_on(ladder, date(2019, 6, 1)) == date(2020, 1, 1)
    assert changed_on(ladder, date(2020, 1, 2)) == date(2020, 1, 1)
    assert changed_on(ladder, date(2021, 6, 1)) is None


def test_what_ended_without_a_successor_holds_no_longer(tmp_path) -> None:
    folder = write(tmp_path / "rules")
    spoil(
        folder,
        "demo/obligations.yaml",
        "    effective: 2020-01-01\n",
        "    effective: 2020-01-01\n    until: 2022-01-01\n",
    )
    duty: Obligation | None = load(folder).duty("N01")
    assert duty is not None
    assert as_of(duty, date(2021, 12, 31)) == duty
    assert as_of(duty, date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("until: 2020-01-01", "until: 2021-01-01", "overlap"),
        ("until: 2020-01-01", "until: 2014-01-01", "ends on 2014-01-01, before it begins"),
    ],
)
def test_wordings_that_overlap_are_refused(tmp_path, old: str, new: str, said: str) -> None:
    folder = write(tmp_path / "rules")
    spoil(folder, "demo/ladders.yaml", "    effective: 2020-01-01\n", EARLIER.replace(old, new))
    assert any(said in str(fault) for fault in check(load(folder)))


def test_an_earlier_wording_cites_the_text_of_its_time(tmp_path) -> None:
    folder = write(tmp_path / "rules")
    late = EARLIER.replace("article: 9, version: 2015-01-01", "article: 9, version: 2020-01-01")
    spoil(folder, "demo/ladders.yaml", "    effective: 2020-01-01\n", late)
    assert any("not in force on 2019-12-31" in str(fault) for fault in check(load(folder)))
