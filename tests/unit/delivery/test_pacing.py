"""How fast letters may leave: no window of time ever holds more than the limits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.conversation.reply import Draft
from hegui.delivery.outbox import decisions
from hegui.delivery.outbox.decisions import Limits, Slowing
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import Letter

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def letter(address: str = "501", lane: int = 2) -> Letter:
    return Letter(
        key="a",
        id="a",
        kind=LetterKind.REMINDER_DUE,
        person="p",
        channel="telegram",
        address=address,
        about="x",
        reply=Draft().text("x").reply(),
        ready_at=NOON,
        lane=lane,
        state="queued",
        attempts=0,
    )


def left(limits: Limits, whose: str, address: str, tries: list[int]) -> list[int]:
    """At which of these milliseconds something left, for the bucket of this name."""
    (interval, burst) = next(
        (interval, burst) for name, interval, burst in decisions.asked(limits, letter(address)) if name == whose
    )
    found, next_at = [], None
    for at in tries:
        allowed, moment = decisions.next_slot(
            NOON + timedelta(milliseconds=at), next_at, interval=interval, burst=burst
        )
        if allowed:
            found.append(at)
            next_at = moment
    return found


def most_in(window: int, moments: list[int]) -> int:
    return max((sum(1 for later in moments if start <= later < start + window) for start in moments), default=0)


tries = st.lists(st.integers(0, 200), min_size=1, max_size=400).map(
    lambda gaps: [sum(gaps[: n + 1]) for n in range(len(gaps))]
)


@given(tries)
def test_no_minute_of_a_group_holds_more_than_twenty(moments: list[int]) -> None:
    assert most_in(60_000, left(Limits(per_minute_in_group=20), "-100", "-100", moments)) <= 20


@given(tries)
def test_the_default_stays_below_thirty_in_any_second(moments: list[int]) -> None:
    assert most_in(1_000, left(Limits(per_second=25), "", "501", moments)) < 30


@given(tries)
def test_a_chat_gets_a_burst_of_three_and_then_one_a_second(moments: list[int]) -> None:
    found = left(Limits(chat_seconds=1), "501", "501", moments)
    assert most_in(1_000, found) <= 3
    assert most_in(10_000, found) <= 12


def test_the_paid_rate_with_its_burst_stays_within_what_telegram_sells() -> None:
    for per_second in (100, 900, 950):
        interval, burst = decisions.over_all(Limits(per_second=25, paid_per_second=per_second))
        assert burst + timedelta(seconds=1) / interval <= 1000


def test_only_letters_up_to_the_paid_lane_leave_the_free_rate() -> None:
    limits = Limits(per_second=25, paid_per_second=900, paid_up_to_lane=0)
    assert [name for name, *_ in decisions.asked(limits, letter(lane=0))] == [""]
    assert [name for name, *_ in decisions.asked(limits, letter(lane=1))] == ["", "free"]
    assert not Limits(per_second=25).is_paid(0)


def test_a_group_has_the_limit_of_groups_and_not_of_chats() -> None:
    limits = Limits(chat_seconds=1, per_minute_in_group=20)
    waits = {name: interval.total_seconds() for name, interval, _ in decisions.asked(limits, letter("-100"))}
    assert waits["-100"] == pytest.approx(60 / 18)
    assert dict.fromkeys(name for name, *_ in decisions.asked(limits, letter("501"))) == {"": None, "501": None}


def test_each_flood_slows_down_once_and_the_rate_comes_back_within_minutes() -> None:
    slow = Slowing().slower(NOON)
    assert slow.factor(NOON) == 0.75
    assert slow.slower(NOON + timedelta(seconds=1)) == slow, "refusals of one moment are one flood"
    slower = slow.slower(NOON + timedelta(seconds=10))
    assert slower.factor(NOON + timedelta(seconds=10)) == pytest.approx(0.569, abs=0.01)
    assert slower.factor(NOON + timedelta(minutes=30)) == 1.0
    for n in range(50):
        slower = slower.slower(NOON + timedelta(minutes=1, seconds=3 * n))
    assert slower.to == 0.1


def test_a_clock_that_jumps_back_does_not_stop_the_channel() -> None:
    assert Slowing().slower(NOON).factor(NOON - timedelta(days=3)) == 0.75
