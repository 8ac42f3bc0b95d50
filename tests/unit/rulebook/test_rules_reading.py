"""Reading one YAML file: what is refused, and that it says where."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook.problem import RulesProblem
from hegui.rulebook.reading import MAX_BYTES, parse, source, validate
from hegui.rulebook.text import Bilingual, RuleModel

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]\n" for before, this in zip("abcdefgh", "bcdefghi", strict=True)
)


class Page(RuleModel):
    title: Bilingual
    numbers: tuple[int, ...] = ()


def problem_of(text: str | bytes) -> str:
    with pytest.raises(RulesProblem) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), "page.yaml")
    return str(caught.value)


def test_every_scalar_is_text_so_that_yes_and_on_mean_themselves():
    assert parse(b"on: yes\nday: 2026-01-02\nempty:\nversion: 2026.10\n", "page.yaml") == {
        "on": "yes",
        "day": "2026-01-02",
        "empty": None,
        "version": "2026.10",
    }


def test_an_anchor_bomb_is_refused_at_its_first_line():
    assert len(BOMB) < 400
    assert problem_of(BOMB) == "page.yaml:1: anchors and aliases are not allowed"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!python/object:os.system x", "page.yaml:1: tags are not allowed"),
        ("a: 1\nb: 2\na: 3", "page.yaml:3: key 'a' stands twice"),
        ("a: *x", "page.yaml:1: anchors and aliases are not allowed"),
        ("a: 1\n---\nb: 2", "page.yaml:2: more than one document"),
        ("a: [1, 2\n", "page.yaml:2: not YAML"),
        ("? [a, b]\n: 1", "page.yaml:1: a key must be a text"),
        ("[" * 40 + "]" * 40, "nested deeper than 30"),
        (b"a: \xff\xfe", "page.yaml: not UTF-8 (byte 3)"),
        ("a: \x07", "not YAML"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text, said):
    assert said in problem_of(text)


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(tmp_path):
    (tmp_path / "page.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RulesProblem, match="larger than 256 KB"):
        source(tmp_path / "page.yaml", "page.yaml")


def test_an_empty_file_has_no_content():
    assert parse(b"", "page.yaml") is None


def test_a_fault_of_the_model_is_told_with_the_line_of_its_node():
    text = b"title:\n  zh: a\n  en: b\nnumbers:\n  - 1\n  - two\n"
    with pytest.raises(RulesProblem, match=r"^page\.yaml:6: numbers\.1: "):
        validate(Page, parse(text, "page.yaml"), text, "page.yaml")


def test_all_faults_of_a_file_are_told_and_a_missing_key_has_the_line_of_its_parent():
    text = b"numbers: [x]\ntitle:\n  zh: a\nextra: 1\n"
    with pytest.raises(RulesProblem) as caught:
        validate(Page, parse(text, "page.yaml"), text, "page.yaml")
    assert {problem.line for problem in caught.value.problems} == {1, 3, 4}


def test_an_empty_file_where_a_model_is_due_is_told():
    with pytest.raises(RulesProblem, match="page"):
        validate(Page, None, b"", "page.yaml")


@given(st.binary(max_size=300))
def test_any_bytes_give_content_or_a_rules_problem(content):
    with suppress(RulesProblem):
        parse(content, "page.yaml")


@given(st.text(alphabet=":-[]{}&*!|>#?%@`\"'\n abc1", max_size=120))
def test_any_text_gives_content_or_a_rules_problem(text):
    with suppress(RulesProblem):
        parse(text.encode(), "page.yaml")
