"""By when a case is to be done: counted from an order, from a law, or set by oneself. Pure.

How days are counted stands in `rulebook/counting.py`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from hegui.capabilities.rectification.model import Due
from hegui.rulebook import counting
from hegui.rulebook.checks.dated import months_before
from hegui.rulebook.counting import Span
from hegui.rulebook.obligation import Length, Period
from hegui.rulebook.pack import Pack
from hegui.rulebook.working_days import WorkingDays

SELF_SET_WORKING_DAYS = (5, 10, 15)
FURTHEST_MONTHS = 24

Problem = Literal["past", "too_far"]


def self_set(working_days: int, today: date, days: WorkingDays) -> Due:
    day = days.add(today, working_days)
    return Due(day=day, source="self", provisional=days.is_provisional(today, day))


def on_day(day: date, today: date, days: WorkingDays) -> Due:
    """A date that the person names; it may be a day off, for it is not counted."""
    return Due(day=day, source="self", provisional=days.is_provisional(min(today, day), day))


def by_order(order_day: date, span: Span, written: str, days: WorkingDays) -> Due:
    """The period of an order to correct (责令改正), from the day the order was received."""
    return _counted(span, order_day, days).model_copy(
        update={"source": "order", "period": written, "order_day": order_day}
    )


def by_order_on(day: date, order_day: date, days: WorkingDays) -> Due:
    """An order that names the date itself: taken as written."""
    provisional = days.is_provisional(min(order_day, day), day)
    return Due(day=day, source="order", order_day=order_day, provisional=provisional)


def by_statute(period: Period, today: date, days: WorkingDays) -> Due:
    """The length that the law gives for such an act, counted from today: a plan, not the statutory period itself."""
    counted = _counted(span_of(period), today, days)
    return counted.model_copy(update={"source": "statute", "period": period.id})


def _counted(span: Span, start: date, days: WorkingDays) -> Due:
    counted = counting.by_order(span, start, days)
    return Due(day=counted.due, source="self", moved=counted.moved, provisional=counted.provisional)


def statutory(pack: Pack, obligations: Iterable[str]) -> tuple[Period, ...]:
    """Periods of days in which the law wants something *done*, behind these duties. What comes round in months or
    years starts from the last time, not from today, and is not offered."""
    duties = [duty for duty in pack.obligations if duty.id in set(obligations)]
    named = dict.fromkeys(period_id for duty in duties for period_id in duty.periods)
    return tuple(period for period in map(pack.period, named) if period and is_countable(period))


def is_countable(period: Period) -> bool:
    return period.moves_off_holidays and period.length is not None and period.length.unit == "day"


def span_of(period: Period) -> Span:
    length: Length | None = period.length
    assert length is not None and length.unit == "day"  # noqa: S101, PT018  only countable periods are offered
    return Span(count=length.count, unit="working" if period.counting == "working" else length.unit)


def problem_of(day: date, today: date) -> Problem | None:
    """Why a due date cannot be taken."""
    if day < today:
        return "past"
    return "too_far" if day > months_before(today, -FURTHEST_MONTHS) else None
