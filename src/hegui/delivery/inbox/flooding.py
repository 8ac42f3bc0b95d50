"""How much one person may send: a burst, then a steady rate. Kept in memory: after a restart everybody begins anew."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from hegui.delivery.inbox.store import Update
from hegui.delivery.outbox.decisions import next_slot

TOLD_AGAIN = timedelta(minutes=1)
REMEMBERED = 10_000  # chats, before those that are quiet again are forgotten


class Patience(BaseModel):
    """What a channel takes of one person."""

    model_config = ConfigDict(frozen=True)

    per_minute: float = Field(gt=0)
    burst: int = Field(default=20, ge=1)


class Flooding:
    """Who has to wait, by chat. Channels without patience have no limit."""

    def __init__(self, patience: Mapping[str, Patience]) -> None:
        self._patience = patience
        self._next: dict[str, datetime] = {}
        self._told: dict[str, datetime] = {}

    def waits(self, update: Update, now: datetime) -> datetime | None:
        """Until when this update waits; None where its turn is now."""
        patience = self._patience.get(update.channel)
        if patience is None:
            return None
        self._forget(now)
        interval = timedelta(minutes=1) / patience.per_minute
        known = self._next.get(update.chat)
        if known and known > now + interval * (patience.burst + 1):
            known = None  # the clock went back: nobody waits for hours because of that
        allowed, at = next_slot(now, known, interval=interval, burst=patience.burst)
        if not allowed:
            return at
        self._next[update.chat] = at
        return None

    def is_to_be_told(self, chat: str, now: datetime) -> bool:
        """Once a flood: again only after a minute without one."""
        told = self._told.get(chat)
        if told and timedelta(0) <= now - told < TOLD_AGAIN:
            self._told[chat] = now  # still the same flood
            return False
        self._told[chat] = now
        return True

    def _forget(self, now: datetime) -> None:
        if len(self._next) > REMEMBERED:
            self._next = {chat: at for chat, at in self._next.items() if at > now}
            self._told = {chat: at for chat, at in self._told.items() if now - at < TOLD_AGAIN}
