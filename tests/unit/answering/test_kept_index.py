"""The index on disk: opened as it was built, built anew when the rules change, never half."""

from pathlib import Path

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.capabilities.answering.documents import documents
from hegui.capabilities.answering.index import in_memory, on_disk
from hegui.capabilities.answering.kept_folder import kept
from hegui.rulebook.loader import load
from hegui.rulebook.pack import Rulebook

QUESTION = "台账怎么写"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write(tmp_path / "rules")


def test_it_finds_what_the_index_in_memory_finds(rulebook: Rulebook, tmp_path: Path) -> None:
    asked = "网络日志要留存多久"
    built, opened = on_disk(rulebook, tmp_path), on_disk(rulebook, tmp_path)
    assert in_memory(documents(rulebook)).search(asked) == built.search(asked) == opened.search(asked)


def test_other_rules_have_another_index_and_the_old_one_goes(rules: Path, tmp_path: Path) -> None:
    on_disk(load(rules), tmp_path / "index")
    spoil(rules, "demo/obligations.yaml", "写台账", "写账册")
    assert on_disk(load(rules), tmp_path / "index").search("账册").rules
    assert len(list((tmp_path / "index").iterdir())) == 1


def test_what_a_stopped_program_left_half_built_is_not_opened(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "building-left").mkdir()
    (tmp_path / "building-left" / "documents.json").write_text("{", encoding="utf-8")
    assert on_disk(load(rules), tmp_path).search(QUESTION).rules


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken(folder: Path) -> None:
        (folder / "part").write_text("x", encoding="utf-8")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  any will do
        kept(tmp_path, "rules", "1", broken)
    assert list(tmp_path.iterdir()) == []


def test_of_two_programs_that_build_at_once_the_first_one_stays(tmp_path: Path) -> None:
    def late(folder: Path) -> None:
        kept(tmp_path, "rules", "1", lambda first: (first / "mine").touch())
        (folder / "late").touch()

    place = kept(tmp_path, "rules", "1", late)
    assert [file.name for file in place.iterdir()] == ["mine"]
    assert len(list(tmp_path.iterdir())) == 1
