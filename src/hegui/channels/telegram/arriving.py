"""An update as it is kept, however it came: raw, with the number and the chat that put it in order."""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Protocol

from hegui.delivery.inbox.store import Arrival

KINDS = ("message", "callback_query", "my_chat_member")
NOWHERE = "0"  # the address of an update that names neither chat nor person
LARGEST_ID = 2**63 - 1
KEPT_BYTES = 4096  # of a body that nobody can read


class Inbox(Protocol):
    """Where updates are kept."""

    async def put(self, source: str, channel: str, arrivals: list[Arrival]) -> None:
        """They are on disk when this returns; what is known already is left alone."""
        ...

    async def backlog(self) -> int:
        """How many updates wait."""
        ...


def arrival(update: Any) -> Arrival | None:
    """The update as it is kept; None where it has no number that could be kept."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number < LARGEST_ID:
        return None
    # Written in ASCII: half an emoji or a zero character would not get into every store.
    return Arrival(update_id=number, address=_address(update), body=json.dumps(update))


def unreadable(body: bytes) -> Arrival:
    """A body without a number, kept for a person to look at. A repeat has the same number, below all real ones."""
    number = -1 - int.from_bytes(sha256(body).digest()[:7], "big")
    kept = json.dumps({"unreadable": b64encode(body[:KEPT_BYTES]).decode("ascii")})
    return Arrival(update_id=number, address=NOWHERE, body=kept)


def _address(update: Mapping[str, Any]) -> str:
    """The chat, or for a press the person: in private chats the same number, so that both stay in order."""
    for kind, content in update.items():
        if isinstance(content, dict):
            place = content.get("from" if kind == "callback_query" else "chat")
            number = place.get("id") if isinstance(place, dict) else None
            if isinstance(number, int):
                return str(number)
    return NOWHERE
