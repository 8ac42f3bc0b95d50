"""Letters and their states."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hegui.conversation.reply import Reply
from hegui.delivery.outbox.kinds import LetterKind

State = Literal["queued", "sending", "sent", "failed", "unknown", "cancelled", "superseded"]


class OutboxModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NewLetter(OutboxModel):
    """A letter to be queued. `key` makes it exactly one: a second letter of the same key is not queued.

    `about` names what it speaks of ("case:…", "turn:…"), so that it can be cancelled with it. `turn` is the
    number of the inbox row it answers. A letter that is still queued at `expires_at` is not sent any more.
    """

    key: str
    kind: LetterKind
    person: str
    channel: str
    address: str
    about: str
    reply: Reply
    ready_at: datetime
    expires_at: datetime | None = None
    replaces: int | None = None
    turn: int | None = None


class Letter(NewLetter):
    """A row of the outbox."""

    id: str
    lane: int
    state: State
    attempts: int
    copy_of: str | None = None
    reason: str | None = None
    message: int | None = None
    settled_at: datetime | None = None
