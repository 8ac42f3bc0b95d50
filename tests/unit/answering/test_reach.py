"""Which entries count for a place on a day."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.rulebook.rules_folder import OBLIGATIONS, PACK, spoil, write

from hegui.capabilities.answering.index import Hit
from hegui.capabilities.answering.reach import Reach
from hegui.rulebook.loader import load
from hegui.rulebook.problem import RulesProblem

TODAY = date(2026, 1, 1)
NATIONAL = Hit(entry="N01", pack="demo", bm25=2.0)
BESIDE = Hit(entry="ZJ02", pack="local", bm25=1.0)


def local_pack(folder: Path, place: str = "CN-33", replaces: str = "N01") -> Path:
    head = PACK.replace("id: demo", "id: local").replace("version:", f"jurisdiction: {place}\nversion:")
    one = OBLIGATIONS.replace("N01", "ZJ01").replace("    ladder", f"    replaces: {replaces}\n    ladder")
    two = OBLIGATIONS.replace("N01", "ZJ02").removeprefix("obligations:\n")
    (folder / "local").mkdir()
    (folder / "local" / "pack.yaml").write_text(head, encoding="utf-8")
    (folder / "local" / "obligations.yaml").write_text(one + two, encoding="utf-8")
    return folder


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    return Reach(load(local_pack(write(tmp_path / "rules"))))


def entries(reach: Reach, locality: str | None, on: date = TODAY) -> list[str]:
    return [hit.entry for hit in reach.within((NATIONAL, BESIDE), locality, on)]


def test_without_a_place_only_national_duties_count(reach: Reach) -> None:
    assert entries(reach, None) == entries(reach, "CN") == ["N01"]


@pytest.mark.parametrize("place", ["CN-33", "CN-33-06", "CN-33-06-03"])
def test_in_the_place_and_all_that_lies_in_it_local_duties_count(reach: Reach, place: str) -> None:
    assert entries(reach, place) == ["ZJ01", "ZJ02"]


def test_elsewhere_they_do_not(reach: Reach) -> None:
    assert entries(reach, "CN-31") == ["N01"]


def test_what_has_ended_does_not_count(tmp_path: Path) -> None:
    folder = local_pack(write(tmp_path / "rules"))
    spoil(
        folder,
        "demo/obligations.yaml",
        "    effective: 2020-01-01\n",
        "    effective: 2020-01-01\n    until: 2025-01-01\n",
    )
    assert entries(Reach(load(folder)), None) == []
    assert entries(Reach(load(folder)), None, date(2024, 12, 31)) == ["N01"]


@pytest.mark.parametrize(("place", "replaces"), [("CN", "N01"), ("CN-33", "Z99")])
def test_only_a_local_duty_replaces_and_only_one_of_a_wider_place(tmp_path: Path, place: str, replaces: str) -> None:
    with pytest.raises(RulesProblem, match="which no wider place has"):
        load(local_pack(write(tmp_path / "rules"), place, replaces))
