"""`hegui rules`: lint, test, show and print, over the rules that ship and over spoilt ones."""

import json
from pathlib import Path

import pytest
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands
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


EARLIER = "earlier: [{effective: 2015-01-01, until: 2021-01-01, duty: {zh: 要记账。, en: Keep books.}, citations: []}]"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "reason"),
    [
        ("laws.yaml", "ive: 2020-01-01", "ive: 2020-01-01, until: 2025-01-01", "demo/ladders.yaml:2", "is repealed"),
        ("laws.yaml", "until: 2020-01-01, ", "", "laws.yaml:2", "2015-01-01 and 2020-01-01 overlap"),
        ("demo/obligations.yaml", "    next", f"    {EARLIER}\n    next", "demo/obligations.yaml:2", "overlap"),
        ("demo/checklist.yaml", "[shop]}", "[office]}", "demo/checklist.yaml:10", "can never be reached"),
    ],
)
def test_lint_says_in_which_file_and_line(
    hegui: Commands, folder: Path, file: str, old: str, new: str, place: str, reason: str
) -> None:
    spoil(folder, file, old, new.replace("citations: []", "citations: [{law: unheld, article: 1, status: secondary}]"))
    done = hegui("rules", "lint", "--dir", str(folder))
    assert done.returncode == FINDINGS
    assert any(line.startswith(f"{place}: ") and reason in line for line in done.stdout.splitlines()), done.stdout


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


def test_diff_says_what_changed_and_ends_with_one_where_something_did(
    hegui: Commands, folder: Path, tmp_path: Path
) -> None:
    later = write(tmp_path / "later")
    assert hegui.json("rules", "diff", str(folder), str(later))["changes"] == []
    spoil(later, "demo/obligations.yaml", "en: Everyone", "en: Every shop")
    told = hegui.json("rules", "diff", str(folder), str(later), "--lang", "en", code=FINDINGS)
    assert (told["added"], told["removed"], told["changed"]) == (0, 0, 1)
    assert told["changes"][0]["binds"] == ["Every shop"]
    shown = hegui("rules", "diff", str(folder), str(later), "--lang", "en")
    assert "  Demo (the whole country); for whom: Every shop" in shown.stdout.splitlines()
    assert hegui("rules", "diff", str(folder), str(tmp_path / "none")).returncode == FINDINGS


def test_a_pack_is_signed_listed_and_used_where_signatures_are_required(hegui: Commands, folder: Path) -> None:
    needed = {"RULES__DIR": str(folder), "RULES__REQUIRE_SIGNED": "true"}
    refused = hegui("ask", "how to keep a ledger", **needed)
    assert refused.returncode == FINDINGS
    assert refused.stderr.splitlines() == [refused.stderr.strip()]
    assert "none of the packs is signed" in refused.stderr
    signed = hegui.json("rules", "sign", "demo", "--by", " Wang ", "--dir", str(folder))
    assert (signed["pack"], signed["by"], len(signed["digest"])) == ("demo", "Wang", 64)
    (listed,) = hegui.json("rules", "signatures", "--dir", str(folder))["signatures"]
    assert (listed["pack"], listed["state"], listed["by"]) == ("demo", "signed", "Wang")
    assert hegui("ask", "how to keep a ledger", **needed).returncode == FINE
    spoil(folder, "demo/ladders.yaml", "en: Found", "en: Seen")
    assert "demo: changed since it was signed by Wang on " in hegui("rules", "signatures", "--dir", str(folder)).stdout
    assert hegui("ask", "how to keep a ledger", **needed).returncode == FINDINGS


def test_what_the_lint_refuses_or_does_not_exist_is_not_signed(hegui: Commands, folder: Path) -> None:
    spoil(folder, "demo/ladders.yaml", "article: 12", "article: 99")
    for pack, said in (("demo", "finds 1 faults"), ("nothing", "There is no pack nothing")):
        done = hegui("rules", "sign", pack, "--by", "Wang", "--dir", str(folder))
        assert (done.returncode, said in done.stderr) == (FINDINGS, True)
    assert not (folder / "signatures.yaml").exists()


def test_a_name_is_needed_to_sign(hegui: Commands, folder: Path) -> None:
    assert hegui("rules", "sign", "demo", "--by", " ", "--dir", str(folder)).returncode == USAGE


def test_schemas_are_printed_or_written(hegui: Commands, tmp_path: Path) -> None:
    printed = json.loads(hegui("rules", "schema").stdout)
    assert {"laws", "pack", "obligations"} <= set(printed)
    assert hegui("rules", "schema", "--out", str(tmp_path / "new" / "schema")).returncode == FINE
    assert json.loads((tmp_path / "new" / "schema" / "laws.json").read_text(encoding="utf-8")) == printed["laws"]


CATALOG = {
    "catalog": {
        "metadata": {"title": "Tea Baseline", "version": "1"},
        "controls": [
            {
                "id": "t-1",
                "title": "Kettles",
                "parts": [{"name": "statement", "prose": "Clean {{ insert: param, p }}."}, {"name": "poem"}],
            }
        ],
    }
}


def test_an_oscal_catalog_becomes_a_draft_with_a_report(hegui: Commands, tmp_path: Path) -> None:
    file, out = tmp_path / "tea.json", tmp_path / "drafts"
    file.write_text(json.dumps(CATALOG), encoding="utf-8")
    told = hegui.json("rules", "import", "oscal", str(file), "--out", str(out), "--prefix", "T")
    assert told["mapping"][0]["entry"] == "T001"
    assert told["counts"]["parameter that is not defined"] == 1
    assert json.loads((out / "tea-baseline" / "import-report.json").read_text(encoding="utf-8")) == told
    linted = hegui.json("rules", "lint", "--dir", str(out), code=FINDINGS)
    assert any("T001: is not translated" in f"{fault['where']}: {fault['message']}" for fault in linted["faults"])
    again = hegui("rules", "import", "oscal", str(file), "--out", str(out))
    assert (again.returncode, "is there already" in again.stderr) == (FINDINGS, True)
    shown = hegui("rules", "import", "oscal", str(file), "--out", str(tmp_path / "other"), "--law", "csl")
    assert "  part of unknown name: 1 (t-1)" in shown.stdout.splitlines()


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        ("{}", (), FINDINGS),
        ("not: [json", (), FINDINGS),
        (json.dumps(CATALOG), ("--law", "no-such-law"), FINDINGS),
        (json.dumps(CATALOG), ("--prefix", "1"), USAGE),
    ],
)
def test_what_cannot_be_imported_is_refused_and_nothing_is_written(
    hegui: Commands, tmp_path: Path, content: str, options: tuple[str, ...], code: int
) -> None:
    file, out = tmp_path / "tea.json", tmp_path / "drafts"
    file.write_text(content, encoding="utf-8")
    done = hegui("rules", "import", "oscal", str(file), "--out", str(out), *options)
    assert (done.returncode, "Traceback" in done.stderr, out.exists()) == (code, False, False)
