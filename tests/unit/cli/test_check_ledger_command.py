"""`hegui check ledger` as scripts and people use it."""

import json

import pytest
from tests.ledger_files import write_workbook
from tests.ledgers import TODAY, make
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands

AS_OF = ("--as-of", TODAY.isoformat())


@pytest.fixture
def faulty(tmp_path):
    """A ledger with a late report and a wrong balance."""
    made = make(21, months=3)
    made.rows("purchase")[0]["payment"] = "现金"
    made.rows("stock")[4]["closing"] -= 10
    write_workbook(made, file := tmp_path / "ledger.xlsx", 21)
    return str(file)


def test_findings_come_with_place_message_and_article(hegui: Commands, faulty):
    told = hegui.json("check", "ledger", faulty, *AS_OF, code=FINDINGS)
    assert [sheet["kind"] for sheet in told["sheets"]] == ["purchase", "use", "stock", "sale", "transfer"]
    cash, balance = told["findings"]
    assert (cash["check"], cash["severity"], cash["sheet"]) == ("L16", "A", "购买")
    assert cash["citations"][0]["law"] == "易制毒化学品管理条例"
    assert (cash["citations"][0]["article"], cash["citations"][0]["paragraph"]) == (5, 3)
    assert (balance["check"], balance["severity"], balance["citations"]) == ("L01", "B", [])
    assert balance["message"].endswith("少的去了哪里，是漏记还是错记？")
    assert isinstance(balance["row"], int)
    assert told["not_checked"][0]["checks"] == ["L31"]


def test_people_read_the_worst_first(hegui: Commands, faulty):
    done = hegui("check", "ledger", faulty, *AS_OF, "--lang", "en")
    assert done.returncode == FINDINGS
    assert done.stdout.index("L16 Cash or barter") < done.stdout.index("L01 The balance does not add up")
    assert "for the police to decide" in done.stdout


def test_a_clean_ledger_is_fine(hegui: Commands, tmp_path):
    write_workbook(make(22, months=2), file := tmp_path / "clean.xlsx", 22)
    told = hegui.json("check", "ledger", str(file), *AS_OF, code=FINE)
    assert told["findings"] == []
    assert told["counts"] == {"A": 0, "B": 0, "C": 0}


def test_facts_of_a_file_are_used(hegui: Commands, tmp_path):
    write_workbook(make(22, months=2), file := tmp_path / "clean.xlsx", 22)
    (facts := tmp_path / "facts.json").write_text(json.dumps({"annual_report_filed": False}), encoding="utf-8")
    told = hegui.json("check", "ledger", str(file), *AS_OF, "--facts", str(facts), code=FINDINGS)
    assert [(one["check"], one["row"]) for one in told["findings"]] == [("L32", None)]


@pytest.mark.parametrize("content", ["[]", "no json", '{"wrong": 1}', '{"dealing_since": "soon"}'])
def test_facts_that_cannot_be_read_are_wrong_usage(hegui: Commands, tmp_path, content):
    write_workbook(make(22, months=1), file := tmp_path / "clean.xlsx", 22)
    (facts := tmp_path / "facts.json").write_text(content, encoding="utf-8")
    done = hegui("check", "ledger", str(file), "--facts", str(facts))
    assert done.returncode == USAGE
    assert "Traceback" not in done.stderr


def test_another_kind_is_wrong_usage(hegui: Commands, faulty):
    assert hegui("check", "ledger", faulty, "--kind", "fireworks").returncode == USAGE


def test_a_file_that_is_not_there_gives_one_sentence(hegui: Commands):
    done = hegui("check", "ledger", "nowhere.xlsx")
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert done.stderr.count("\n") == 1


def test_a_table_that_is_no_ledger_is_said_to_be_none(hegui: Commands, tmp_path):
    (file := tmp_path / "other.csv").write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    told = hegui.json("check", "ledger", str(file), code=FINDINGS)
    assert (told["sheets"], told["findings"]) == ([], [])
    assert told["unread"][0]["reason"]
