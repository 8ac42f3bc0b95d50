"""What the sheet cannot say is asked, and judged once it was answered."""

from datetime import date
from decimal import Decimal

from tests.ledgers import TODAY
from tests.unit.ledger.test_dealing_checks import BOUGHT, SOLD, USED, but

from hegui.capabilities.ledger.checks import unasked
from hegui.capabilities.ledger.facts import AnnualTotal, Change, Facts, SupplierStatement


def facts(**known):
    return Facts(today=TODAY, **known)


def months(row, field, amounts):
    return [but(row, **{field: Decimal(amount)}, day=date(2026, n + 1, 5)) for n, amount in enumerate(amounts)]


def test_open_questions_are_those_that_nobody_answered(rules):
    asked = [question.fact for question in unasked(rules, facts(dealing_since=date(2020, 1, 1)))]
    assert asked[0] == "annual_report_filed"
    assert "dealing_since" not in asked


def test_every_check_that_needs_a_fact_has_its_question(rules):
    needing = {(fact, check.id) for check in rules.checks for fact in check.facts}
    asked = {(question.fact, check) for question in rules.questions for check in question.needed_by}
    assert needing <= asked
    assert {fact for fact, _ in asked} <= set(Facts.model_fields)


def test_records_that_are_too_young_are_told_to_an_old_unit(look):
    rows = [but(USED, day=date(2026, 1, 5))]
    assert look("L31", use=rows) == []
    assert look("L31", use=rows, facts=facts(dealing_since=date(2026, 1, 1))) == []
    [found] = look("L31", use=rows, facts=facts(dealing_since=date(2020, 1, 1)))
    assert (found.row, found.given["back"], found.severity) == (None, "2024-11-24", "A")


def test_what_the_old_law_let_go_is_not_owed(look):
    rows = [but(SOLD, chemical="高锰酸钾", day=date(2025, 5, 20)), but(USED, day=date(2024, 11, 20))]
    found = look("L31", sale=rows[:1], use=rows[1:], facts=facts(dealing_since=date(2015, 1, 1)))
    assert found == []


def test_an_annual_report_is_missed_after_its_day(look):
    asked = {"today": date(2026, 4, 1), "annual_report_filed": False}
    assert len(look("L32", use=[USED], facts=Facts(**asked))) == 1
    assert look("L32", use=[USED], facts=Facts(**asked | {"today": date(2026, 3, 31)})) == []
    assert look("L32", use=[USED], facts=Facts(**asked | {"annual_report_filed": True})) == []
    assert look("L32", use=[USED], facts=Facts(**asked | {"dealing_since": date(2026, 1, 5)})) == []


def test_the_annual_report_agrees_with_the_ledger(look):
    rows = months(BOUGHT, "quantity", [100, 200])
    told = {"chemical": "丙酮", "year": 2026, "kind": "bought", "unit": "吨"}
    assert look("L33", purchase=rows, facts=facts(annual_totals=(AnnualTotal(**told, quantity=Decimal("0.3")),))) == []
    [found] = look("L33", purchase=rows, facts=facts(annual_totals=(AnnualTotal(**told, quantity=Decimal("0.25")),)))
    assert (found.given["sum"], found.given["difference"]) == ("0.3", "0.05")


def test_a_supplier_statement_agrees_with_the_month(look):
    rows = months(BOUGHT, "quantity", [100, 200])
    told = {"supplier": "甲公司", "chemical": "丙酮", "month": "2026-02", "unit": "kg"}
    known = facts(supplier_statements=(SupplierStatement(**told, quantity=Decimal(200)),))
    assert look("L26", purchase=rows, facts=known) == []
    known = facts(supplier_statements=(SupplierStatement(**told, quantity=Decimal(260)),))
    assert [one.given["difference"] for one in look("L26", purchase=rows, facts=known)] == ["60"]


def test_consumption_is_compared_with_output(look):
    rows = months(USED, "used", [100, 102, 98, 101, 180, 99, 100])
    output = {f"2026-{n:02d}": Decimal(1000) for n in range(1, 8)}
    assert look("L27", use=rows) == []
    assert [one.row for one in look("L27", use=rows, facts=facts(output=output))] == [6]
    output["2026-05"] = Decimal(1800)
    assert look("L27", use=rows, facts=facts(output=output)) == []


def test_a_quantity_edited_later_is_asked_about(look):
    row = but(USED, day=date(2026, 6, 1))
    changes = (Change(sheet="领用", row=2, changed_on=date(2026, 6, 9)),)
    assert [one.row for one in look("L37", use=[row], facts=facts(changes=changes))] == [2]
    assert look("L37", use=[row], facts=facts(changes=())) == []


def test_a_tolerance_of_the_unit_goes_before_the_usual_one(look):
    row = {
        "day": date(2026, 6, 1),
        "chemical": "盐酸",
        "unit": "kg",
        "closing": Decimal(100),
        "stock_take": Decimal("99.5"),
    }
    assert len(look("L23", stock=[row])) == 1
    assert look("L23", stock=[row], facts=facts(stock_take_percent=Decimal(1))) == []
