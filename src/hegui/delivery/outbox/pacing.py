"""How fast letters may leave: over all chats, in one chat, in a group, and not at all while a channel asks for a pause.

The times are rows (`pace`), so a restart respects them. Only how far a channel was slowed down is kept in memory: after
a restart it is found out again, by the same pause.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from hegui.delivery.outbox import decisions, store
from hegui.delivery.outbox.decisions import Limits, Slowing
from hegui.delivery.outbox.model import Letter
from hegui.delivery.outbox.store import Chat
from hegui.foundation.database.transaction import Transaction

log = structlog.get_logger(__name__)
WHOLE = ""  # the whole channel
FREE = "free"  # the part of a channel that costs nothing
FLOOD = 3  # that many chats refused within FLOOD_TIME are the bot's flood and not theirs
FLOOD_TIME = timedelta(seconds=1)


class Pacer:
    """The limits of each channel, and who must wait."""

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        self._limits = limits
        self._slowing = dict.fromkeys(limits, Slowing())
        self._paused: dict[Chat, datetime] = {}
        self._refused: dict[Chat, tuple[datetime, datetime]] = {}  # a chat: when, and until when

    def paused(self, now: datetime) -> list[Chat]:
        """Chats that must wait now."""
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        return [chat for chat in self._paused if chat[1] not in (WHOLE, FREE)]

    def rests_until(self, now: datetime) -> datetime | None:
        """When the first channel that must wait may go on; None where none must wait."""
        whole = [until for (_, part), until in self._paused.items() if part == WHOLE and until > now]
        return min(whole, default=None)

    def open_lanes(self, channels: Sequence[str], now: datetime) -> dict[str, int]:
        """Up to which lane each channel may send now; a channel that must wait is left out."""
        found = {}
        for name in channels:
            if self._paused.get((name, WHOLE), now) <= now:
                waits = self._paused.get((name, FREE), now) > now
                found[name] = self._limits[name].paid_up_to_lane if waits else store.LAST_LANE
        return found

    async def leaving(self, tx: Transaction, letters: list[Letter], now: datetime) -> list[Letter]:
        """Those that may leave now. A chat or channel that may not is paused as a whole, and its letters stay as they
        are: so none overtakes another."""
        limited = [letter for letter in letters if letter.channel in self._limits]
        if not limited:
            return letters
        chats = {(n.channel, part) for n in limited for part in (n.address, WHOLE, FREE)}
        known = await store.paces(tx, chats)
        changed: dict[Chat, datetime] = {}
        held: set[str] = set()
        for letter in limited:
            if paused := self._slot(letter, now, known, changed):
                held.add(letter.id)
                self._paused.update([paused])
        await store.set_paces(tx, changed)
        return [letter for letter in letters if letter.id not in held]

    def _slot(
        self, letter: Letter, now: datetime, known: dict[Chat, datetime], changed: dict[Chat, datetime]
    ) -> tuple[Chat, datetime] | None:
        """None where the letter may leave now; else which chat, or whole channel, is paused until when."""
        limits, slowing = self._limits[letter.channel], self._slowing[letter.channel]
        granted: dict[Chat, datetime] = {}
        for part, interval, burst in decisions.asked(limits, letter, slowing.factor(now)):
            key = (letter.channel, part)
            allowed, at = decisions.next_slot(now, known.get(key), interval=interval, burst=burst)
            if not allowed:
                return key, at
            if interval:
                granted[key] = at
        known.update(granted)
        changed.update(granted)
        return None

    async def refused(self, tx: Transaction, letter: Letter, until: datetime, now: datetime) -> None:
        """The channel asked for a pause. That chat waits, because its letter does; refusals of several chats at the
        same time mean the whole channel: it waits, and goes on more slowly."""
        name = letter.channel
        if name not in self._limits:
            return
        self._refused = {chat: at for chat, at in self._refused.items() if now - at[0] < FLOOD_TIME}
        self._refused[name, letter.address] = now, until
        pauses = [pause for (channel, _), (_, pause) in self._refused.items() if channel == name]
        if len(pauses) < FLOOD:
            return
        # The shortest: one chat that is in for an hour does not silence the others.
        pause = min(pauses)
        self._slowing[name] = slowing = self._slowing[name].slower(now)
        log.warning("Too much for the channel; all of it waits", channel=name, seconds=(pause - now).total_seconds())
        interval, burst = decisions.over_all(self._limits[name], slowing.factor(now))
        await store.set_paces(tx, {(name, WHOLE): pause + interval * (burst - 1)})
        self._paused[name, WHOLE] = pause
