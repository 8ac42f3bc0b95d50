"""Working days (工作日) by the State Council's calendar: our own versioned data, a year a file.

A year that is not yet published is counted by weekends and statutory days and says so (暂定).
"""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from hegui.rulebook.text import RuleModel, Sentence


class DaysOff(RuleModel):
    """One holiday: its days off from first to last, weekends inside included."""

    name: Sentence
    first: date
    last: date


class CalendarYear(RuleModel):
    """The official calendar of one year, or what can be said of it before it is published."""

    year: int = Field(ge=2000, le=2100)
    status: Literal["published", "provisional"]
    version: int = Field(ge=1)
    source: Sentence
    days_off: tuple[DaysOff, ...]
    make_up: tuple[date, ...] = Field(default=(), description="weekend days that are worked")  # 调休上班


class WorkingDays:
    """Arithmetic of working days over the years held."""

    def __init__(self, years: tuple[CalendarYear, ...]) -> None:
        self._published = {y.year for y in years if y.status == "published"}
        self._make_up = {day for y in years for day in y.make_up}
        self._off = {
            holiday.first + timedelta(days=n)
            for y in years
            for holiday in y.days_off
            for n in range((holiday.last - holiday.first).days + 1)
        }

    def is_working(self, day: date) -> bool:
        if day in self._make_up:
            return True
        return day.weekday() < 5 and day not in self._off

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day from first to last lies in a year whose calendar is not published."""
        return any(year not in self._published for year in range(first.year, last.year + 1))

    def add(self, start: date, count: int) -> date:
        """The working day so many working days after `start` (before it, where negative); the start day is not counted.

        With count 0: the day itself, or the next working day.
        """
        if count == 0:
            return self.on_or_after(start)
        step = timedelta(days=1 if count > 0 else -1)
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def on_or_after(self, day: date) -> date:
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
