"""Pure decisions of the outbox: pacing, repeated tries, what follows an unknown outcome."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from hegui.conversation.reply import Block, Reply
from hegui.delivery.outbox.kinds import HANDLING, Policy
from hegui.delivery.outbox.model import Letter

MOST_ATTEMPTS = 5
LONGEST_PAUSE = timedelta(seconds=60)
SLOWED = 0.75  # of the rate, after the channel asked for a pause
SLOWEST = 0.1
RECOVERS = 0.05  # of the configured rate, a minute
ONE_FLOOD = timedelta(seconds=2)


class Limits(BaseModel):
    """What a channel allows. No number: no limit.

    `per_second` over all chats; one a chat each `chat_seconds`, after a short burst; `per_minute_in_group` in a chat
    whose address begins with `group_prefix`. Letters up to `paid_up_to_lane` may cost money: where `paid_per_second`
    is given they are bound by that alone, and all letters together are.
    """

    model_config = ConfigDict(frozen=True)

    per_second: float | None = Field(default=None, gt=0)
    chat_seconds: float | None = Field(default=None, gt=0)
    chat_burst: int = Field(default=3, ge=1)
    per_minute_in_group: int | None = Field(default=None, gt=3)
    group_prefix: str = "-"
    paid_per_second: float | None = Field(default=None, gt=0)
    paid_up_to_lane: int = 0

    def is_paid(self, lane: int) -> bool:
        return self.paid_per_second is not None and lane <= self.paid_up_to_lane


Bucket = tuple[str, timedelta, int]  # whose: an address, "" the whole channel, "free" its part without cost


def asked(limits: Limits, letter: Letter, factor: float = 1.0) -> list[Bucket]:
    """Which buckets a letter takes from: interval and burst of each. Without an interval only a pause can hold it."""
    buckets = [("", *over_all(limits, factor))]
    if limits.paid_per_second and limits.per_second and not limits.is_paid(letter.lane):
        buckets.append(("free", *_rate(limits.per_second, factor)))
    if limits.per_minute_in_group and letter.address.startswith(limits.group_prefix):
        # With the burst, no sixty seconds hold more than the limit.
        seconds = 60 / (limits.per_minute_in_group - limits.chat_burst + 1)
        buckets.append((letter.address, timedelta(seconds=seconds), limits.chat_burst))
    elif limits.chat_seconds:
        buckets.append((letter.address, timedelta(seconds=limits.chat_seconds), limits.chat_burst))
    return buckets


def over_all(limits: Limits, factor: float = 1.0) -> tuple[timedelta, int]:
    """Interval and burst of the whole channel."""
    per_second = limits.paid_per_second or limits.per_second
    return _rate(per_second, factor) if per_second else (timedelta(0), 1)


def _rate(per_second: float, factor: float) -> tuple[timedelta, int]:
    """The burst makes up for a tick that came late: a twentieth of a second's letters, and four at least."""
    return timedelta(seconds=1 / (per_second * factor)), max(4, round(per_second * factor / 20))


class Slowing(BaseModel):
    """How far a channel was slowed down after it asked for a pause, and since when."""

    model_config = ConfigDict(frozen=True)

    to: float = 1.0
    since: datetime | None = None

    def factor(self, now: datetime) -> float:
        """The part of the configured rate that is used now: it comes back within minutes."""
        if self.since is None:
            return 1.0
        minutes = max((now - self.since) / timedelta(minutes=1), 0)
        return min(1.0, self.to + minutes * RECOVERS)

    def slower(self, now: datetime) -> "Slowing":
        """After one more pause. Refusals of one moment count once."""
        if self.since and now - self.since < ONE_FLOOD:
            return self
        return Slowing(to=max(self.factor(now) * SLOWED, SLOWEST), since=now)


def next_slot(now: datetime, next_at: datetime | None, *, interval: timedelta, burst: int = 1) -> tuple[bool, datetime]:
    """Whether one more may leave now, and from when the next may (GCRA with a burst).

    `next_at` is the stored time; where it may not leave, the second value is when it may.
    """
    arrival = max(now, next_at) if next_at else now
    allowed_from = arrival - interval * (burst - 1)
    if now < allowed_from:
        return False, allowed_from
    return True, arrival + interval


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … 60 seconds."""
    return min(timedelta(seconds=2 ** max(attempts - 1, 0)), LONGEST_PAUSE)


def policy(letter: Letter) -> Policy | None:
    """What follows when the letter's outcome is unknown; None: a second unknown is final."""
    return None if letter.copy_of else HANDLING[letter.kind].when_unknown


def marked(reply: Reply, mark: str) -> Reply:
    """The same reply with the line that says it is a repeat."""
    return reply.model_copy(update={"blocks": (Block(kind="note", text=mark), *reply.blocks)})
