"""Running the examples of a pack: each way in which one can fail is told."""

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.rulebook.examples import run_examples
from hegui.rulebook.loader import load


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "rules")


def problems_of(folder) -> list[str]:
    return [problem for result in run_examples(load(folder).packs[0]) for problem in result.problems]


def test_an_example_that_holds_has_no_problem(folder):
    assert problems_of(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Q01: no}", "Q01: maybe}", "not an answer to its question: Q01=maybe"),
        ("F01: shop", "F01: none", "answered but never asked: Q01"),
        ("severity: red", "severity: amber", "expected but not found: Q01 amber"),
        ("[{question: Q01, severity: red}]", "[]", "found but not expected: Q01 red"),
        ("tea-law 12]", "tea-law 13]", "no finding cites 'tea-law 13'"),
    ],
)
def test_each_difference_is_told(folder, old, new, said):
    spoil(folder, "demo/examples.yaml", old, new)
    assert said in problems_of(folder)


def test_what_an_example_leaves_out_is_answered_as_it_says(folder):
    spoil(folder, "demo/examples.yaml", ", Q01: no}", "}")
    spoil(folder, "demo/examples.yaml", "findings:", "otherwise: no\n    findings:")
    assert problems_of(folder) == []


def test_a_profile_question_left_out_is_not_known(folder):
    spoil(folder, "demo/examples.yaml", "F01: shop, Q01: no", "")
    assert problems_of(folder)[0] == "expected but not found: Q01 red"


def test_examples_need_a_checklist(folder):
    (folder / "demo" / "checklist.yaml").unlink()
    spoil(
        folder,
        "demo/examples.yaml",
        "answers: {F01: shop, Q01: no}\n    findings: [{question: Q01, severity: red}]",
        "answers: {}\n    findings: []",
    )
    assert problems_of(folder) == ["the pack has no checklist"]
