"""The sender: settles what came back, takes what is due, and lets it leave. One transaction a tick.

A letter is `sending` on disk before its first byte leaves; after a crash its outcome is unknown and its kind
says what follows. Never two letters of one chat at a time.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import structlog

from hegui.conversation.reply import Reply
from hegui.delivery.channel import AddressGone, AddressMoved, Channel, DeliveryFailed, OutcomeUnknown, Parcel, TooMany
from hegui.delivery.inbox import store as inbox
from hegui.delivery.outbox import decisions, store
from hegui.delivery.outbox.decisions import MOST_ATTEMPTS, Limits
from hegui.delivery.outbox.kinds import HANDLING
from hegui.delivery.outbox.model import Letter
from hegui.delivery.outbox.pacing import Pacer
from hegui.foundation import audit
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import CHINA, Catalogue
from hegui.registry import people

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)  # three times the longest that one sending may take
TICK_SECONDS = 0.01  # what comes back in this time is settled together: one flush to disk for many letters
SHORTEST_SECONDS, HELD_SECONDS = 0.02, 0.05
STORE_PAUSE_SECONDS = 1.0  # after a fault of the store
NOT_LEFT = "taken, but did not leave"
Outcome = int | None | BaseException


class Sender:
    """Sends the letters of one process. `released_at` says from when a quiet kind may leave."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        *,
        clock: Clock,
        catalogue: Catalogue,
        owner: str,
        released_at: Callable[[datetime], datetime],
        screen: Callable[[Reply, date], Reply] = lambda reply, on: reply,
        limits: Mapping[str, Limits] | None = None,
        in_flight: int = 4,
        alone: bool = True,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._catalogue = catalogue
        self._owner = owner
        self._released_at = released_at
        self._screen = screen
        self._limits = limits or {}
        self._pacer = Pacer(self._limits)
        self._in_flight = in_flight
        self._alone = alone
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._back: list[tuple[Letter, Outcome]] = []
        self._recovering = False
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Ticks until `stop`, then settles what is under way and takes nothing new."""
        self._recovering = True
        while not stop.is_set():
            self._wake.clear()
            await self._rest(await self._round())
        await self.drain()

    async def _round(self) -> float:
        """A tick; returns after how many seconds the next may follow. No fault of the store ends the sender."""
        try:
            if self._recovering:
                await self.recover()
            return 0 if await self.tick() else await self._pause()
        except Exception:
            log.exception("letters could not be taken or settled; they wait")
            self._recovering = True
            return STORE_PAUSE_SECONDS

    async def _rest(self, seconds: float) -> None:
        if not seconds:
            await asyncio.sleep(TICK_SECONDS)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _pause(self) -> float:
        """Seconds until the next letter is due or a pause is over, at most one: another process may have queued it."""
        async with self._database.read() as tx:
            due = await store.next_ready(tx, list(self._channels))
        now = self._clock.now()
        if due and due <= now:  # it is held: by its channel, by its chat, or it fell due this moment
            held = self._pacer.rests_until(now)
            return min((held - now).total_seconds(), HELD_SECONDS) if held else SHORTEST_SECONDS
        return min(max((due - now).total_seconds(), SHORTEST_SECONDS), 1.0) if due else 1.0

    async def drain(self) -> None:
        """Waits for what is under way and settles it."""
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))
        async with self._database.write() as tx:
            await self._settle(tx)

    async def recover(self) -> None:
        """Letters that a stopped process left half sent: their outcome is unknown. Those that were taken here by a
        commit whose answer was lost never left, and are queued again."""
        now = self._clock.now()
        known = {*self._under_way, *(letter.id for letter, _ in self._back)}
        async with self._database.write() as tx:
            for letter, owner in await store.interrupted(tx, now, alone=self._alone, owner=self._owner):
                if letter.id in known:
                    continue
                if owner == self._owner:
                    await store.put_back(tx, letter.id, ready_at=now, attempts=letter.attempts, reason=NOT_LEFT)
                else:
                    await self._unknown(tx, letter, "process stopped", now)
        self._recovering = False

    async def tick(self) -> int:
        """One round; returns how many letters were settled, taken, put off or given up."""
        async with self._database.write() as tx:
            settled = await self._settle(tx)
            taken, others = await self._take(tx)
        for letter in taken:
            self._under_way[letter.id] = asyncio.create_task(self._send(letter))
        return settled + len(taken) + others

    async def _send(self, letter: Letter) -> None:
        outcome: Outcome
        try:
            parcel = Parcel(
                id=letter.id,
                address=letter.address,
                person=letter.person,
                reply=self._screened(letter.reply),
                replaces=letter.replaces,
                paid=letter.channel in self._limits and self._limits[letter.channel].is_paid(letter.lane),
            )
            outcome = await self._channels[letter.channel].send(parcel)
        except (DeliveryFailed, OutcomeUnknown) as known:
            outcome = known
        except Exception as fault:
            log.exception("sending failed in a way that no channel should", letter=letter.id)
            outcome = OutcomeUnknown(type(fault).__name__)
        self._back.append((letter, outcome))
        del self._under_way[letter.id]
        self._wake.set()

    def _screened(self, reply: Reply) -> Reply:
        """The reply after the gate for citations. What the gate cannot read does not leave."""
        try:
            return self._screen(reply, self._clock.now().astimezone(CHINA).date())
        except Exception as fault:
            log.exception("a text could not be screened for citations")
            raise DeliveryFailed("not screened", permanent=True) from fault

    # ---- taking -------------------------------------------------------------------------------------------------

    async def _take(self, tx: Transaction) -> tuple[list[Letter], int]:
        """The letters that leave now, and how many others were put off or given up."""
        free = self._in_flight - len(self._under_way)
        now = self._clock.now()
        paused = self._pacer.paused(now)
        # Letters of a channel that this program does not run wait for one that does.
        channels = self._pacer.open_lanes(list(self._channels), now)
        if free <= 0 or not channels:
            return [], 0
        ready: list[Letter] = []
        later: list[tuple[str, datetime]] = []
        found = await store.candidates(tx, now, free, channels=channels, paused=paused)
        for letter, reachable in found:
            if letter.expires_at and letter.expires_at <= now:
                await self._fail(tx, letter, "expired", now)
            elif not reachable:
                await self._elsewhere(tx, letter, "address switched off", now)
            elif HANDLING[letter.kind].quiet and (until := self._released_at(now)) > now:
                later.append((letter.id, until))
            else:
                ready.append(letter)
        taken = await self._pacer.leaving(tx, ready, now)
        await store.postpone(tx, later)
        await store.claim(tx, [letter.id for letter in taken], owner=self._owner, lease_until=now + LEASE)
        return taken, len(found) - len(ready)

    # ---- settling -----------------------------------------------------------------------------------------------

    async def _settle(self, tx: Transaction) -> int:
        back, self._back = self._back, []
        tx.after_rollback(lambda: self._back.extend(back))
        now = self._clock.now()
        sent = [(letter, outcome) for letter, outcome in back if not isinstance(outcome, BaseException)]
        await store.settle(
            tx,
            [{"id": letter.id, "state": "sent", "message": outcome, "reason": None} for letter, outcome in sent],
            now,
        )
        for letter, outcome in back:
            if isinstance(outcome, BaseException):
                await self._settle_problem(tx, letter, outcome, now)
        return len(back)

    async def _settle_problem(self, tx: Transaction, letter: Letter, problem: BaseException, now: datetime) -> None:
        match problem:
            case AddressMoved():
                await people.move(tx, (letter.channel, letter.address), problem.new, now)
                await store.put_back(tx, letter.id, ready_at=now, attempts=letter.attempts, reason="moved")
                await store.readdress(tx, (letter.channel, letter.address), problem.new)
            case AddressGone():
                await self._gone(tx, letter, problem.reason, now)
            case DeliveryFailed() if problem.permanent or (problem.counted and letter.attempts + 1 >= MOST_ATTEMPTS):
                await self._fail(tx, letter, problem.reason, now)
            case TooMany():
                await store.put_back(
                    tx, letter.id, ready_at=problem.until, attempts=letter.attempts, reason=problem.reason
                )
                await self._pacer.refused(tx, letter, problem.until, now)
            case DeliveryFailed():
                attempts = letter.attempts + problem.counted
                ready_at = problem.retry_at or now + decisions.pause_after(attempts)
                await store.put_back(tx, letter.id, ready_at=ready_at, attempts=attempts, reason=problem.reason)
            case _:
                await self._unknown(tx, letter, str(problem), now)

    async def _fail(self, tx: Transaction, letter: Letter, reason: str, now: datetime) -> None:
        await store.settle(tx, [{"id": letter.id, "state": "failed", "message": None, "reason": reason}], now)
        await audit.record(tx, "letter failed", at=now, actor="sender", about=letter.id, outcome=reason)

    async def _gone(self, tx: Transaction, letter: Letter, reason: str, now: datetime) -> None:
        here = (letter.channel, letter.address)
        await people.switch(tx, here, on=False, reason=reason, now=now)
        await self._elsewhere(tx, letter, reason, now)

    async def _elsewhere(self, tx: Transaction, letter: Letter, reason: str, now: datetime) -> None:
        """This address is off: what is owed goes to another one of the same person, where there is one."""
        await self._fail(tx, letter, reason, now)
        others = (await people.addresses(tx, [letter.person])).get(letter.person, ())
        if HANDLING[letter.kind].when_unknown == "again-marked" and others and not letter.copy_of:
            await store.queue_copy(tx, letter, reply=letter.reply, to=(others[0].channel, others[0].address), now=now)

    async def _unknown(self, tx: Transaction, letter: Letter, why: str, now: datetime) -> None:
        await store.settle(tx, [{"id": letter.id, "state": "unknown", "message": None, "reason": why}], now)
        await audit.record(tx, "outcome unknown", at=now, actor="sender", about=letter.id, outcome=why)
        reply = await self._again(tx, letter)
        if reply:
            await store.queue_copy(tx, letter, reply=reply, to=(letter.channel, letter.address), now=now)

    async def _again(self, tx: Transaction, letter: Letter) -> Reply | None:
        """What the second copy says; None where there is none."""
        match decisions.policy(letter):
            case "again-marked":
                person = await people.get(tx, letter.person)
                language = person.language if person else "zh"
                return decisions.marked(letter.reply, self._catalogue.say(language, "conversation.repeated"))
            case "again":
                return letter.reply
            case "again-if-no-newer-turn":
                chat = f"{letter.channel}:{letter.address}"
                newest = (await inbox.newest_of(tx, [chat])).get(chat, 0)
                return letter.reply if newest <= (letter.turn or 0) else None
            case _:
                return None
