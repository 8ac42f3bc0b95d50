"""What one transaction of turns leaves behind: floors, letters, and the ends of its updates."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hegui.conversation import floors
from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.turn import Floor, Speaker, Turn
from hegui.delivery.inbox import store
from hegui.delivery.inbox.store import Update
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.foundation.clock import Clock
from hegui.foundation.database.transaction import Transaction


class Batch:
    """What one transaction of turns leaves behind, written together at its end."""

    def __init__(self, tx: Transaction, clock: Clock, held: Mapping[str, Floor]) -> None:
        self.tx = tx
        self.held = held
        self.done: list[int] = []
        self._clock = clock
        self._letters: list[NewLetter] = []
        self._floors: dict[str, Floor] = {}
        self._released: list[str] = []

    def keep(self, update: Update, turn: Turn) -> None:
        self._letters += letters(update, turn)
        if turn.floor != self.held.get(update.chat):
            if turn.floor is None:
                self._released.append(update.chat)
            else:
                self._floors[update.chat] = turn.floor

    async def save(self) -> None:
        now = self._clock.now()
        await floors.save(self.tx, self._floors, now)
        await floors.clear(self.tx, self._released)
        await outbox.queue(self.tx, self._letters, now=now)
        await store.settle(self.tx, self.done, "done", now)


def letters(update: Update, turn: Turn) -> Sequence[NewLetter]:
    return [letter(update, turn.speaker, n, reply, turn.now, turn.incoming) for n, reply in enumerate(turn.replies)]


def letter(
    update: Update, speaker: Speaker, n: int, reply: Reply, now: datetime, incoming: Incoming | None = None
) -> NewLetter:
    """A reply as a letter. A panel goes where the pressed button was; all else is a new message."""
    replaces = incoming.message if incoming and reply.panel and incoming.kind == "press" else None
    return NewLetter(
        key=f"turn:{update.seq}:{n:02}",  # so that the tenth follows the ninth
        kind=LetterKind.EDIT if replaces else LetterKind.REPLY,
        person=speaker.person,
        channel=update.channel,
        address=update.address,
        about=f"turn:{update.seq}",
        reply=reply,
        ready_at=now,
        replaces=replaces,
        turn=update.seq,
    )
