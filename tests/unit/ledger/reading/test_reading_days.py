"""Days in every shape that people and spreadsheets write them in."""

from datetime import date, datetime, time

import pytest
from tests.unit.ledger.reading.reading import read, said, values

from hegui.capabilities.ledger.reading.days import FIRST_1900, FIRST_1904, both_days, day_of
from hegui.capabilities.ledger.reading.found import Fault, PartOfDay

SIXTH = date(2026, 1, 6)
HEADER = ("购买日期", "品名", "数量", "供应商")


@pytest.mark.parametrize(
    "cell",
    [
        SIXTH, datetime(2026, 1, 6, 10, 30), 46028.0, 46028.75, 20260106.0, "46028", "20260106",  # noqa: DTZ001
        "2026-01-06", "2026-1-6", "2026.1.6", "2026.01.06", "2026/1/6", "2026/01/06", "2026年1月6日", "2026年01月06日",
        "2026 年 1 月 6 日", "2026年1月6", "2026-1-6 10:30:00", "2026-01-06T10:30:00", "2026/1/6 8:05",
        "2026-01-06（周二）",
        "2026年1月6日 星期二", "2026年1月6日上午", "26.1.6", "26-01-06", "26年1月6日", "２０２６．１．６", "2026、1、6",
        "二〇二六年一月六日", "6 Jan 2026", "Jan 6, 2026", "6 January 2026", "2026 1 6",
    ],
    ids=str,
)  # fmt: skip
def test_all_these_mean_the_sixth_of_january(cell: object) -> None:
    assert values(read(HEADER, [cell, "盐酸", 5, "甲"]), "day") == [SIXTH]


def test_numbers_in_words_go_beyond_ten() -> None:
    assert day_of("二〇二五年十二月二十六日", FIRST_1900) == date(2025, 12, 26)
    assert day_of("二〇二五年十月三十日", FIRST_1900) == date(2025, 10, 30)


@pytest.mark.parametrize("cell", ["2026-13-01", "2026-02-30", "2026年6月31日", "20260230", 20261301.0], ids=str)
def test_a_day_that_does_not_exist_is_kept_as_written_and_said(cell: object) -> None:
    book = read(HEADER, [cell, "盐酸", 5, "甲"])
    (entry,) = book.entries
    assert "day" not in entry.values
    assert (entry.unreadable, entry.raw) == ({"day"}, {"day": str(cell).removesuffix(".0")})
    assert said(book) == [(2, "no_such_day")]


@pytest.mark.parametrize(
    "cell",
    ["上周", "2026年1月", "2026", 7.5e12, True, time(0, 0), "1/2/3/4", "x" * 500, 0.0, -5.0, float("nan"), 13.1],
    ids=repr,
)
def test_what_is_no_day_is_said(cell: object) -> None:
    book = read(HEADER, [cell, "盐酸", 5, "甲"])
    assert (book.entries[0].unreadable, said(book)) == ({"day"}, [(2, "day")])


def test_where_the_month_stands_in_front_can_be_told_only_beyond_twelve() -> None:
    assert day_of("31/1/2026", FIRST_1900) == day_of("1/31/2026", FIRST_1900) == date(2026, 1, 31)
    assert day_of("2/2/2026", FIRST_1900) == date(2026, 2, 2)
    assert day_of("1/2/2026", FIRST_1900) == Fault("ledger.unread.day_or_month")


def test_workbooks_of_old_macs_count_from_another_day() -> None:
    assert day_of(44566.0, FIRST_1904) == SIXTH
    assert day_of(46028.0, FIRST_1900) == SIXTH


@pytest.mark.parametrize("cell", ["1.6", "1月6日", "1/6", "01-06", "1月6号", 1.6], ids=repr)
def test_a_day_without_a_year_takes_it_from_the_title(cell: object) -> None:
    book = read(["2026年度购买台账"], HEADER, [cell, "盐酸", 5, "甲"])
    assert (values(book, "day"), said(book)) == ([SIXTH], [(None, "year_assumed")])


