"""Deadlines: counted from an order or a law, set by oneself, and what cannot be one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.capabilities.rectification import decisions
from hegui.rulebook.counting import Span, counted_to
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

DAYS = WorkingDays(load(default_folder()).calendar)

starts = st.dates(date(2026, 1, 1), date(2027, 12, 31))
spans = st.builds(Span, count=st.integers(1, 60), unit=st.sampled_from(["day", "working", "week", "month"]))


@given(starts, spans)
def test_a_counted_deadline_is_never_a_day_off(start: date, span: Span) -> None:
    due = decisions.by_order(start, span, "as written", DAYS)
    assert DAYS.is_working(due.day)
    assert due.day > start


@given(starts, spans)
def test_it_moves_only_to_the_next_working_day(start: date, span: Span) -> None:
    due = decisions.by_order(start, span, "as written", DAYS)
    last = counted_to(span, start, DAYS)
    assert due.day == DAYS.on_or_after(last)
    assert due.moved == (due.day != last)


@given(starts, st.sampled_from(decisions.SELF_SET_WORKING_DAYS))
def test_a_self_set_deadline_is_so_many_working_days_away(start: date, count: int) -> None:
    due = decisions.self_set(count, start, DAYS)
    assert DAYS.is_working(due.day)
    assert DAYS.between(start, due.day) == count


@pytest.mark.parametrize(
    ("start", "span", "last"),
    [
        (date(2026, 11, 24), Span(count=15, unit="day"), date(2026, 12, 9)),
        (date(2026, 11, 20), Span(count=15, unit="day"), date(2026, 12, 7)),  # ends on Saturday 5 December
        (date(2026, 9, 20), Span(count=15, unit="day"), date(2026, 10, 8)),  # ends in the national holiday
        (date(2026, 11, 24), Span(count=10, unit="working"), date(2026, 12, 8)),
        (date(2026, 2, 13), Span(count=1, unit="day"), date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 27), Span(count=1, unit="working"), date(2026, 2, 28)),
        (date(2026, 5, 8), Span(count=1, unit="working"), date(2026, 5, 9)),
        (date(2026, 9, 18), Span(count=1, unit="working"), date(2026, 9, 20)),
        (date(2026, 10, 9), Span(count=1, unit="working"), date(2026, 10, 10)),
        (date(2026, 1, 31), Span(count=1, unit="month"), date(2026, 2, 28)),  # worked, and the month's last day
        (date(2026, 6, 1), Span(count=2, unit="month"), date(2026, 8, 3)),
        (date(2026, 11, 24), Span(count=2, unit="week"), date(2026, 12, 8)),
        (date(2024, 2, 29), Span(count=1, unit="year"), date(2025, 2, 28)),
    ],
)
def test_periods_are_counted_without_their_first_day(start: date, span: Span, last: date) -> None:
    assert decisions.by_order(start, span, "as written", DAYS).day == last


def test_a_deadline_across_new_year_is_provisional() -> None:
    today = date(2026, 12, 28)
    assert decisions.self_set(10, today, DAYS).provisional
    assert not decisions.self_set(3, today, DAYS).provisional


def test_a_day_named_by_the_person_or_the_order_is_taken_as_it_is() -> None:
    sunday = date(2026, 12, 6)
    assert decisions.on_day(sunday, date(2026, 11, 24), DAYS).day == sunday
    due = decisions.by_order_on(sunday, date(2026, 11, 20), DAYS)
    assert (due.day, due.source, due.moved) == (sunday, "order", False)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 11, 23), "past"),
        (date(2026, 11, 24), None),
        (date(2028, 11, 24), None),
        (date(2028, 11, 25), "too_far"),
    ],
)
def test_a_deadline_lies_between_today_and_two_years(day: date, problem: str | None) -> None:
    assert decisions.problem_of(day, date(2026, 11, 24)) == problem


def test_only_periods_to_act_with_a_length_are_offered(rulebook: Rulebook) -> None:
    pack = rulebook.pack("network-security")
    assert pack is not None
    every_duty = [duty.id for duty in pack.obligations]
    offered = {period.id for period in decisions.statutory(pack, every_duty)}
    assert "D01" in offered
    assert not offered & {"D02", "D05", "D09", "D15", "D62"}  # hours, keeping, as written


def test_the_filing_period_is_planned_from_today(rulebook: Rulebook) -> None:
    pack = rulebook.pack("network-security")
    assert pack is not None
    period = pack.period("D01")
    assert period is not None
    due = decisions.by_statute(period, date(2026, 11, 24), DAYS)
    assert (due.day, due.source, due.period) == (date(2026, 12, 24), "statute", "D01")
