"""Drafts from OSCAL catalogs: what is taken over, what is left out and said, and what is refused."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rulebook.rules_folder import LAWS, write

from hegui.rulebook.lint import check
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.oscal.drafting import Draft
from hegui.rulebook.oscal.model import Catalog
from hegui.rulebook.oscal.opening import MAX_BYTES, NotOscal, as_catalog, open_catalog
from hegui.rulebook.oscal.writing import files_of, slug_of

DAY = date(2026, 11, 24)
TEA = {
    "catalog": {
        "metadata": {"title": "Tea House Baseline", "version": "1.0"},
        "params": [{"id": "who", "values": ["the owner"]}],
        "groups": [
            {
                "id": "kt",
                "title": "Kettles",
                "parts": [{"name": "overview", "prose": "About kettles."}],
                "controls": [
                    {
                        "id": "kt-1",
                        "title": "Kettle Policy",
                        "params": [
                            {"id": "kt-1_days", "label": "number of days"},
                            {
                                "id": "kt-1_how",
                                "select": {"how-many": "one-or-more", "choice": ["boil", "see {{ who }}"]},
                            },
                        ],
                        "props": [{"name": "label", "value": "KT-1"}],
                        "links": [{"href": "#abc", "rel": "reference"}],
                        "parts": [
                            {
                                "name": "statement",
                                "prose": "As {{ insert: param, who }} says:",
                                "parts": [
                                    {
                                        "name": "item",
                                        "props": [{"name": "label", "value": "a."}],
                                        "prose": "Check every {{ insert: param, kt-1_days }}; {{ kt-1_how }}.",
                                    },
                                    {
                                        "name": "item",
                                        "props": [{"name": "label", "value": "b."}],
                                        "prose": "Keep [a log](#x).",
                                    },
                                ],
                            },
                            {"name": "guidance", "prose": "Old kettles leak."},
                            {"name": "poem", "id": "kt-1_poem", "prose": "O kettle."},
                            {
                                "name": "assessment-objective",
                                "prose": "Determine if",
                                "parts": [
                                    {"name": "assessment-objective", "prose": "kettles are checked;"},
                                    {"name": "assessment-objective", "prose": "a log is kept."},
                                ],
                            },
                            {
                                "name": "assessment-method",
                                "props": [{"name": "method", "value": "EXAMINE"}],
                                "parts": [{"name": "assessment-objects", "prose": "Kettle log"}],
                            },
                        ],
                        "controls": [
                            {
                                "id": "kt-1.1",
                                "title": "Whistles",
                                "parts": [{"name": "statement", "prose": "Use {{ insert: param, nowhere }}."}],
                            }
                        ],
                    },
                    {"id": "kt-2", "title": "Samovars", "props": [{"name": "status", "value": "withdrawn"}]},
                ],
            }
        ],
        "controls": [{"id": "loose", "title": "Only a Title"}],
        "back-matter": {"resources": [{"uuid": "u-1", "title": "A book"}]},
    }
}  # fmt: skip


def draft_of(told: object, law=None, prefix="OC"):
    catalog = as_catalog(json.dumps(told).encode(), "tea.json")
    return files_of(Draft(catalog, prefix, DAY, law), slug_of(catalog.metadata.title), DAY)


def loaded(tmp_path: Path, files, laws: str = LAWS):
    """The draft in a rules folder with a copy of a register."""
    folder = tmp_path / "rules"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "laws.yaml").write_text(laws, encoding="utf-8")
    return load(folder)


def left_out(report, reason):
    return [(one.where, one.what) for one in report.left_out if one.reason == reason]


def test_controls_and_enhancements_become_unverified_duties_with_a_table_of_ids(tmp_path):
    files, report = draft_of(TEA)
    (pack,) = loaded(tmp_path, files).packs
    assert pack.id == "tea-house-baseline"
    assert [(one.control, one.section, one.entry) for one in report.mapping] == [
        ("kt-1", "Kettles", "OC001"),
        ("kt-1.1", "Kettles", "OC002"),
        ("loose", "", "OC003"),
    ]
    assert [duty.title.en for duty in pack.obligations] == ["Kettle Policy", "Whistles", "Only a Title"]
    assert {str(duty.status) for duty in pack.obligations} == {"unverified"}
    assert "section Kettles, enhances kt-1." in pack.obligations[1].note.en


def test_a_statement_is_said_with_its_items_and_its_parameters(tmp_path):
    files, report = draft_of(TEA)
    (pack,) = loaded(tmp_path, files).packs
    assert pack.obligations[0].duty.en == (
        "As the owner says: a. Check every [Assignment: number of days];"
        " [Selection (one or more): boil; see the owner]. b. Keep a log."
    )
    assert left_out(report, "parameter without a value") == [("kt-1", "kt-1_days"), ("kt-1", "kt-1_how")]
    assert left_out(report, "parameter that is not defined") == [("kt-1.1", "nowhere")]


def test_objectives_of_assessment_become_questions_with_what_is_examined_as_evidence(tmp_path):
    files, report = draft_of(TEA)
    (pack,) = loaded(tmp_path, files).packs
    assert [(question.id, question.text.en) for question in pack.checklist.questions] == [
        ("QA01", "Is this so: Determine if kettles are checked?"),
        ("QA02", "Is this so: Determine if a log is kept?"),
    ]
    assert {question.evidence.en for question in pack.checklist.questions} == {"Examine: Kettle log"}
    assert report.mapping[0].questions == ("QA01", "QA02")
    assert left_out(report, "control without an objective of assessment") == [("kt-1.1", "OC002"), ("loose", "OC003")]


def test_what_cannot_be_taken_over_is_counted_and_named():
    _, report = draft_of(TEA)
    assert left_out(report, "withdrawn control") == [("kt-2", "Samovars")]
    assert left_out(report, "part of unknown name") == [("kt-1", "poem kt-1_poem")]
    assert left_out(report, "guidance") == [("kt-1", "guidance"), ("kt", "overview")]
    assert left_out(report, "link") == [("kt-1", "#abc")]
    assert left_out(report, "resource of the back matter") == [("back-matter", "A book")]
    assert left_out(report, "control without a statement") == [("loose", "Only a Title")]
    assert report.counts()["no Chinese text"] == 3
    assert report.counts()["no citation in the register"] == 3
    assert report.as_data()["counts"] == report.counts()
    assert any(line == "  withdrawn control: 1 (kt-2)" for line in report.lines())


def test_a_draft_loads_beside_the_register_that_ships(tmp_path):
    files, _ = draft_of(TEA)
    assert loaded(tmp_path, files, (default_folder() / "laws.yaml").read_text(encoding="utf-8")).packs


def test_an_item_that_belongs_to_nothing_is_said():
    _, report = draft_of(controls(1, parts=[{"name": "item", "id": "stray", "prose": "Do it."}]))
    assert left_out(report, "part of unknown name") == [("c-0", "item stray")]


def test_the_lint_lists_every_text_of_a_draft_as_not_translated(tmp_path):
    files, _ = draft_of(TEA)
    rulebook = loaded(tmp_path, files)
    told = [fault for fault in check(rulebook) if "is not translated into Chinese" in fault.message]
    duty = 6  # title, duty, whom it binds, when, first step, note
    question = 2  # text, evidence
    head = 4  # title and summary of the pack, title and introduction of the checklist
    assert len(told) == 3 * duty + 2 * question + head
    assert any("OC001: has no citation" in str(fault) for fault in check(rulebook))


def test_a_law_is_cited_only_where_it_was_named_and_the_label_is_its_article(tmp_path):
    rules = write(tmp_path / "small")
    law = load(rules).law("tea-law")
    told = json.loads(json.dumps(TEA))
    control = told["catalog"]["groups"][0]["controls"][0]
    control["props"][0]["value"] = "Art. 3.2"
    control["controls"][0]["props"] = [{"name": "label", "value": "99"}]
    files, report = draft_of(told, law)
    (pack,) = loaded(tmp_path, files).packs
    cited = [[(c.law, c.article, str(c.version), str(c.status)) for c in duty.citations] for duty in pack.obligations]
    assert cited == [[("tea-law", 3, "2020-01-01", "unverified")], [], []]
    assert left_out(report, "no citation in the register") == [("kt-1.1", "99"), ("loose", "loose")]


def controls(count: int, **fields) -> dict:
    made = [{"id": f"c-{n}", "title": f"Control {n}", **fields} for n in range(count)]
    return {"catalog": {"metadata": {"title": "Many"}, "controls": made}}


def test_a_large_catalog_becomes_several_packs_that_load(tmp_path):
    prose = [{"name": "statement", "prose": "word " * 300}, {"name": "objective", "prose": "it is done"}]
    files, report = draft_of(controls(1100, parts=prose))
    rulebook = loaded(tmp_path, files)
    assert set(report.packs) == {pack.id for pack in rulebook.packs}
    assert len(report.packs) > 5
    assert len({duty.id for pack in rulebook.packs for duty in pack.obligations}) == 1100
    assert report.mapping[-1].entry == "OC101a"


def test_what_is_too_long_is_cut_and_said(tmp_path):
    parts = [{"name": "statement", "prose": "x" * 5000}, *({"name": "objective", "prose": f"n {n}"} for n in range(70))]
    files, report = draft_of(controls(1, parts=parts))
    (pack,) = loaded(tmp_path, files).packs
    assert pack.obligations[0].duty.en.endswith("x…")
    assert left_out(report, "text cut to length") == [("c-0", "5000 characters")]
    assert len(left_out(report, "question beyond the limit of a control")) == 10


def test_parameters_that_name_each_other_neither_turn_in_circles_nor_grow(tmp_path):
    ring = [{"id": "p0", "values": ["{{ insert: param, p1 }}"]}, {"id": "p1", "values": ["{{ insert: param, p0 }}"]}]
    tower = [{"id": f"t{n}", "values": [f"{{{{ t{n + 1} }}}} " * 9]} for n in range(40)]
    parts = [{"name": "statement", "prose": "{{ p0 }} {{ t0 }}"}]
    files, _ = draft_of(controls(1, params=[*ring, *tower, {"id": "t40", "values": ["x" * 900]}], parts=parts))
    (pack,) = loaded(tmp_path, files).packs
    assert pack.obligations[0].duty.en.startswith("[p0] x")


def test_characters_that_nobody_sees_and_odd_ids_do_no_harm(tmp_path):
    told = controls(1, parts=[{"name": "statement", "prose": "a\u202eb\x1b[31m\nc"}])
    told["catalog"]["metadata"]["title"] = "../..\u202e: &a {x}"
    told["catalog"]["controls"].append({"id": "c-0", "title": "Twice"})
    files, report = draft_of(told)
    (pack,) = loaded(tmp_path, files).packs
    assert pack.obligations[0].duty.en == "a b [31m c"
    assert all(".." not in name for name in files)
    assert left_out(report, "control of an id that stands twice") == [("c-0", "Twice")]
    assert "\x1b" not in "\n".join(report.lines())


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("NIST SP 800-53 Rev 5", "nist-sp-800-53-rev-5"),
        ("53 rules", "rules"),
        ("等级保护", "oscal"),
        ("Calendar", "oscal-calendar"),
        ("x" * 90, "x" * 24),
    ],
)
def test_a_pack_is_named_after_the_catalog(title, slug):
    assert slug_of(title) == slug


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not an OSCAL catalog"),
        (b"[1, 2]", "is not an OSCAL catalog"),
        (b'{"a": 1}', "it has no key 'catalog'"),
        (b'{"profile": {}}', "an OSCAL profile that is not resolved yet"),
        (b"<catalog/>", "looks like XML"),
        (b'{"catalog": ', "is not JSON"),
        (b'{"catalog": {"metadata": {"title": 3}}}', "catalog.metadata.title: Input should be a valid string"),
        (b'{"catalog": {"metadata": {"title": "x"}, "controls": {"id": 1}}}', "catalog.controls: Input should be"),
        (b'{"catalog": {"metadata": {"title": "x"}, "controls": [{"title": "y"}]}}', "controls.0.id: Field required"),
        (b'{"catalog": {"metadata": {"title": "\\ud800"}}}', "half a character"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b'{"catalog": "\xff"}', "is not JSON"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "has no key 'catalog'"),
        (b'{"catalog":' + b'{"a":' * 100 + b"1" + b"}" * 101, "nested deeper than 60"),
        (b'{"catalog":' * 200_000, "nested deeper than 60"),
        (b"catalog: &a [*a]", "anchors and aliases are not allowed"),
    ],
)
def test_what_is_no_catalog_is_refused_in_one_sentence(content, said):
    with pytest.raises(NotOscal) as caught:
        as_catalog(content, "tea.json")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_catalog_without_controls_is_refused():
    with pytest.raises(NotOscal, match="no control that could be taken over"):
        draft_of(controls(0))


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(tmp_path):
    with (tmp_path / "large.json").open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    with pytest.raises(NotOscal, match=r"large.json is larger than 20 MB"):
        open_catalog(tmp_path / "large.json")


def test_yaml_is_read_as_well(tmp_path):
    (tmp_path / "tea.yaml").write_text(
        "catalog:\n  metadata: {title: Tea, version: 2.0}\n  controls: [{id: no, title: yes}]\n", encoding="utf-8"
    )
    catalog = open_catalog(tmp_path / "tea.yaml")
    assert (catalog.metadata.version, catalog.controls[0].id, catalog.controls[0].title) == ("2.0", "no", "yes")


TEXT = st.text(max_size=30)
PARTS = st.recursive(
    st.fixed_dictionaries({"name": st.sampled_from(["statement", "item", "objective", "x"]), "prose": TEXT}),
    lambda inner: st.fixed_dictionaries({"name": st.just("statement"), "parts": st.lists(inner, max_size=3)}),
    max_leaves=8,
)
CONTROL = st.fixed_dictionaries(
    {"id": st.text(min_size=1, max_size=9), "title": TEXT, "parts": st.lists(PARTS, max_size=3)}
)


@given(st.text(min_size=1, max_size=40), st.lists(CONTROL, min_size=1, max_size=4))
def test_any_catalog_gives_a_draft_that_loads(tmp_path_factory, title, controls):
    told = {"catalog": {"metadata": {"title": title}, "controls": controls}}
    files, _ = draft_of(told)
    assert loaded(tmp_path_factory.mktemp("any"), files).packs


@given(st.binary(max_size=200))
def test_any_bytes_give_a_catalog_or_a_sentence(content):
    with suppress(NotOscal):
        assert isinstance(as_catalog(content, "any"), Catalog)
