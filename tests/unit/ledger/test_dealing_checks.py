"""Purchases, sales, use and transfers: what is a fault, and what only looks like one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hegui.capabilities.ledger.facts import Facts

DAY = date(2026, 6, 1)
BOUGHT = {
    "day": DAY, "chemical": "丙酮", "unit": "kg", "quantity": Decimal(100), "supplier": "甲公司",
    "supplier_number": "X1", "certificate": "备1", "certificate_unit": "本厂", "certificate_chemical": "丙酮",
    "valid_from": DAY, "valid_to": date(2026, 6, 30), "permitted": Decimal(200), "certificate_kind": "多次",
    "payment": "转账", "invoice": "1",
}  # fmt: skip
SOLD = {
    "day": DAY, "chemical": "丙酮", "unit": "kg", "quantity": Decimal(10), "buyer": "乙公司", "buyer_kind": "单位",
    "buyer_code": "91", "handler": "张三", "handler_identity": "33", "payment": "转账", "reported_on": DAY,
}  # fmt: skip
USED = {
    "day": DAY,
    "chemical": "丙酮",
    "unit": "kg",
    "taken": Decimal(10),
    "used": Decimal(10),
    "taker": "张三",
    "issuer": "李四",
}


def but(row, **changes):
    """The row with some fields changed; None takes one away."""
    return {name: value for name, value in (row | changes).items() if value is not None}


def later(row, days, **changes):
    return but(row, day=DAY + timedelta(days=days), invoice=f"i{days}", **changes)


def test_class_1_needs_a_licence_instead_of_a_filing(look):
    assert len(look("L10", purchase=[but(BOUGHT, certificate=None)])) == 1
    assert look("L10", purchase=[but(BOUGHT, certificate=None, chemical="黄樟素")]) == []
    assert look("L10", purchase=[but(BOUGHT, certificate=None, chemical="乙醇")]) == []


def test_a_column_that_is_not_there_is_told_once_at_the_header(look):
    rows = [but(BOUGHT, certificate=None), later(BOUGHT, 1, certificate=None)]
    [found] = look("L10", purchase=rows, without=("certificate",))
    assert (found.row, found.column, found.variant) == (1, "购买备案证明编号", "column")


def test_the_first_and_the_last_day_of_a_certificate_count(look):
    days = [0, 29, 30, -1]
    assert [one.row for one in look("L11", purchase=[later(BOUGHT, n) for n in days])] == [4, 5]


def test_the_sum_under_a_certificate_goes_over_at_one_row(look):
    rows = [later(BOUGHT, n) for n in range(4)]
    [found] = look("L12", purchase=rows)
    assert (found.row, found.given["sum"], found.given["difference"]) == (4, "300", "100")


def test_a_single_use_certificate_used_again_is_not_also_exceeded(look):
    rows = [later(BOUGHT, n * 3, certificate_kind="一次", quantity=Decimal(150)) for n in range(2)]
    assert [one.row for one in look("L13", purchase=rows)] == [3]
    assert look("L12", purchase=rows) == []


def test_two_chemicals_on_one_certificate_and_day_are_one_purchase(look):
    other = but(BOUGHT, chemical="甲苯", certificate_kind="一次")
    assert look("L13", purchase=[but(BOUGHT, certificate_kind="一次"), other]) == []


def test_a_certificate_may_name_several_chemicals_or_another_name_of_one(look):
    assert look("L14", purchase=[but(BOUGHT, certificate_chemical="甲苯、丙酮")]) == []
    assert look("L14", purchase=[but(BOUGHT, chemical="丁酮", certificate_chemical="甲基乙基酮")]) == []
    assert len(look("L14", purchase=[but(BOUGHT, certificate_chemical="甲苯")])) == 1


def test_another_unit_is_told_against_the_own_name_or_the_usual_one(look):
    rows = [later(BOUGHT, n) for n in range(3)] + [later(BOUGHT, 4, certificate_unit="别的公司")]
    assert [one.row for one in look("L14", purchase=rows)] == [5]
    assert look("L14", purchase=rows[-1:]) == []
    assert len(look("L14", purchase=rows[-1:], facts=Facts(today=DAY, unit_name="本厂"))) == 1


def test_class_3_may_be_sold_to_a_person_for_cash(look):
    person = but(SOLD, buyer_kind="个人", payment="现金", handler=None, handler_identity=None)
    assert look("L15", sale=[person]) == look("L16", sale=[person]) == look("L09", sale=[person]) == []
    assert len(look("L15", sale=[person | {"chemical": "乙醚"}])) == 1
    assert len(look("L16", sale=[person | {"chemical": "乙醚"}])) == 1
    assert len(look("L16", purchase=[but(BOUGHT, payment="现金")])) == 1


@pytest.mark.parametrize("payment", ["现金支票", "非现金", "银行转账", "承兑汇票"])
def test_payment_through_a_bank_is_not_cash(look, payment):
    assert look("L16", purchase=[but(BOUGHT, payment=payment)]) == []


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_a_sale_of_class_3_is_reported_within_thirty_days(look, days, late):
    assert bool(look("L17", sale=[but(SOLD, reported_on=DAY + timedelta(days=days))])) is late


@pytest.mark.parametrize(("days", "late"), [(5, False), (6, True)])
def test_a_sale_of_class_1_is_reported_within_five_days(look, days, late):
    found = look("L17", sale=[but(SOLD, chemical="黄樟素", reported_on=DAY + timedelta(days=days))])
    assert [one.variant for one in found] == (["late_1"] if late else [])


def test_a_sale_that_is_not_due_yet_is_not_late(look):
    sale = [but(SOLD, reported_on=None)]
    assert look("L17", sale=sale, facts=Facts(today=DAY + timedelta(days=30))) == []
    assert [one.variant for one in look("L17", sale=sale, facts=Facts(today=DAY + timedelta(days=31)))] == ["never"]


def test_an_explosive_precursor_is_reported_within_three_days(look):
    rows = [later(BOUGHT, n, chemical="高锰酸钾", reported_on=DAY + timedelta(days=n + 3)) for n in range(2)]
    assert look("L18", purchase=rows) == look("L36", purchase=rows) == []
    rows[1]["reported_on"] += timedelta(days=1)
    [found] = look("L18", purchase=rows)
    assert (found.row, found.given["days"], found.citations[0].law) == (3, "4", "hazardous-chemicals-safety-law")


def test_before_the_new_law_five_days_were_allowed(look):
    before = date(2026, 4, 20)
    row = but(BOUGHT, chemical="高锰酸钾", day=before, reported_on=before + timedelta(days=5))
    assert look("L18", purchase=[row]) == look("L36", purchase=[row]) == []
    [found] = look("L18", purchase=[row | {"reported_on": before + timedelta(days=6)}])
    assert (found.variant, found.citations[0].law) == ("late_old", "hazardous-chemicals-regulation")


def test_permanganate_never_reported_is_told_once_at_the_first_dealing(look):
    rows = [later(BOUGHT, n, chemical="高锰酸钾", reported_on=None) for n in range(3)]
    [found] = look("L36", purchase=rows)
    assert (found.row, found.given["count"]) == (2, "3")
    assert look("L18", purchase=rows) == []


def test_permanganate_sold_in_the_rhythm_of_precursors_is_told_both_ways(look):
    sale = [but(SOLD, chemical="高锰酸钾", reported_on=DAY + timedelta(days=20))]
    assert len(look("L36", sale=sale)) == len(look("L18", sale=sale)) == 1
    assert look("L17", sale=sale) == []


def test_a_purchase_reported_late_shows_that_the_unit_knows(look):
    row = but(BOUGHT, chemical="高锰酸钾", reported_on=DAY + timedelta(days=9))
    assert look("L36", purchase=[row]) == []
    assert len(look("L18", purchase=[row])) == 1


def test_other_explosive_precursors_are_told_each(look):
    assert len(look("L18", purchase=[but(BOUGHT, chemical="硝酸"), later(BOUGHT, 1, chemical="硝酸")])) == 2
    weak = but(BOUGHT, chemical="双氧水", concentration="3%")
    assert look("L18", purchase=[weak]) == []


def test_a_transfer_cites_the_regulation_of_the_place_as_well(look):
    row = {"day": DAY, "chemical": "盐酸", "unit": "kg", "quantity": Decimal(5), "receiver": "丙公司"}
    laws = {"CN-33-06": 2, "CN-44": 0}
    for place, more in laws.items():
        [found] = look("L19", transfer=[row], facts=Facts(today=DAY, place=place))
        assert len(found.citations) == 1 + more
    assert look("L19", transfer=[row | {"receiver_number": "转1"}]) == []


def test_a_transport_paper_is_missed_where_the_supplier_usually_has_one(look):
    rows = [later(BOUGHT, n, transport_paper=f"运{n}") for n in range(5)] + [later(BOUGHT, 6)]
    assert [(one.row, one.variant) for one in look("L20", purchase=rows)] == [(7, "missing")]
    assert look("L20", purchase=[later(BOUGHT, n) for n in range(6)]) == [], "within a city none is needed"
    near = [*rows[:-1], later(BOUGHT, 6, transport_paper="自提")]
    assert look("L20", purchase=near) == []


def test_one_transport_paper_does_not_cover_two_senders(look):
    rows = [but(BOUGHT, transport_paper="运1"), later(BOUGHT, 3, transport_paper="运1", supplier="丁公司")]
    assert [one.variant for one in look("L20", purchase=rows)] == ["mismatch"]
    assert look("L20", purchase=[rows[0], later(BOUGHT, 3, transport_paper="运1")]) == []


def test_use_adds_up_to_what_was_taken(look):
    assert look("L21", use=[USED]) == []
    assert len(look("L21", use=[but(USED, returned=Decimal(1))])) == 1


def test_returned_goods_are_looked_for_where_the_stock_sheet_covers_the_day(look):
    use = [but(USED, returned=Decimal(2), used=Decimal(8))]
    row = {"chemical": "丙酮", "unit": "kg", "received": Decimal(0)}
    stock = [row | {"day": DAY + timedelta(days=n)} for n in (-1, 0, 9)]
    assert len(look("L22", use=use, stock=stock)) == 1
    stock[1]["received"] = Decimal(2)
    assert look("L22", use=use, stock=stock) == []
    assert look("L22", use=use) == look("L22", use=use, stock=stock[2:]) == []


def test_a_jump_is_measured_against_months_in_which_it_was_bought(look):
    months = [date(2026, month, 3) for month in range(1, 10)]
    rows = [but(BOUGHT, day=day, invoice=day.isoformat()) for day in months]
    assert look("L28", purchase=rows) == []
    rows[6]["quantity"] = Decimal(500)
    [found] = look("L28", purchase=rows)
    assert (found.row, found.given["times"], found.citations) == (8, "5", ())
    assert look("L28", purchase=rows[4:8]) == [], "four months say nothing"


def test_an_invoice_may_cover_several_chemicals_of_one_purchase(look):
    assert look("L29", purchase=[BOUGHT, but(BOUGHT, chemical="甲苯")]) == []
    assert [one.variant for one in look("L29", purchase=[BOUGHT, later(BOUGHT, 2) | {"invoice": "1"}])] == ["invoice"]
    assert [one.variant for one in look("L29", purchase=[BOUGHT, dict(BOUGHT)])] == ["row"]


def test_even_figures_are_asked_about_in_long_books_only(look):
    used = [but(USED, day=DAY + timedelta(days=n)) for n in range(12)]
    assert [one.variant for one in look("L30", use=used)] == ["same"]
    assert look("L30", use=used[:7]) == []
    tens = [row | {"used": Decimal(10 * (1 + n % 3))} for n, row in enumerate(used * 2)]
    assert [one.variant for one in look("L30", use=tens)] == ["round"]
    tens[5]["used"] = Decimal("10.5")
    assert look("L30", use=tens) == []


def test_one_person_in_two_roles_is_graver_where_two_must_keep(look):
    rows = [but(USED, issuer="张三")]
    assert [(one.severity, one.citations) for one in look("L34", use=rows)] == [("C", ())]
    [found] = look("L34", use=rows, facts=Facts(today=DAY, two_person_custody=True))
    assert (found.severity, found.citations[0].article) == ("A", 41)


def test_a_measure_is_mixed_unless_the_row_converts_it(look):
    rows = [later(USED, n) for n in range(3)] + [later(USED, 4, unit="L")]
    [found] = look("L03", use=rows)
    assert (found.row, found.variant) == (5, "convertible")
    rows[3]["remarks"] = "10L折合7.9kg"
    assert look("L03", use=rows) == look("L04", use=rows) == []
    rows[3]["remarks"] = "7.9kg"
    assert look("L04", use=rows) == []
    rows[3]["remarks"] = "12kg"
    assert len(look("L04", use=rows)) == 1
    rows[3]["remarks"] = "25kg/桶"
    assert look("L04", use=rows) == [], "the size of a package"
    rows[3]["remarks"] = "10L折合12kg"
    assert len(look("L04", use=rows)) == 1


def test_a_habit_of_two_measures_is_told_once(look):
    rows = [later(USED, n, unit="kg" if n % 2 else "瓶") for n in range(20)] + [later(USED, 21)]
    assert len(look("L03", use=rows)) == 1


def test_an_order_is_looked_for_within_blocks_of_chemicals(look):
    blocks = [later(USED, n, chemical=name) for name in ("丙酮", "甲苯", "盐酸") for n in range(5)]
    assert look("L05", use=blocks) == []
    mixed = [later(USED, n) for n in (0, 1, 2, 3, 4, 1, 6, 7)]
    assert [one.row for one in look("L05", use=mixed)] == [7]
    assert look("L05", use=[later(USED, n) for n in (5, 1, 7, 2, 9, 3)]) == [], "not kept in order at all"


def test_nothing_follows_from_a_day_in_the_future(look):
    rows = [but(BOUGHT, day=date(2027, 6, 1)), later(BOUGHT, 3)]
    assert [one.variant for one in look("L06", purchase=rows)] == ["future"]
    assert look("L05", purchase=rows) == look("L11", purchase=rows) == []


def test_what_is_empty_is_named_in_one_finding(look):
    [found] = look("L08", purchase=[but(BOUGHT, quantity=None, supplier="无")])
    assert found.given["fields"] == "quantity,supplier"
    assert (found.severity, found.citations[0].article) == ("A", 40)
    assert look("L08", sale=[but(SOLD, buyer=None)])[0].citations[0].article == 19


def test_a_buyer_is_named_with_who_came(look):
    assert [one.given["fields"] for one in look("L09", sale=[but(SOLD, handler_identity=None)])] == ["handler_identity"]


def test_names_that_are_unknown_are_told_once_a_sheet(look):
    rows = [later(USED, n, chemical="稀释剂") for n in range(3)]
    assert [one.row for one in look("L35", use=rows)] == [2]
    assert [one.variant for one in look("L35", purchase=[but(BOUGHT, chemical="溶剂A", cas="67-64-1")])] == ["by_cas"]
    assert [one.variant for one in look("L35", purchase=[but(BOUGHT, cas="108-88-3")])] == ["cas_differs"]
    assert look("L35", use=[but(USED, chemical="硝酸")]) == [], "on the other list"
