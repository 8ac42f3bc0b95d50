"""Counts statutory periods (法定期限) out: from a day or a moment to the day or moment at which they end. Pure.

The first day is not counted. A month or year ends on the day of the same number, or on the month's last day where
there is none. Hours run through. What must be done and ends on a day off ends on the next working day; what is counted
backwards from an event ends on the working day before; what is kept, limited or owed by the authority is not moved.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from hegui.foundation.errors import Refusal
from hegui.rulebook.checks.dated import months_before
from hegui.rulebook.obligation import Period
from hegui.rulebook.text import RuleModel
from hegui.rulebook.working_days import WorkingDays

DayUnit = Literal["day", "working", "week", "month", "year"]
DayKind = Literal["working", "calendar"]
Counting = Literal["working", "calendar", "hours"]


class Span(RuleModel):
    """A period as an order or a law gives it: so many days, working days, weeks, months or years."""

    count: int
    unit: DayUnit


@dataclass(frozen=True, slots=True)
class Counted:
    """A period counted out. `written` is where the count itself ends, before any moving off a day off.

    `provisional`: the day depends on the official calendar of a year for which none is held.
    """

    start: date
    written: date
    due: date
    counted: Counting
    provisional: bool = False

    @property
    def moved(self) -> bool:
        return self.due != self.written


def counted_to(span: Span, start: date, days: WorkingDays, *, back: bool = False) -> date:
    """The last day of a period as it is written, before any moving; `back`: counted backwards from an event."""
    count = -span.count if back else span.count
    match span.unit:
        case "working":
            return days.add(start, count)
        case "month":
            return months_before(start, -count)
        case "year":
            return months_before(start, -12 * count)
        case "week":
            return start + timedelta(weeks=count)
        case "day":
            return start + timedelta(days=count)


def count(
    period: Period,
    start: date,
    days: WorkingDays,
    *,
    to_be_counted: DayKind | None = None,
    length: Span | None = None,
) -> Counted:
    """When a period ends that begins at `start`: a day, or a moment where the period is one of hours.

    `to_be_counted` reads days as working or calendar days whatever the rule says; `length` is what an order or a
    certificate says where the law leaves the length to it. Raises Refusal where there is no length to count with.
    """
    if period.length and period.length.unit == "hour":
        return _hours(period, start, to_be_counted)
    day = start.date() if isinstance(start, datetime) else start
    if to_be_counted == "working" and not period.length and period.open != "as-written":
        raise Refusal("deadline.no_working_days", id=period.id)
    if period.yearly:
        due = _named_day(day.year + 1, period.yearly.month, period.yearly.day)
        return Counted(day, due, due, "calendar")
    match period.open:
        case "at-once":
            return Counted(start, start, start, "hours" if isinstance(start, datetime) else "calendar")
        case "each-year":  # the law names no day: the year's last is the latest
            due = date(day.year, 12, 31)
            return Counted(day, due, due, "calendar")
        case "before":
            return _moved(day, day - timedelta(days=1), days, period, "calendar")
    span = _span(period, length, to_be_counted)
    written = counted_to(span, day, days, back=period.purpose == "backwards")
    return _moved(day, written, days, period, "working" if span.unit == "working" else "calendar")


def by_order(span: Span, start: date, days: WorkingDays) -> Counted:
    """A period in which something must be done, counted from the day it was ordered."""
    written = counted_to(span, start, days)
    due = days.on_or_after(written)
    counted: DayKind = "working" if span.unit == "working" else "calendar"
    return Counted(start, written, due, counted, _is_provisional(start, written, due, days, counted))


def _hours(period: Period, start: date, to_be_counted: DayKind | None) -> Counted:
    if to_be_counted == "working":
        raise Refusal("deadline.no_working_days", id=period.id)
    assert isinstance(start, datetime)  # noqa: S101  whoever calls gives a moment for hours
    assert period.length  # noqa: S101
    due = start + timedelta(hours=period.length.count)
    return Counted(start, due, due, "hours")


def _span(period: Period, length: Span | None, to_be_counted: DayKind | None) -> Span:
    """How long: what the law says, or what the paper says where the law leaves it open."""
    if period.length and period.length.unit != "hour":
        by_rule = "working" if period.counting == "working" else "calendar"
        span = Span(count=period.length.count, unit=period.length.unit)
        kind = to_be_counted or by_rule
    elif length is None:
        raise Refusal("deadline.as_written", id=period.id)
    else:
        span, kind = length, to_be_counted or ("working" if length.unit == "working" else "calendar")
    if span.unit in ("day", "working"):
        return Span(count=span.count, unit="working" if kind == "working" else "day")
    if to_be_counted == "working":
        raise Refusal("deadline.no_working_days", id=period.id)
    return span


def _moved(day: date, written: date, days: WorkingDays, period: Period, counted: DayKind) -> Counted:
    if period.purpose == "backwards" or period.open == "before":
        due = days.on_or_before(written)
    elif period.purpose == "act":
        due = days.on_or_after(written)
    elif counted == "calendar":
        return Counted(day, written, written, counted)  # depends on no calendar
    else:
        due = written
    return Counted(day, written, due, counted, _is_provisional(day, written, due, days, counted))


def _is_provisional(start: date, written: date, due: date, days: WorkingDays, counted: DayKind) -> bool:
    """Working days depend on every day after the first; calendar days only on those at the end."""
    one = timedelta(days=1 if due >= start else -1)
    first = start + one if counted == "working" else written
    return days.is_provisional(min(first, due), max(first, due))


def _named_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
