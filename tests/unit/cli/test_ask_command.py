"""`hegui ask`: one document an answer, and one a line with --batch."""

import json
from pathlib import Path

from tests.unit.cli.commands import FINE, USAGE, Commands

KEYS = {"id", "status", "text", "obligations", "citations", "suggestions", "score"}


def test_an_answer_has_the_shape_that_scripts_read(hegui: Commands) -> None:
    answer = hegui.json("ask", "网络日志要保存多久？", "--on", "2026-11-24")
    assert set(answer) == KEYS
    assert answer["status"] == "answered"
    assert answer["obligations"]
    article = next(c for c in answer["citations"] if c["obligation"] == answer["obligations"][0])
    assert article["law"] == "中华人民共和国网络安全法"
    assert article["article"] == 23
    assert {"state", "as_of"} <= set(article)
    assert article["obligation"] in {*answer["obligations"], *answer["suggestions"]}
    assert not (hegui.data_dir / "hegui.db").exists()


def test_a_question_that_is_none_of_our_business_is_abstained_from(hegui: Commands) -> None:
    answer = hegui.json("ask", "今天晚上吃什么", "--lang", "zh")
    assert set(answer) == KEYS
    assert (answer["status"], answer["obligations"], answer["citations"]) == ("abstained", [], [])


def test_for_people_the_answer_is_text(hegui: Commands) -> None:
    done = hegui("ask", "how long must network logs be kept?", "--lang", "en")
    assert done.returncode == FINE
    assert "Art. 23" in done.stdout
    assert not done.stdout.startswith("{")


def test_a_batch_answers_line_by_line_and_ignores_keys_it_does_not_know(hegui: Commands, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "text": "网络日志要保存多久？", "expected": "N05", "nested": {"x": 1}},
        {"id": 2, "text": "how long must network logs be kept?", "lang": "en", "on": "2026-11-24"},
        {"id": "c", "text": "", "locality": "CN-33-06"},
    ]
    questions.write_text("\n\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    done = hegui("ask", "--batch", str(questions), "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == FINE, done.stderr
    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    assert all(set(answer) == KEYS for answer in answers)
    assert answers[0]["obligations"][0] == answers[1]["obligations"][0]
    assert "Art. 23" in answers[1]["text"]
    assert answers[2]["status"] == "abstained"


def test_all_bad_lines_of_a_batch_are_named_before_any_is_answered(hegui: Commands, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "text": "a"}\n{"id": 2, "text": "b", "locality": "CN-99"}\nx\n', encoding="utf-8")
    done = hegui("ask", "--batch", str(questions))
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "Line 2" in done.stderr
    assert "Line 3" in done.stderr


def test_a_place_that_does_not_exist_is_refused(hegui: Commands) -> None:
    done = hegui("ask", "日志", "--locality", "XX")
    assert done.returncode == USAGE
    assert "CN-33-06" in done.stderr


def test_a_bad_line_of_a_batch_is_named(hegui: Commands, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    for bad in ('{"id": 1}', "no json"):
        questions.write_text(f'{{"id": 1, "text": "日志"}}\n\n{bad}\n', encoding="utf-8")
        done = hegui("ask", "--batch", str(questions))
        assert done.returncode == USAGE
        assert "Line 3" in done.stderr
        assert "Traceback" not in done.stderr
