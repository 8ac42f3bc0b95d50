"""Names of chemicals as ledgers write them."""

from decimal import Decimal

import pytest

from hegui.capabilities.ledger.chemicals import percent_of
from hegui.capabilities.ledger.units import Units


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("盐酸", "盐酸"),
        ("盐　酸", "盐酸"),
        ("盐酸(36%)", "盐酸"),
        ("盐酸（３６％）", "盐酸"),
        ("98%硫酸", "硫酸"),
        ("浓硫酸 98%", "硫酸"),
        ("硫酸AR", "硫酸"),
        ("丙酮（分析纯）", "丙酮"),
        ("工业丙酮", "丙酮"),
        ("丙酮 AR 500ml/瓶", "丙酮"),
        ("甲苯160kg/桶", "甲苯"),
        ("丁酮", "甲基乙基酮"),
        ("MEK", "甲基乙基酮"),
        ("氯仿", "三氯甲烷"),
        ("无水乙醚", "乙醚"),
        ("KMnO4", "高锰酸钾"),
        ("Acetone", "丙酮"),
        ("sulfuric acid", "硫酸"),
        ("盐酸36-38%", "盐酸"),
        ("苯乙酸钠", "苯乙酸"),
        ("双氧水", "过氧化氢溶液"),
        ("1，2-乙二胺", "1,2-乙二胺"),
    ],
)
def test_a_name_is_known_however_it_is_written(chemicals, written, item):
    found = chemicals.match(written)
    assert found.item.name.zh == item
    assert found.how == "name"


@pytest.mark.parametrize("written", ["硫酸钠", "盐酸羟胺", "丙酮酸", "二甲苯", "乙醇", "稀释剂", "甲苯胺"])
def test_a_name_that_only_resembles_is_not_taken(chemicals, written):
    assert chemicals.match(written).item is None


def test_a_salt_of_a_drug_type_chemical_is_of_its_class(chemicals):
    assert chemicals.match("盐酸麻黄碱").grade == 1
    assert chemicals.match("苯乙酸钾").grade == 2


def test_an_unknown_name_is_known_by_its_cas_number(chemicals):
    found = chemicals.match("某某溶剂", "67-64-1")
    assert (found.how, found.item.name.zh) == ("cas", "丙酮")


def test_a_cas_number_of_another_chemical_is_told(chemicals):
    assert chemicals.match("丙酮", "108-88-3").contrary.name.zh == "甲苯"
    assert chemicals.match("丙酮", "67-64-1").contrary is None


def test_potassium_permanganate_is_under_both_regimes(chemicals):
    found = chemicals.match("高锰酸钾")
    assert (found.grade, found.explosive) == (3, True)


@pytest.mark.parametrize(("concentration", "listed"), [("30%", True), ("3%", False), ("", False), ("8%", False)])
def test_peroxide_is_an_explosive_precursor_above_its_limit_only(chemicals, concentration, listed):
    assert chemicals.match("过氧化氢溶液", "", concentration).explosive is listed


def test_the_content_in_a_name_counts_where_the_column_is_empty(chemicals):
    assert chemicals.match("双氧水(30%)").explosive
    assert not chemicals.match("双氧水(3%)").explosive


@pytest.mark.parametrize(
    ("text", "percent"),
    [("36%", "36"), ("３６％", "36"), ("36-38%", "36"), ("0.98", "98"), ("98", "98"), ("AR", None), ("", None)],
)
def test_contents_are_read(text, percent):
    assert percent_of(text) == (Decimal(percent) if percent else None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("丁酮", "甲基乙基酮", True),
        ("丙酮", "甲苯", False),
        ("丙酮", "乙醇", False),
        ("丙酮", "丙酮（化学试剂）", True),
    ],
)
def test_two_names_of_one_chemical_are_the_same(chemicals, one, other, same):
    assert chemicals.same(one, other) is same


@pytest.mark.parametrize(
    ("written", "unit"), [("公斤", "kg"), ("ＫＧ", "kg"), ("升", "l"), ("瓶(500ml)", "bottle"), ("桶/25kg", "barrel")]
)
def test_units_are_known_by_many_words(rules, written, unit):
    assert Units(rules).of(written).id == unit


def test_amounts_in_a_note_are_read_in_kg_and_litres(rules):
    found = Units(rules).amounts("25L（46公斤），另500ml")
    assert [(one.value, one.dimension) for one in found] == [
        (Decimal(25), "volume"),
        (Decimal(46), "mass"),
        (Decimal("0.5"), "volume"),
    ]
