"""The loader: all or nothing, versions filled in, references that lead somewhere."""

import gc
from datetime import date

import pytest
from tests.unit.rulebook.rules_folder import spoil, write

from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.problem import RulesProblem


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "rules")


def problems_of(folder) -> str:
    with pytest.raises(RulesProblem) as caught:
        load(folder)
    return str(caught.value)


def test_citations_get_the_version_that_the_pack_reads(folder):
    pack = load(folder).packs[0]
    assert pack.obligations[0].citations[0].version == date(2020, 1, 1)
    assert pack.checklist is not None
    assert len(pack.digest) == 64


def test_a_table_outside_a_pack_reads_the_newest_version(folder):
    (folder / "leniency").mkdir()
    (folder / "leniency" / "general.yaml").write_text(
        """\
id: general
title: {zh: 从宽, en: Leniency}
warning: {zh: 由公安机关决定。, en: The police decide.}
rows:
  - id: A1
    facts: {zh: 初次。, en: First time.}
    outcome: normal
    force: none
    citations: [{law: tea-law, article: 2}]
    evidence: {zh: 记录, en: Records}
    effective: 2020-01-01
""",
        encoding="utf-8",
    )
    assert load(folder).leniency[0].rows[0].citations[0].version == date(2020, 1, 1)


def test_the_digest_tells_any_change_of_any_file(folder):
    before = load(folder)
    spoil(folder, "laws.yaml", "示例规定", "示例规定甲")
    after = load(folder)
    assert before.digest != after.digest
    assert before.packs[0].digest == after.packs[0].digest


def test_problems_of_all_files_are_told_together(folder):
    spoil(folder, "laws.yaml", "kind: law", "kind: poem")
    spoil(folder, "demo/ladders.yaml", "when:", "whenever:")
    said = problems_of(folder)
    assert "laws.yaml:3: laws.0.kind" in said
    assert "demo/ladders.yaml:6: ladders.0.steps.0.whenever" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("demo/obligations.yaml", "ladder: [P1]", "ladder: [P9]", "N01: ladder 'P9' does not exist"),
        ("demo/obligations.yaml", "periods: [D01]", "periods: [D09]", "N01: period 'D09' does not exist"),
        ("demo/asked_as.yaml", "entry: N01", "entry: N07", "asked_as: entry 'N07' does not exist"),
        ("demo/checklist.yaml", "obligations: [N01]", "obligations: [N02]", "Q01: obligation 'N02' does not exist"),
        ("demo/checklist.yaml", "question: F01", "question: Q01", "Q01: waits for 'Q01', which does not come before"),
        ("demo/checklist.yaml", "question: F01", "question: F09", "checklist.yaml:10: Q01: question 'F09' does not"),
        ("demo/examples.yaml", "F01: shop", "F07: shop", "No ledger: question 'F07' does not exist"),
        ("demo/ladders.yaml", "id: P1", "id: N01", "id 'N01' stands 2 times"),
        ("demo/ladders.yaml", "ladders:", "leaders:", "must hold one key, 'ladders'"),
        ("demo/pack.yaml", "version: \"2026.1.1\"", "version: one", "version: String should match pattern"),
        ("demo/pack.yaml", "id: demo", "identity: demo", "demo/pack.yaml:1: identity"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(folder, file, old, new, said):
    spoil(folder, file, old, new)
    assert said in problems_of(folder)


def test_a_cyclic_branch_is_refused_where_it_turns_back(folder):
    first = "text: {zh: 有店吗？, en: Is there a shop?}\n"
    spoil(
        folder,
        "demo/checklist.yaml",
        first,
        f"{first}      asked_when: {{kind: answer_is, question: Q01, any_of: [yes]}}\n",
    )
    said = problems_of(folder)
    assert "demo/checklist.yaml:6: F01: waits for 'Q01', which does not come before it" in said


def test_two_entries_of_one_id_are_told_with_both_places(folder):
    spoil(folder, "demo/ladders.yaml", "id: P1", "id: N01")
    said = problems_of(folder).splitlines()
    assert "demo/ladders.yaml:2: id 'N01' stands 2 times (also demo/obligations.yaml:2)" in said
    assert len(said) == len(set(said))


def test_a_row_that_asks_for_an_entry_twice_is_told_in_its_own_file(folder):
    text = (folder / "demo" / "asked_as.yaml").read_text(encoding="utf-8")
    (folder / "demo" / "asked_as.yaml").write_text(text + text.split("\n", 1)[1], encoding="utf-8")
    assert "demo/asked_as.yaml:2: id 'N01' stands 2 times (also demo/asked_as.yaml:7)" in problems_of(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("obligations:", "obligations: &all", "demo/obligations.yaml:1: anchors and aliases are not allowed"),
        ("    binds:", "    bends:", "demo/obligations.yaml:5: obligations.0.bends: Extra inputs are not permitted"),
        ("    binds: {zh: 所有人, en: Everyone}\n", "", "demo/obligations.yaml:2: obligations.0.binds: Field required"),
        ("en: Everyone", "en: []", "demo/obligations.yaml:5: obligations.0.binds.en: Input should be a valid string"),
    ],
)
def test_what_is_wrong_in_a_pack_is_told_with_file_line_and_reason(folder, old, new, said):
    spoil(folder, "demo/obligations.yaml", old, new)
    assert said in problems_of(folder)


def test_a_file_nobody_knows_is_told(folder):
    (folder / "extra.yaml").write_text("a: 1", encoding="utf-8")
    (folder / "other").mkdir()
    (folder / "other" / "obligations.yaml").write_text("obligations: []", encoding="utf-8")
    said = problems_of(folder)
    assert "extra.yaml: no such file is known" in said
    assert "other: a pack needs a pack.yaml" in said


def test_a_file_that_is_not_yaml_is_told_once(folder):
    (folder / "demo" / "ladders.yaml").write_text("ladders: [", encoding="utf-8")
    assert problems_of(folder).count("demo/ladders.yaml") == 1


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert "no such folder" in problems_of(tmp_path / "nowhere")


def test_loading_leaves_the_collector_as_it_was(folder):
    gc.disable()
    try:
        load(folder)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_default_folder_holds_the_laws():
    assert (default_folder() / "laws.yaml").is_file()
