"""Credit codes, districts, tags and names as people write them: read, or refused with what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.registry.codes import credit_code

from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue
from hegui.registry import credit_codes, districts, tags
from hegui.registry.enterprise_rows import Row, name_of, officer_of, repeated
from hegui.registry.model import Person
from hegui.rulebook.pack import Rulebook

FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"}


# ---- credit codes ------------------------------------------------------------------------------------------------


@given(st.integers(0, 99_999_999))
def test_a_code_is_read_however_it_is_written(number: int) -> None:
    code = credit_code(number)
    for written in (
        code,
        code.lower(),
        f" {code[:8]} {code[8:]}\n",
        code.translate(FULL_WIDTH),
        f"{code[:2]}-{code[2:]}",
    ):
        assert credit_codes.read(written) == code


@given(st.integers(0, 99_999_999), st.integers(0, 17), st.sampled_from(credit_codes.LETTERS))
def test_one_wrong_character_is_always_noticed(number: int, place: int, letter: str) -> None:
    code = credit_code(number)
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Refusal):
            credit_codes.read(wrong)


@pytest.mark.parametrize(
    ("written", "key", "params"),
    [
        ("91990000MADEM0011", "registry.uscc_length", {"count": 17}),
        ("", "registry.uscc_length", {"count": 0}),
        ("9199O000MADEM0011K", "registry.uscc_letter", {"position": 5, "letter": "O"}),
        ("91990000MADEM00111", "registry.wrong_uscc", {}),
        ("330600000012345", "registry.old_registration_number", {}),
        ("MA2D8XYZ1", "registry.organisation_code", {}),
    ],
)
def test_a_refused_code_is_told_with_what_to_look_at(written: str, key: str, params: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        credit_codes.read(written)
    assert (refused.value.key, refused.value.params) == (key, params)


# ---- districts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["CN-33-06-03", "cn-33-06-03", "330603", "浙江省绍兴市柯桥区", "绍兴市柯桥区", "柯桥区", "柯桥"]
)
def test_a_district_is_read_as_a_code_or_a_name(rulebook: Rulebook, written: str) -> None:
    assert districts.read(written, rulebook.places) == "CN-33-06-03"


def test_six_digits_with_noughts_are_the_wider_place(rulebook: Rulebook) -> None:
    assert districts.read("330600", rulebook.places) == "CN-33-06"
    assert districts.read("330000", rulebook.places) == "CN-33"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("CN-33-01-99", "registry.unknown_district_below"),
        ("CN-98-01", "registry.unknown_district"),
        ("月球", "registry.unknown_district"),
        ("", "registry.unknown_district"),
        ("鼓楼区", "registry.several_districts"),
        ("CN-3306", "registry.unknown_district"),
    ],
)
def test_a_district_that_is_not_held_is_refused(rulebook: Rulebook, written: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        districts.read(written, rulebook.places)
    assert refused.value.key == key


def test_for_an_unknown_county_the_place_above_is_offered(rulebook: Rulebook) -> None:
    with pytest.raises(Refusal) as refused:
        districts.read("330199", rulebook.places)
    assert refused.value.params["nearest"] == "CN-33-01"


# ---- tags --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "network=yes;size=small",
        "size=小型企业；网络=是",
        " 规模＝小型 ; network=TRUE;",
        "size=small;network=yes;network=yes",
    ],
)
def test_known_facts_are_read_in_their_own_words(rulebook: Rulebook, written: str) -> None:
    assert tags.read_cell(written, rulebook.facts) == (("network", "yes"), ("size", "small"))


def test_any_other_tag_stands_as_it_is_written(rulebook: Rulebook) -> None:
    assert tags.read_cell("park=北区;size=300人", rulebook.facts) == (("park", "北区"), ("size", "300人"))
    assert tags.read_cell("  ", rulebook.facts) == ()


def test_a_slip_in_a_closed_fact_is_refused_with_what_may_stand(rulebook: Rulebook) -> None:
    with pytest.raises(Refusal) as refused:
        tags.read_cell("network=yse", rulebook.facts)
    assert refused.value.params == {"tag": "network", "text": "yse", "allowed": "yes / no"}


@pytest.mark.parametrize("written", ["network", "=yes", "a b=c", "k=", "k=a=b", "k=" + "x" * 81, "k=a\u202eb"])
def test_what_is_no_tag_is_refused(rulebook: Rulebook, written: str) -> None:
    with pytest.raises(Refusal) as refused:
        tags.read_cell(written, rulebook.facts)
    assert refused.value.key == "registry.bad_tag"


def test_an_enterprise_has_not_endlessly_many_tags(rulebook: Rulebook) -> None:
    with pytest.raises(Refusal) as refused:
        tags.read_cell(";".join(f"k{n}=1" for n in range(tags.MOST_TAGS + 1)), rulebook.facts)
    assert refused.value.key == "registry.too_many_tags"


# ---- names, officers, rows ---------------------------------------------------------------------------------------


def test_a_name_stands_on_one_line_without_hidden_marks() -> None:
    assert name_of(" 绍兴\u202e甲厂\n 分厂 ") == "绍兴甲厂 分厂"
    for wrong in ("", " \u200b ", "长" * 201):
        with pytest.raises(Refusal):
            name_of(wrong)


def test_an_officer_is_named_by_id_or_by_a_name_that_no_other_has() -> None:
    officers = [Person(id=i, role="officer", language="zh", name=n) for i, n in (("a", "张"), ("b", "李"), ("c", "李"))]
    assert officer_of("张", officers) == "a"
    assert officer_of("c", officers) == "c"
    for written, key in (("李", "registry.several_officers"), ("王", "registry.no_such_officer")):
        with pytest.raises(Refusal) as refused:
            officer_of(written, officers)
        assert refused.value.key == key


def test_a_code_that_comes_twice_is_noticed_however_it_is_written() -> None:
    code = credit_code(1)
    rows = [Row(row=2, uscc=code), Row(row=3, uscc="x"), Row(row=4, uscc=f" {code.lower()}"), Row(row=5, uscc="x")]
    assert repeated(rows) == {4: 2}


def test_the_headers_of_lists_mean_one_thing_each(catalogue: Catalogue) -> None:
    fields = [key for key in catalogue.keys("zh") if key.startswith("registry.headers.")]
    words = [word for language in LANGUAGES for key in fields for word in catalogue.words(language, key)]
    assert len(fields) == len(Row.model_fields) - 1
    assert len(words) == len(set(words))
