"""When leads come, what is sent after a pause, and quiet hours: whatever the date and the moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.delivery.quiet_hours import QuietHours, local_moment, released_at
from hegui.delivery.reminders import decisions
from hegui.delivery.reminders.model import Rung
from hegui.rulebook.loader import default_folder, load
from hegui.rulebook.reminder_ladder import ReminderLadder
from hegui.rulebook.working_days import WorkingDays

ZONE = "Asia/Shanghai"
LADDER = ReminderLadder(id="deadline", leads_working_days=(7, 3, 1, 0, -1), at=time(9), zone=ZONE)
DAYS = WorkingDays(load(default_folder()).calendar)

due_dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


def rungs(due: date) -> tuple[Rung, ...]:
    return decisions.rungs(LADDER, due, ZONE, DAYS)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return local_moment(day, time(hour, minute), ZONE)


@given(due_dates)
def test_leads_come_one_after_the_other(due: date) -> None:
    moments = [rung.at for rung in rungs(due)]
    assert moments == sorted(set(moments))


@given(due_dates)
def test_leads_before_and_after_the_due_date_fall_on_working_days(due: date) -> None:
    assert all(DAYS.is_working(decisions.local_day(rung.at, ZONE)) for rung in rungs(due) if rung.lead != 0)


@given(due_dates, moments)
def test_the_first_lead_is_never_before_now(due: date, now: datetime) -> None:
    first = decisions.first_rung(rungs(due), due, ZONE, now)
    assert first is None or first.at >= now


@given(due_dates, moments)
def test_firing_at_every_moment_sends_each_lead_at_most_once_and_never_early(due: date, start: datetime) -> None:
    all_rungs = rungs(due)
    first = decisions.first_rung(all_rungs, due, ZONE, start)
    sent: list[int] = []
    index, now = (first.index, first.at) if first else (len(all_rungs), start)
    while index < len(all_rungs):
        fired = decisions.firing(all_rungs, index, now)
        assert fired.sent is not None
        assert all_rungs[fired.sent.index].at <= now
        sent.append(fired.sent.lead)
        index, now = (fired.upcoming.index, fired.upcoming.at) if fired.upcoming else (len(all_rungs), now)
    assert sent == sorted(set(sent), reverse=True)


@given(due_dates, moments)
def test_after_a_pause_one_letter_goes_and_the_rest_is_named_superseded(due: date, now: datetime) -> None:
    all_rungs = rungs(due)
    fired = decisions.firing(all_rungs, 0, now)
    reached = [rung.lead for rung in all_rungs if rung.at <= now]
    assert [*fired.skipped, *([fired.sent.lead] if fired.sent else [])] == reached
    assert fired.sent is None or fired.sent.lead == reached[-1]


def test_a_deadline_today_is_still_reminded_of_in_the_evening() -> None:
    due = date(2026, 11, 24)
    now = at(due, 23, 59)
    first = decisions.first_rung(rungs(due), due, ZONE, now)
    assert first is not None
    assert (first.lead, first.at) == (0, now)


def test_a_deadline_of_yesterday_is_only_said_to_be_overdue() -> None:
    due = date(2026, 11, 23)
    first = decisions.first_rung(rungs(due), due, ZONE, at(date(2026, 11, 24), 0))
    assert first is not None
    assert first.lead == -1


def test_leads_count_working_days_across_the_national_holiday() -> None:
    seven = rungs(date(2026, 10, 12))[0]
    assert decisions.local_day(seven.at, ZONE) == date(2026, 9, 24)


def test_what_moved_to_later_is_armed_anew_and_not_sent() -> None:
    due = date(2026, 12, 1)
    before = rungs(due)[1].at - timedelta(seconds=1)
    fired = decisions.firing(rungs(due), 1, before)
    assert fired.sent is None
    assert fired.upcoming == rungs(due)[1]


def test_an_early_letter_expires_when_the_next_lead_is_due() -> None:
    all_rungs = rungs(date(2026, 12, 1))
    fired = decisions.firing(all_rungs, 0, all_rungs[0].at)
    assert decisions.expires_at(fired, all_rungs[0].at) == all_rungs[1].at


def test_an_overdue_letter_stays_sendable_for_ten_days() -> None:
    last = rungs(date(2026, 12, 1))[-1]
    fired = decisions.firing(rungs(date(2026, 12, 1)), last.index, last.at)
    assert decisions.expires_at(fired, last.at) == last.at + timedelta(days=10)


@given(moments, times, times, st.sampled_from([ZONE, "Asia/Urumqi", "Europe/Berlin"]))
def test_nothing_is_released_in_quiet_hours(moment: datetime, begin: time, end: time, zone: str) -> None:
    quiet = QuietHours(begin=begin, end=end)
    released = released_at(moment, quiet, zone)
    assert released >= moment
    if zone != "Europe/Berlin":  # where clocks are put forward, an end may not exist that day
        assert not quiet.holds(released.astimezone(ZoneInfo(zone)).time())


@given(moments)
def test_without_quiet_hours_nothing_waits(moment: datetime) -> None:
    assert released_at(moment, None, ZONE) == moment


@pytest.mark.parametrize(
    ("moment", "released"),
    [
        (at(date(2026, 11, 24), 20, 59), at(date(2026, 11, 24), 20, 59)),
        (at(date(2026, 11, 24), 21), at(date(2026, 11, 25), 8)),
        (at(date(2026, 11, 25), 0), at(date(2026, 11, 25), 8)),
        (at(date(2026, 11, 25), 7, 59), at(date(2026, 11, 25), 8)),
        (at(date(2026, 11, 25), 8), at(date(2026, 11, 25), 8)),
    ],
)
def test_a_reminder_due_at_night_waits_for_the_morning(moment: datetime, released: datetime) -> None:
    assert released_at(moment, QuietHours(), ZONE) == released


def test_a_window_inside_one_day_ends_the_same_day() -> None:
    noon = QuietHours(begin=time(12), end=time(14))
    assert released_at(at(date(2026, 11, 24), 13), noon, ZONE) == at(date(2026, 11, 24), 14)
