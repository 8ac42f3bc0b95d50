"""Arithmetic of working days over the calendars that ship."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.working_days import WorkingDays

DAYS = WorkingDays(load(default_folder()).calendar)
dates = st.dates(date(2024, 1, 1), date(2027, 12, 31))
counts = st.integers(1, 120)


@given(dates, counts)
def test_adding_and_counting_are_inverse(start, count):
    assert DAYS.between(start, DAYS.add(start, count)) == count
    assert DAYS.between(DAYS.add(start, -count), start) >= count - 1


@given(dates, counts)
def test_going_forth_and_back_from_a_working_day_returns(start, count):
    start = DAYS.on_or_after(start)
    assert DAYS.add(DAYS.add(start, count), -count) == start


@given(dates)
def test_a_deadline_is_never_a_day_off(day):
    due = DAYS.on_or_after(day)
    assert DAYS.is_working(due)
    assert due >= day
    assert not any(DAYS.is_working(day + timedelta(days=n)) for n in range((due - day).days))


@given(dates)
def test_the_last_safe_day_before_is_a_working_day(day):
    assert DAYS.is_working(DAYS.on_or_before(day))
    assert DAYS.on_or_before(day) <= day


@given(dates, dates)
def test_counting_backwards_is_negative(one, other):
    assert DAYS.between(one, other) == -DAYS.between(other, one)


@given(dates, st.integers(-60, 60))
def test_adding_always_ends_on_a_working_day(start, count):
    assert DAYS.is_working(DAYS.add(start, count))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 1, 5), -1, date(2026, 1, 4)),  # a Sunday that is worked
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(start, count, end):
    assert DAYS.add(start, count) == end


def test_what_reaches_into_an_unpublished_year_is_provisional():
    assert not DAYS.is_provisional(date(2026, 11, 1), date(2026, 12, 31))
    assert DAYS.is_provisional(date(2026, 12, 31), date(2027, 1, 4))
    assert DAYS.is_provisional(date(2031, 1, 1), date(2031, 1, 2))
