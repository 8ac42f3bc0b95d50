"""Places: what lies in what, and the names people use."""

import pytest

from hegui.rulebook.pack import Rulebook
from hegui.rulebook.places import Places, lies_in, read, wider
from hegui.rulebook.problem import RulesProblem


@pytest.fixture
def places(rulebook: Rulebook) -> Places:
    return rulebook.places


def test_a_place_lies_in_itself_and_in_all_that_is_wider() -> None:
    assert wider("CN-33-06-03") == ("CN", "CN-33", "CN-33-06", "CN-33-06-03")
    assert all(lies_in("CN-33-06-03", place) for place in wider("CN-33-06-03"))
    assert not lies_in("CN-33", "CN-33-06")
    assert not lies_in("CN-330", "CN-33")


def test_a_name_is_said_from_the_province_down(places: Places) -> None:
    assert places.name("CN-33-06-03", "zh") == "浙江省绍兴市柯桥区"
    assert places.name("CN-33", "en") == "Zhejiang"
    assert places.name("CN", "zh") == ""


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("柯桥区", ["CN-33-06-03"]),
        ("柯桥", ["CN-33-06-03"]),
        ("浙江", ["CN-33"]),
        ("zhejiang", ["CN-33"]),
        ("浙江省绍兴市柯桥区", ["CN-33-06-03"]),
        ("cn-33-06", ["CN-33-06"]),
        ("没有的地方", []),
        ("", []),
    ],
)
def test_a_place_is_found_as_people_say_it(places: Places, said: str, codes: list[str]) -> None:
    assert [place.code for place in places.find(said)] == codes


def test_a_name_that_several_places_have_finds_them_all(places: Places) -> None:
    assert len(places.find("朝阳区")) >= 2


def test_a_row_without_a_code_is_told_with_its_line() -> None:
    with pytest.raises(RulesProblem) as told:
        read("# 说明\nCN-33\t浙江省\n绍兴\n".encode())
    assert "divisions.tsv" in str(told.value)
    assert "3" in str(told.value)