def test_a_day_without_a_year_takes_it_from_its_neighbours() -> None:
    book = read(HEADER, ["1.6", "盐酸", 5, "甲"], ["2026-1-8", "盐酸", 5, "甲"], ["1.9", "盐酸", 5, "甲"])
    assert values(book, "day") == [SIXTH, date(2026, 1, 8), date(2026, 1, 9)]


def test_after_december_comes_january_of_the_next_year() -> None:
    book = read(["2025年购买台账"], HEADER, ["12.30", "盐酸", 5, "甲"], ["1.6", "盐酸", 5, "甲"])
    assert values(book, "day") == [date(2025, 12, 30), SIXTH]


def test_a_day_without_a_year_that_nothing_tells_is_said() -> None:
    assert said(read(HEADER, ["1.6", "盐酸", 5, "甲"])) == [(2, "no_year")]


@pytest.mark.parametrize(("number", "day"), [(1.9, 9), (1.15, 15), (1.05, 5), (1.31, 31)])
def test_a_number_can_be_a_day(number: float, day: int) -> None:
    assert day_of(number, FIRST_1900) == PartOfDay(1, day)


@pytest.mark.parametrize("number", [1.1, 1.2, 1.3])
def test_a_number_that_lost_its_last_nought_is_not_guessed(number: float) -> None:
    assert said(read(["2026年购买台账"], HEADER, [number, "盐酸", 5, "甲"])) == [(3, "tenth")]


def test_the_same_as_text_is_plain() -> None:
    book = read(["2026年购买台账"], HEADER, ["1.10", "盐酸", 5, "甲"], ["1.1", "盐酸", 5, "甲"])
    assert values(book, "day") == [date(2026, 1, 10), date(2026, 1, 1)]


def test_a_title_of_one_month_makes_days_of_bare_numbers() -> None:
    book = read(["2026年1月份购买台账"], HEADER, [6, "盐酸", 5, "甲"], ["8日", "盐酸", 5, "甲"])
    assert values(book, "day") == [SIXTH, date(2026, 1, 8)]


def test_the_day_on_which_the_table_was_made_is_not_its_month() -> None:
    book = read(["制表日期：2026年11月24日"], HEADER, [6, "盐酸", 5, "甲"], ["1.8", "盐酸", 5, "甲"])
    assert values(book, "day") == [None, date(2026, 1, 8)]


def test_month_and_day_may_have_columns_of_their_own() -> None:
    book = read(
        ["2026年", "", "摘要", "品名", "入库", "出库", "结存"],
        ["月", "日", "", "", "", "", ""],
        [1, 6, "购入", "盐酸", 5, "", 5],
        ["", 8, "领用", "盐酸", "", 2, 3],
        [2, 1, "领用", "盐酸", "", 2, 1],
        ["", "同上", "领用", "盐酸", "", 1, 0],
        ["", 30, "领用", "盐酸", "", 1, 0],
    )
    assert values(book, "day") == [SIXTH, date(2026, 1, 8), date(2026, 2, 1), date(2026, 2, 1), None]
    assert said(book) == [(7, "no_such_day")]


@pytest.mark.parametrize(
    "text", ["2026.1.6至2026.12.31", "2026年1月6日-2026年12月31日", "2026/1/6~2026/12/31", "自20260106起至20261231止"]
)
def test_a_validity_from_and_to_in_one_cell_gives_both_days(text: str) -> None:
    assert both_days(text) == (SIXTH, date(2026, 12, 31))
    book = read([*HEADER, "有效期"], ["2026-02-01", "盐酸", 5, "甲", text])
    (entry,) = book.entries
    assert (entry.values["valid_from"], entry.values["valid_to"], book.unread) == (SIXTH, date(2026, 12, 31), ())
