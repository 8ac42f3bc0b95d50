"""A turn: one act of one person, the transaction it is handled in, and what is said and kept because of it."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import ConversationModel, Reply
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import Catalogue, Language, Texts

Role = Literal["member", "officer", "approver", "auditor", "assessor", "operator"]


class Speaker(ConversationModel):
    """Who speaks, and through which channel."""

    person: str
    role: Role
    language: Language
    channel: str
    address: str

    @property
    def chat(self) -> str:
        """The key that puts this person's acts in order."""
        return f"{self.channel}:{self.address}"


class Floor(ConversationModel):
    """Which dialogue is listening for typed text in a chat, at which step, and what it remembers."""

    dialogue: str
    step: str
    data: dict[str, str] = Field(default_factory=dict)


class Turn:
    """Handed to dialogues. `say` writes in the speaker's language; `reply` speaks; `hold` keeps the floor."""

    def __init__(
        self,
        tx: Transaction,
        speaker: Speaker,
        incoming: Incoming,
        *,
        now: datetime,
        catalogue: Catalogue,
        floor: Floor | None = None,
    ) -> None:
        self.tx = tx
        self.speaker = speaker
        self.incoming = incoming
        self.now = now
        self.catalogue = catalogue
        self.floor = floor
        self.replies: list[Reply] = []

    @property
    def language(self) -> Language:
        return self.speaker.language

    @property
    def say(self) -> Texts:
        return Texts(self.catalogue, self.speaker.language)

    def reply(self, reply: Reply) -> None:
        self.replies.append(reply)

    def hold(self, dialogue: str, step: str, **data: str) -> None:
        """Typed text and files of this chat now go to `dialogue`."""
        self.floor = Floor(dialogue=dialogue, step=step, data=data)

    def release(self) -> None:
        self.floor = None

    async def audit(
        self, act: str, about: str, outcome: str = "done", *, enterprise: str | None = None, **detail: Any
    ) -> None:
        await audit.record(
            self.tx,
            act,
            at=self.now,
            actor=self.speaker.person,
            about=about,
            door=self.speaker.channel,
            outcome=outcome,
            enterprise=enterprise,
            **detail,
        )
