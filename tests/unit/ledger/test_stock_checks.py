"""Balances, pauses, losses and counts: told once, at the row where they begin."""

from datetime import date, timedelta
from decimal import Decimal

START = date(2026, 6, 1)


def stock(*lines, chemical="盐酸", unit="kg", every=1):
    """Rows of opening, received, issued, closing, one in so many days."""
    names = ("opening", "received", "issued", "closing")
    return [
        {"day": START + timedelta(days=n * every), "chemical": chemical, "unit": unit}
        | {name: Decimal(str(figure)) for name, figure in zip(names, line, strict=True) if figure is not None}
        for n, line in enumerate(lines)
    ]


def rows(findings):
    return [(one.row, one.variant) for one in findings]


def test_a_wrong_balance_is_told_with_its_figures(look):
    [found] = look("L01", stock=stock((100, 20, 0, 110)))
    assert found.row == 2
    assert found.column == "期末"
    assert (found.given["expected"], found.given["closing"], found.given["difference"]) == ("120", "110", "10")


def test_rows_that_go_on_from_a_wrong_balance_are_not_told_again(look):
    assert rows(look("L01", stock=stock((100, 0, 10, 80), (80, 0, 10, 70), (70, 0, 10, 60)))) == [(2, "row_less")]


def test_rows_that_go_on_from_the_right_balance_are_not_told_either(look):
    assert rows(look("L01", stock=stock((100, 0, 10, 80), (90, 0, 10, 80)))) == [(2, "row_less")]


def test_a_balance_that_was_not_carried_on_is_told_where_it_breaks(look):
    assert rows(look("L01", stock=stock((100, 0, 10, 90), (85, 0, 5, 80), (80, 0, 0, 80)))) == [(3, "carried")]


def test_an_opening_that_was_mistyped_is_told_once(look):
    assert rows(look("L01", stock=stock((100, 0, 10, 90), (9, 0, 5, 85), (85, 0, 0, 85)))) == [(3, "carried")]


def test_differences_of_rounding_are_no_fault(look):
    assert look("L01", stock=stock(("100.004", 0, 10, 90))) == []


def test_chemicals_in_one_sheet_have_their_own_balances(look):
    acid, acetone = stock((100, 0, 10, 90), (90, 0, 10, 80)), stock((5, 0, 1, 4), (4, 0, 1, 3), chemical="丙酮")
    assert look("L01", stock=[row for pair in zip(acid, acetone, strict=True) for row in pair]) == []


def test_a_book_that_begins_with_the_newest_is_read_from_its_end(look):
    book = stock((100, 0, 10, 90), (90, 0, 10, 80), (80, 0, 10, 70), (70, 0, 10, 60))
    assert look("L01", stock=book[::-1]) == []
    assert look("L05", stock=book[::-1]) == []


def test_a_balance_may_be_left_out_of_rows(look):
    assert look("L01", stock=stock((100, 0, 10, None), (None, 0, 10, 80), (80, 5, 0, 85))) == []


def test_kilograms_and_tonnes_are_one_balance(look):
    book = stock((100, 0, 10, 90)) + stock(("0.09", 0, "0.01", "0.08"), unit="t")
    book[1]["day"] = date(2026, 6, 2)
    assert look("L01", stock=book) == []
    assert look("L03", stock=book) == []


def test_a_stretch_below_zero_is_told_where_it_begins(look):
    book = stock((10, 0, 15, -5), (-5, 0, 1, -6), (-6, 20, 0, 14), (14, 0, 20, -6))
    assert [one.row for one in look("L02", stock=book)] == [2, 5]
    assert look("L02", stock=book)[0].severity == "A"


def test_a_long_pause_counts_only_where_the_stock_changed(look):
    book = stock(*[(100, 0, 0, 100)] * 6)
    later = [row | {"day": row["day"] + timedelta(days=60)} for row in book]
    assert look("L07", stock=book + later) == []
    moved = [row | {"opening": Decimal(70), "closing": Decimal(70)} for row in later]
    assert [one.row for one in look("L07", stock=book + moved)] == [8]
    assert look("L01", stock=book + moved) == [], "the pause explains the break"


def test_movement_in_another_sheet_shows_that_the_stock_sheet_pauses(look):
    book = stock(*[(100, 0, 0, 100)] * 6)
    later = [row | {"day": row["day"] + timedelta(days=60)} for row in book]
    used = [
        {"day": START + timedelta(days=30), "chemical": "盐酸", "unit": "kg", "taken": Decimal(5), "used": Decimal(5)}
    ]
    assert [one.row for one in look("L07", stock=book + later, use=used)] == [8]


def test_a_few_rows_far_apart_are_no_pause(look):
    assert look("L07", stock=stock((100, 0, 10, 90), (80, 0, 10, 70), every=90)) == []


def test_a_count_that_differs_needs_a_reason(look):
    [row] = stock((100, 0, 10, 90))
    assert [one.variant for one in look("L23", stock=[row | {"stock_take": Decimal(85)}])] == ["less"]
    assert look("L23", stock=[row | {"stock_take": Decimal(85), "difference_reason": "称量误差"}]) == []
    assert look("L23", stock=[row | {"stock_take": Decimal(90)}]) == []
    assert len(look("L23", stock=[row | {"stock_take": Decimal(85), "difference_reason": "无"}])) == 1


def test_a_count_that_shows_a_mistyped_balance_is_no_second_fault(look):
    [row] = stock((100, 0, 10, 99))
    assert look("L23", stock=[row | {"stock_take": Decimal(90)}]) == []


def test_a_loss_needs_a_report_unless_it_is_natural(look):
    [row] = stock((100, 0, 0, 95))
    lost = row | {"loss": Decimal(5)}
    assert [one.severity for one in look("L24", stock=[lost])] == ["A"]
    assert look("L24", stock=[lost | {"difference_reason": "自然挥发"}]) == []
    assert look("L24", stock=[lost | {"reported_on": date(2026, 6, 1)}]) == []
    assert look("L24", stock=[row | {"loss": Decimal(0)}]) == []
    [explosive] = look("L24", stock=[lost | {"chemical": "高锰酸钾"}])
    assert explosive.variant == "explosive"


def test_counts_that_show_a_fault_of_an_earlier_row_are_not_told_again(look):
    book = stock((100, 0, 10, 95), (95, 0, 5, 90), (90, 0, 5, 85))
    book[2]["stock_take"] = Decimal(80)
    assert look("L23", stock=book) == []
    book[2]["stock_take"] = Decimal(79)
    assert len(look("L23", stock=book)) == 1


def test_a_row_whose_name_is_missing_or_unknown_stays_in_its_balance(look):
    for name in (None, "稀释剂"):
        book = stock((100, 0, 10, 90), (90, 0, 5, 85), (85, 0, 0, 85))
        book[1] = {key: value for key, value in (book[1] | {"chemical": name}).items() if value is not None}
        assert look("L01", stock=book) == []
