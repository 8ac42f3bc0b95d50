"""Statutory periods counted out: examples of the register, and what holds for every period on every day."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook.counting import Counted, DayKind, Span, count
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.obligation import Period
from hegui.rulebook.working_days import WorkingDays

RULES = load(default_folder())
DAYS = WorkingDays(RULES.calendar)
PERIODS = [period for pack in RULES.packs for period in pack.periods]
COUNTABLE = [p for p in PERIODS if p.open != "as-written" and p.counting != "hours"]
published = st.dates(date(2024, 3, 1), date(2026, 9, 30))


def counted(period: str, start: date, kind: DayKind | None = None, length: Span | None = None) -> Counted:
    found = RULES.period(period)
    assert found
    return count(found, start, DAYS, to_be_counted=kind, length=length)


def of(purpose: str, counting: str = "calendar", unit: str = "day") -> list[Period]:
    return [
        p for p in COUNTABLE if (p.purpose, p.counting) == (purpose, counting) and p.length and p.length.unit == unit
    ]


@pytest.mark.parametrize(
    ("period", "start", "due"),
    [
        ("D01", "2026-09-10", "2026-10-10"),  # a Saturday that is worked
        ("D01", "2026-09-01", "2026-10-08"),  # 1 October begins the holiday
        ("D57", "2026-09-28", "2026-10-10"),  # 29, 30, 8, 9 and the make-up Saturday
        ("D58", "2026-11-20", "2026-12-07"),  # 5 December is a Saturday
        ("D60", "2026-08-31", "2027-03-01"),  # there is no 31 February, and the 28th is a Sunday
        ("D11", "2024-02-29", "2025-02-28"),
        ("D09", "2026-04-04", "2026-10-04"),  # keeping does not move off the holiday
        ("D63", "2024-10-03", "2026-10-03"),  # limitation neither
        ("D67", "2026-09-03", "2026-10-03"),  # nor what binds the authority
        ("D34", "2026-09-29", "2026-10-09"),  # but working days of the authority are working days
        ("D48", "2026-05-01", "2026-04-10"),  # twenty days before is a Saturday
        ("D68", "2026-11-03", "2026-09-30"),  # thirty days before lies in the holiday
        ("D25", "2026-05-05", "2027-03-31"),
        ("D25", "2026-12-31", "2027-03-31"),
        ("D14", "2026-05-05", "2026-12-31"),
        ("D22", "2026-10-08", "2026-09-30"),  # before: the last working day before
        ("D29", "2026-10-04", "2026-10-04"),  # at once, holiday or not
        ("D43", "2026-11-24", "2026-11-30"),
        ("D43b", "2026-11-24", "2026-12-09"),
    ],
)
def test_the_day_is_the_one_of_the_register(period: str, start: str, due: str) -> None:
    assert counted(period, date.fromisoformat(start)).due == date.fromisoformat(due)


@pytest.mark.parametrize(("period", "hours"), [("D02", 24), ("D05", 1), ("D07", 4), ("D38", 24), ("D55b", 2)])
def test_hours_run_through_holidays_and_midnight(period: str, hours: int) -> None:
    start = datetime(2026, 9, 30, 23, 30, tzinfo=CHINA)
    found = counted(period, start)
    assert found.due == start + timedelta(hours=hours)
    assert (found.counted, found.provisional, found.moved) == ("hours", False, False)


def test_days_may_be_read_as_working_days_and_back() -> None:
    assert counted("D58", date(2026, 9, 28), "working").due == date(2026, 10, 23)
    assert counted("D57", date(2026, 9, 28), "calendar").due == date(2026, 10, 8)
    assert counted("D57", date(2026, 9, 28), "calendar").counted == "calendar"


@pytest.mark.parametrize("period", ["D60", "D02", "D25", "D14", "D22"])
def test_what_is_not_counted_in_days_is_never_counted_in_working_days(period: str) -> None:
    with pytest.raises(Refusal, match=r"deadline\.no_working_days"):
        counted(period, datetime(2026, 9, 28, 8, tzinfo=CHINA), "working")


def test_a_period_that_the_order_sets_needs_what_the_order_says() -> None:
    with pytest.raises(Refusal, match=r"deadline\.as_written"):
        counted("D62", date(2026, 11, 20))
    assert counted("D62", date(2026, 11, 20), length=Span(count=15, unit="day")).due == date(2026, 12, 7)
    assert counted("D62", date(2026, 11, 20), length=Span(count=2, unit="week")).due == date(2026, 12, 4)
    ten = counted("D62", date(2026, 11, 24), length=Span(count=10, unit="working"))
    assert (ten.due, ten.counted) == (date(2026, 12, 8), "working")
    assert counted("D62", date(2026, 11, 24), "working", Span(count=10, unit="day")).due == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("period", "start", "provisional"),
    [
        ("D01", "2026-12-15", True),  # ends in 2027, which is not published
        ("D01", "2026-11-15", False),
        ("D57", "2026-12-29", True),
        ("D60", "2026-10-15", True),
        ("D15", "2026-10-15", False),  # keeping for years depends on no calendar
        ("D63", "2026-10-15", False),
        ("D48", "2027-01-10", False),  # counted back into a published year
        ("D48", "2027-02-10", True),
        ("D01", "2023-12-15", False),  # only its end depends on a calendar
    ],
)
def test_what_depends_on_a_calendar_that_is_not_held_is_provisional(period: str, start: str, provisional: bool) -> None:
    assert counted(period, date.fromisoformat(start)).provisional is provisional


@given(st.sampled_from([p for p in COUNTABLE if p.purpose == "act" and p.length]), published)
def test_what_must_be_done_never_ends_on_a_day_off(period: Period, start: date) -> None:
    found = count(period, start, DAYS)
    assert DAYS.is_working(found.due)
    assert found.written <= found.due
    assert not any(DAYS.is_working(found.written + timedelta(days=n)) for n in range((found.due - found.written).days))


@given(st.sampled_from(of("act") + of("backwards")), published, st.sampled_from([None, "calendar"]))
def test_moving_agrees_with_an_independent_calendar(period: Period, start: date, kind: DayKind | None) -> None:
    step = timedelta(days=-1 if period.purpose == "backwards" else 1)
    assert period.length
    day = start + period.length.count * step
    while not chinese_calendar.is_workday(day):
        day += step
    assert count(period, start, DAYS, to_be_counted=kind).due == day


@given(st.sampled_from(of("act", "working") + of("authority", "working")), published)
def test_working_days_agree_with_an_independent_calendar(period: Period, start: date) -> None:
    assert period.length
    day, left = start, period.length.count
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    assert count(period, start, DAYS).due == day


@given(st.sampled_from(COUNTABLE), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_period_can_be_counted_from_every_day(period: Period, start: date) -> None:
    found = count(period, start, DAYS)
    backwards = period.purpose == "backwards" or period.open == "before"
    assert found.due < start if backwards else found.due >= start
    assert found.counted == ("working" if period.counting == "working" else "calendar")


@given(st.sampled_from([p for p in COUNTABLE if p.length]), published)
def test_a_later_start_never_ends_earlier(period: Period, start: date) -> None:
    assert count(period, start, DAYS).due <= count(period, start + timedelta(days=1), DAYS).due


def test_the_register_has_every_period_from_d01_to_d74() -> None:
    assert {f"D{number:02d}" for number in range(1, 75)} <= {period.id for period in PERIODS}
