"""The calendars that ship, compared day by day with two independent sources."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

PUBLISHED = (2024, 2025, 2026)
# The days off by law, without weekends, swaps and days in lieu (lunar dates from the almanac).
STATUTORY_2027 = {
    date(2027, month, day)
    for month, day in [
        (1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15), (10, 1), (10, 2), (10, 3),
    ]
}  # fmt: skip


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_of_a_published_year_agrees_with_both_sources(rulebook: Rulebook, year):
    ours = WorkingDays(rulebook.calendar)
    theirs = holidays.country_holidays("CN", years=year)
    for day in days_of(year):
        assert ours.is_working(day) == chinese_calendar.is_workday(day), day
        assert ours.is_working(day) == theirs.is_working_day(day), day


def test_the_year_not_yet_published_has_its_statutory_days_and_says_what_it_is(rulebook: Rulebook):
    year = next(y for y in rulebook.calendar if y.year == 2027)
    ours = WorkingDays(rulebook.calendar)
    theirs = holidays.country_holidays("CN", years=2027)
    named = {day for day, name in theirs.items() if "observed" not in name}
    off = {day for day in days_of(2027) for h in year.days_off if h.first <= day <= h.last}
    assert off == STATUTORY_2027 == named
    assert year.status == "provisional"
    assert "暂定" in year.source
    assert year.make_up == ()
    assert all(ours.is_working(day) == (day.weekday() < 5 and day not in off) for day in days_of(2027))


def test_no_day_is_both_a_holiday_and_a_make_up_day(rulebook: Rulebook):
    for year in rulebook.calendar:
        for holiday in year.days_off:
            assert holiday.first <= holiday.last
            assert not any(holiday.first <= day <= holiday.last for day in year.make_up)
        assert all(day.year == year.year and day.weekday() >= 5 for day in year.make_up)
