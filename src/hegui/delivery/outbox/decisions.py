"""Pure decisions of the outbox: pacing, repeated tries, what follows an unknown outcome."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from hegui.conversation.reply import Block, Reply
from hegui.delivery.outbox.kinds import HANDLING, Policy
from hegui.delivery.outbox.model import Letter

MOST_ATTEMPTS = 5
LONGEST_PAUSE = timedelta(seconds=60)


class Limits(BaseModel):
    """What a channel allows: `per_second` over all chats; one a chat each `chat_seconds`, after a short burst."""

    model_config = ConfigDict(frozen=True)

    per_second: float | None = Field(default=None, gt=0)
    chat_seconds: float | None = Field(default=None, gt=0)
    chat_burst: int = Field(default=3, ge=1)


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
