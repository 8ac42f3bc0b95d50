"""What delivery asks of a channel, and the outcomes a sending can have."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.turn import Speaker
from hegui.foundation.errors import HeguiError


class Parcel(BaseModel):
    """One letter as a channel gets it. `replaces` is the message to edit in place, where there is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    address: str
    person: str
    reply: Reply
    replaces: int | None = None
    paid: bool = False  # may cost money, to be quicker


class DeliveryFailed(HeguiError):
    """Certainly not sent. `permanent`: never will be. `retry_at`: not before. `counted`: as one of five attempts."""

    def __init__(
        self, reason: str, *, permanent: bool = False, retry_at: datetime | None = None, counted: bool = True
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_at = retry_at
        self.counted = counted


class TooMany(DeliveryFailed):
    """The channel asks for a pause until `retry_at`. The letter did nothing wrong: the try is not counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__("the channel asks for a pause", retry_at=until, counted=False)
        self.until = until


class AddressGone(DeliveryFailed):
    """The person blocked us, or the account is gone: the address is switched off."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


class AddressMoved(DeliveryFailed):
    """The chat has a new address (a group became a supergroup)."""

    def __init__(self, new: str) -> None:
        super().__init__("moved", counted=False)
        self.new = new


class OutcomeUnknown(HeguiError):
    """Bytes may have left and no answer came: nobody can tell whether it arrived."""


class FileRefused(HeguiError):
    """A file that cannot be taken; the text is too_big, empty or gone."""


class Channel(Protocol):
    """A way to talk to people. `read` raises on what it cannot read; such an update is set aside after 3 tries."""

    name: str

    def read(self, body: str) -> Incoming: ...

    async def fetch(self, attachment: Attachment, target: Path) -> None:
        """Writes the file to `target`; raises FileRefused, or anything else when it may be tried again."""
        ...

    async def send(self, parcel: Parcel) -> int | None:
        """Returns the message's number where the channel has one; raises DeliveryFailed or OutcomeUnknown."""
        ...

    def heard(self, incoming: Incoming, speaker: Speaker) -> None:
        """Called when a turn is about to be handled: a droppable sign of life, such as answering a button press."""
        ...
