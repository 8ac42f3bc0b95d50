"""`hegui rules`: lint, test, show and print, over the rules that ship and over spoilt ones."""

from pathlib import Path

import pytest
from tests.unit.cli.commands import FINDINGS, FINE, Commands
from tests.unit.rulebook.rules_folder import spoil, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "rules")


def test_lint_says_faults_citations_and_digest(hegui: Commands) -> None:
    linted = hegui.json("rules", "lint")
    assert linted["faults"] == []
    assert linted["citations"] > 100
    assert len(linted["digest"]) == 64


def test_lint_finds_an_article_that_does_not_exist(hegui: Commands, folder: Path) -> None:
    spoil(folder, "demo/obligations.yaml", "article: 3, item: 1", "article: 99")
    linted = hegui.json("rules", "lint", "--dir", str(folder), code=FINDINGS)
    assert any("99" in fault["message"] for fault in linted["faults"])


def test_the_examples_pass_and_one_that_does_not_is_named(hegui: Commands, folder: Path) -> None:
    tested = hegui.json("rules", "test")
    assert tested["examples"] > 10
    assert tested["failed"] == []
    spoil(folder, "demo/examples.yaml", "severity: red", "severity: amber")
    failed = hegui.json("rules", "test", "--dir", str(folder), code=FINDINGS)["failed"]
    assert [(one["pack"], bool(one["problems"])) for one in failed] == [("demo", True)]


def test_an_entry_is_shown_with_its_articles_and_status(hegui: Commands) -> None:
    shown = hegui.json("rules", "show", "N07")
    assert (shown["id"], shown["status"]) == ("N07", "verified")
    assert shown["citations"][0]["article"] == 27
    assert hegui("rules", "show", "N07", "--lang", "en").returncode == FINE


@pytest.mark.parametrize("command", [("show", "N99"), ("print", "nothing")])
def test_what_does_not_exist_is_a_finding(hegui: Commands, command: tuple[str, str]) -> None:
    done = hegui("rules", *command)
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert command[1] in done.stderr


def test_a_pack_is_printed_as_a_rule_book(hegui: Commands) -> None:
    done = hegui("rules", "print", "network-security")
    assert done.returncode == FINE
    assert done.stdout.startswith("# ")
    assert "N07" in done.stdout
    assert "《网络安全法》第二十七条" in done.stdout
