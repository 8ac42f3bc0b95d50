"""Amounts in every shape, and the units they bring."""

from decimal import Decimal

import pytest
from tests.unit.ledger.reading.reading import HEADERS, read, said, values

from hegui.capabilities.ledger.reading.amounts import Amounts

HEADER = ("购买日期", "品名", "数量", "供应商")


def book_with(cell: object):  # type: ignore[no-untyped-def]
    return read(HEADER, ["2026-01-05", "盐酸", cell, "甲"])


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (5, "5"), (0, "0"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (-3, "-3"), (123456789.25, "123456789.25"),
        ("5", "5"), ("５", "5"), (" 5.50 ", "5.50"), ("1,200", "1200"), ("1，200．5", "1200.5"),
        ("12,345,678.9", "12345678.9"),
        (".5", "0.5"), ("5.", "5"), ("-3", "-3"), ("－3", "-3"), ("(30)", "-30"), ("（3.5）", "-3.5"), ("+4", "4"),
        ("1.5E+2", "150"),
        ("五", "5"), ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("贰佰伍拾", "250"), ("二五", "25"),
    ],
)  # fmt: skip
def test_amounts_are_exact(cell: object, amount: str) -> None:
    book = book_with(cell)
    assert values(book, "quantity") == [Decimal(amount)]
    assert (values(book, "unit"), book.unread) == ([None], ())


@pytest.mark.parametrize(
    ("cell", "amount", "unit"),
    [
        ("5公斤", "5", "kg"), ("５ kg", "5", "kg"), ("5KG", "5", "kg"), ("5㎏", "5", "kg"), ("0.5吨", "0.5", "t"),
        ("500ml", "500", "mL"),
        ("500ML", "500", "mL"), ("2升", "2", "L"), ("3瓶", "3", "瓶"), ("250g", "250", "g"),
        ("1,200.5千克", "1200.5", "kg"),
        ("十二瓶", "12", "瓶"), ("五公斤", "5", "kg"), ("(3kg)", "-3", "kg"), ("3桶", "3", "桶"), ("2m³", "2", "m³"),
        ("6斤", "6", "斤"),
    ],
)  # fmt: skip
def test_amounts_may_bring_their_unit(cell: str, amount: str, unit: str) -> None:
    book = book_with(cell)
    assert (values(book, "quantity"), values(book, "unit"), book.unread) == ([Decimal(amount)], [unit], ())


@pytest.mark.parametrize("cell", ["约5kg", "5kg左右", "≈5", "5余", "近5公斤", "大约 5", ">5"])
def test_an_approximate_amount_is_not_taken_for_one(cell: str) -> None:
    book = book_with(cell)
    assert (book.entries[0].unreadable, said(book)) == ({"quantity"}, [(2, "about")])


@pytest.mark.parametrize(
    "cell",
    ["若干", "5kg×3", "5+3", "3-5", "5/6", "1.2.3", "1,20", "#REF!", "5批", "3瓶(500ml)", True, float("inf"),
    float("nan"), 1e20, "9" * 60, "1E+999"],
    ids=repr,
)  # fmt: skip
def test_what_is_no_amount_is_kept_as_written_and_said(cell: object) -> None:
    book = book_with(cell)
    (entry,) = book.entries
    assert "quantity" not in entry.values
    assert (entry.unreadable, said(book)) == ({"quantity"}, [(2, "amount")])


def test_units_of_one_kind_are_converted_and_others_are_not() -> None:
    assert HEADERS
    amounts = Amounts(HEADERS)
    assert amounts.converted(Decimal(500), "g", "kg") == Decimal("0.5")
    assert amounts.converted(Decimal(2), "t", "kg") == 2000
    assert str(amounts.converted(Decimal(2), "t", "kg")) == "2000"
    assert amounts.converted(Decimal(1), "L", "kg") is None
    assert amounts.converted(Decimal(1), "瓶", "桶") is None
    assert amounts.converted(Decimal(1), "批", "批") == 1


@pytest.mark.parametrize(
    ("written", "unit"),
    [("公斤", "kg"), ("Kg", "kg"), ("ＫＧ", "kg"), ("毫升", "mL"), ("瓶/500ml", "瓶/500ml"), ("批", "批")],
)
def test_units_are_told_by_one_name_where_they_are_known(written: str, unit: str) -> None:
    assert values(read([*HEADER, "单位"], ["2026-01-05", "盐酸", 5, "甲", written]), "unit") == [unit]
