"""`hegui check document` and `hegui document skeleton`, as scripts call them."""

from pathlib import Path

import docx
import pytest
from tests.documents import labelled
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands
from tests.unit.document_check.pictures import picture, scan

DOCUMENTS = {one.name: one for one in labelled.every()}
POLICY = ("--kind", "security-management-system")
PLAN = ("--kind", "emergency-plan")


def test_a_policy_has_the_shape_that_scripts_read(hegui: Commands, tmp_path: Path) -> None:
    file = labelled.as_docx(DOCUMENTS["m4-negations"], tmp_path / "x.docx")
    told = hegui.json("check", "document", str(file), *POLICY, code=FINDINGS)
    assert (told["kind"], told["scanned"]) == ("security-management-system", False)
    assert [one["id"] for one in told["elements"]] == [f"M{number:02}" for number in range(1, 21)]
    states = {one["id"]: one for one in told["elements"]}
    assert states["M05"]["state"] == "found"
    assert states["M05"]["where"] == "“2 运行”"
    assert "防火墙" in states["M05"]["quote"]
    assert states["M06"]["state"] == states["M07"]["state"] == "missing"
    assert states["M07"]["outline"][0].startswith("数据按")
    (against,) = told["contradictions"]
    assert (against["element"], against["citations"][0]["article"]) == ("M06", 23)
    assert "三个月" in against["quote"]


def test_a_complete_plan_is_fine(hegui: Commands, tmp_path: Path) -> None:
    file = labelled.as_pdf(DOCUMENTS["e1-full-plain"], tmp_path / "x.pdf")
    told = hegui.json("check", "document", str(file), *PLAN, code=FINE)
    assert {one["state"] for one in told["elements"]} == {"found"}
    assert all(one["page"] in (1, 2) for one in told["elements"])


def test_people_read_what_is_wrong_first(hegui: Commands, tmp_path: Path) -> None:
    file = labelled.as_docx(DOCUMENTS["e2-paraphrase-hotel"], tmp_path / "x.docx")
    answers = tmp_path / "answers.json"
    answers.write_text('{"Q15": "no"}', encoding="utf-8")
    done = hegui("check", "document", str(file), *PLAN, "--answers", str(answers))
    assert done.returncode == FINDINGS
    lines = done.stdout.splitlines()
    assert lines[0] == "网络安全事件应急预案：写到 8 项，缺 6 项，无法核对 0 项。"
    assert lines[2].startswith("⚠ 报告")
    assert "自查 Q15 答的是“否”，文书里却写了" in done.stdout
    assert lines.index("没有写到（附可以填写的提纲）：") < lines.index("已写到：")


def test_a_scan_is_said_to_be_one_and_nothing_is_called_missing(hegui: Commands, tmp_path: Path) -> None:
    told = hegui.json("check", "document", str(scan(tmp_path / "scan.pdf")), *POLICY, code=FINDINGS)
    assert told["scanned"] is True
    assert {one["state"] for one in told["elements"]} <= {"unreadable", "found"}  # found with the extra [ocr] only
    assert any("扫描件" in remark for remark in told["remarks"])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("photo.docx", picture(), "This is a picture"),
        ("none.pdf", None, "can no longer be found"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    name: str, content: bytes | None, said: str, hegui: Commands, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = hegui("check", "document", str(tmp_path / name), *POLICY)
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_usage_is_told(hegui: Commands, tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("[]", encoding="utf-8")
    for arguments in (
        ("check", "document", "x.docx", "--kind", "novel"),
        ("check", "document", "x.docx", *POLICY, "--answers", str(tmp_path / "answers.json")),
        ("document", "skeleton", str(tmp_path / "x.docx"), *POLICY, "--fact", "没有的空格=1"),
        ("document", "skeleton", str(tmp_path / "x.docx"), *POLICY, "--without", "M07"),
    ):
        assert hegui(*arguments).returncode == USAGE, arguments


def test_a_skeleton_is_written_and_never_over_another_file(hegui: Commands, tmp_path: Path) -> None:
    out = tmp_path / "plan.docx"
    assert hegui("document", "skeleton", str(out), *PLAN, "--name", "某某公司").returncode == FINE
    assert docx.Document(str(out)).paragraphs[0].text == "某某公司网络安全事件应急预案"
    before = out.read_bytes()
    again = hegui("document", "skeleton", str(out), *PLAN)
    assert (again.returncode, out.read_bytes()) == (FINDINGS, before)
    assert "exists already" in again.stderr
