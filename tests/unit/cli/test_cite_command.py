"""`hegui cite`, `hegui statutes` and `hegui rules report`, as scripts call them."""

from pathlib import Path

import pytest
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands
from tests.unit.rulebook.rules_folder import write


def test_cite_has_the_shape_that_scripts_read(hegui: Commands) -> None:
    told = hegui.json(
        "cite", "依据《网络安全法（2016年）》第五十九条、《刑法》第二百八十六条之一", "--on", "2026-11-24"
    )
    old, inserted = told["citations"]
    assert old == {
        "raw": "《网络安全法（2016年）》第五十九条",
        "law": "中华人民共和国网络安全法",
        "article": 59,
        "state": "renumbered",
        "now": {"law": "中华人民共和国网络安全法", "article": 61},
    }
    assert (inserted["article"], inserted["inserted"], inserted["state"]) == (286, 1, "verified")


def test_a_number_that_meant_something_else_carries_a_note(hegui: Commands) -> None:
    told = hegui.json("cite", "网络安全法第21条", "--on", "2026-11-24", "--lang", "en")
    assert "now Art. 23" in told["citations"][0]["note"]


def test_for_people_each_citation_is_a_line(hegui: Commands) -> None:
    done = hegui("cite", "-", lines="《网络安全法》第九十九条")
    assert (done.returncode, done.stdout) == (
        FINE,
        "《网络安全法》第九十九条（中华人民共和国网络安全法第99条）：查无此条\n",
    )
    assert "没有找到" in hegui("cite", "你好").stdout


def test_texts_are_imported_and_shown(hegui: Commands, tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text(
        '---\ntitle_zh: "中华人民共和国网络安全法"\neffective: "2026-01-01"\n---\n## 第三条\n\n（自拟示例）文字。\n',
        "utf-8",
    )
    assert hegui.json("statutes", "import", str(tmp_path)) == {"laws": 1, "articles": 1}
    assert hegui.json("statutes", "list")[0]["articles"] == 1
    assert "（自拟示例）文字。" in hegui("ask", "网络安全法第三条").stdout


def test_what_holds_no_texts_is_refused_in_one_sentence(hegui: Commands, tmp_path: Path) -> None:
    done = hegui("statutes", "import", str(tmp_path))
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert "no statute texts" in done.stderr
    assert hegui("statutes", "import").returncode == USAGE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "rules")


def test_the_report_says_how_phrasings_are_found(hegui: Commands, folder: Path) -> None:
    told = hegui.json("rules", "report", "--dir", str(folder))
    assert told["left_out"]["zh"]["demo"]["phrasings"] >= 5
    assert set(told["left_out"]["en"]["all"]) == {"phrasings", "hit_at_1", "hit_at_3"}


def test_thresholds_are_tuned_on_questions_and_kept(hegui: Commands, folder: Path, tmp_path: Path) -> None:
    ours = '{"id": "1", "lang": "%s", "text": "%s", "domain": "demo", "expected": [{"law_zh": "x", "article": 1}]}\n'
    foreign = '{"id": "2", "lang": "%s", "text": "%s", "domain": "OUT", "expected": []}\n'
    (tmp_path / "dev_questions.jsonl").write_text(ours % ("zh", "台账怎么写") + ours % ("en", "keep a ledger"), "utf-8")
    (tmp_path / "dev_out_of_scope.jsonl").write_text(foreign % ("zh", "天气") + foreign % ("en", "weather"), "utf-8")
    done = hegui("rules", "report", "--dir", str(folder), "--questions", str(tmp_path), "--tune")
    assert done.returncode == FINE, done.stderr
    assert "threshold" in (folder / "answering.yaml").read_text(encoding="utf-8")
    assert hegui("rules", "report", "--dir", str(folder), "--tune").returncode == USAGE
    missing = hegui("rules", "report", "--dir", str(folder), "--questions", str(folder))
    assert "dev_questions.jsonl" in missing.stderr
