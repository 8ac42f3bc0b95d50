"""Handles updates: one at a time a chat, many chats in one transaction, each once in effect.

New state, letters and the row's end are one transaction. An update that cannot be handled is tried three times,
then set aside with an apology, and the chat goes on. What was left open by a stopped process is handled alone,
its attempt counted first, because it may be what stopped it.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from hegui.conversation import floors
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Draft
from hegui.conversation.router import Router
from hegui.conversation.turn import Speaker, Turn
from hegui.delivery.channel import Channel
from hegui.delivery.inbox import store
from hegui.delivery.inbox.batch import Batch, letter
from hegui.delivery.inbox.fetching import Fetching, refused
from hegui.delivery.inbox.flooding import Flooding, Patience
from hegui.delivery.inbox.store import Update, inbox
from hegui.delivery.outbox import store as outbox
from hegui.foundation import audit
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue, Language
from hegui.foundation.randomness import Randomness
from hegui.registry import people

log = structlog.get_logger(__name__)
BATCH = 100
MOST_ATTEMPTS = 3
KEPT_OF_A_FLOOD = 60  # updates of one chat that may wait for their turn


class InboxWorker:
    """Takes updates from the inbox to the router, and what it says to the outbox."""

    def __init__(
        self,
        database: Database,
        router: Router,
        channels: Mapping[str, Channel],
        *,
        clock: Clock,
        catalogue: Catalogue,
        randomness: Randomness,
        files: FileFolder,
        language: Language = "zh",
        letters_queued: Callable[[], None] = lambda: None,
        patience: Mapping[str, Patience] | None = None,
    ) -> None:
        self._database = database
        self._flooding = Flooding(patience or {})
        self._router = router
        self._channels = channels
        self._clock = clock
        self._catalogue = catalogue
        self._randomness = randomness
        self._language: Language = language
        self._letters_queued = letters_queued
        self._alone_up_to = 0
        self._recovering = False
        self._wake = asyncio.Event()
        self._fetching = Fetching(database, channels, files, clock, self.wake)

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handles what comes until `stop`; a turn that has begun is finished."""
        self._recovering = True
        while not stop.is_set():
            self._wake.clear()
            if not await self._round():
                await self._rest()
        await self._fetching.stop()

    async def _round(self) -> int:
        """A tick. No fault of the store ends the worker: updates wait on disk."""
        try:
            if self._recovering:
                await self.recover()
            return await self.tick()
        except Exception:
            log.exception("updates could not be handled; they wait")
            self._recovering = True
            return 0

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(1):
                await self._wake.wait()
        except TimeoutError:
            return

    async def fetches(self) -> None:
        """Waits until no file is being fetched."""
        await self._fetching.idle()

    async def recover(self) -> None:
        """What is open now was left by a process that stopped."""
        async with self._database.read() as tx:
            self._alone_up_to = int(await tx.scalar(select(func.coalesce(func.max(inbox.c.seq), 0)).where(store.OPEN)))
        self._recovering = False

    async def tick(self) -> int:
        """Handles one batch, or one update alone where there is a reason for care; returns how many were looked at."""
        if self._alone_up_to and (handled := await self._alone()):
            return handled
        try:
            return await self._batch(BATCH)
        except Exception:
            log.exception("a batch failed as a whole; its updates go one by one")
            await self.recover()
            return 1

    async def _alone(self) -> int:
        async with self._database.write() as tx:
            first = await self._next_alone(tx)
            if first is None:
                return 0
            if first.attempts >= MOST_ATTEMPTS:
                await self._set_aside(tx, first, None, "stopped the program three times")
                return 1
            await store.attempted(tx, first.seq, first.attempts + 1, None, "begun")
        try:
            return await self._batch(1)
        except Exception:
            log.exception("an update failed", seq=first.seq)
            return 0  # a pause: the fault may be the store's and not the update's

    async def _next_alone(self, tx: Transaction) -> Update | None:
        waiting = await self._claim(tx, 1)
        if not waiting or waiting[0].seq > self._alone_up_to:
            self._alone_up_to = 0
            return None
        return waiting[0]

    async def _claim(self, tx: Transaction, limit: int) -> tuple[Update, ...]:
        """Updates of channels that run elsewhere wait for a program that has them."""
        return await store.claim(
            tx, self._clock.now(), limit, channels=list(self._channels), but_not=self._fetching.under_way
        )

    async def _batch(self, limit: int) -> int:
        async with self._database.write() as tx:
            updates = await self._claim(tx, limit)
            if not updates:
                return 0
            known = await people.speakers(tx, [(u.channel, u.address) for u in updates])
            held = await floors.load(tx, [u.chat for u in updates])
            batch = Batch(tx, self._clock, held)
            for update in updates:
                await self._one(batch, update, known.get((update.channel, update.address)))
            await batch.save()
            tx.after_commit(self._letters_queued)
        return len(updates)

    async def _one(self, batch: Batch, update: Update, known: tuple[Speaker, bool] | None) -> None:
        try:
            incoming = self._read(update)
            if (attachment := incoming.attachment) and not (attachment.stored or attachment.problem):
                if self._router.wants_file(batch.held.get(update.chat)):
                    await self._fetching.first(batch.tx, update, attachment)
                    return
                incoming = incoming.model_copy(update={"attachment": refused(attachment, "unexpected")})
            if incoming.kind != "ignored":
                speaker = await self._speaker(batch.tx, update, incoming, known)
                if until := self._flooding.waits(update, self._clock.now()):
                    await self._slow(batch.tx, update, speaker, until)
                    return
                if incoming.kind != "turned":
                    await self._turn(batch, update, incoming, speaker)
            batch.done.append(update.seq)
        except Exception as fault:
            log.exception("a turn failed", seq=update.seq)
            await self._again_later(batch, update, known[0] if known else None, type(fault).__name__)

    def _read(self, update: Update) -> Incoming:
        incoming = self._channels[update.channel].read(update.body)
        if update.file:
            fetched = Attachment.model_validate_json(update.file)
            return incoming.model_copy(update={"attachment": fetched})
        return incoming

    async def _speaker(
        self, tx: Transaction, update: Update, incoming: Incoming, known: tuple[Speaker, bool] | None
    ) -> Speaker:
        contact = (update.channel, update.address)
        if known is None:
            language = incoming.language_hint or self._language
            speaker = await people.introduce(
                tx, contact, language=language, now=self._clock.now(), randomness=self._randomness
            )
            known = (speaker, True)
        speaker, on = known
        wanted = not (incoming.kind == "turned" and incoming.other == "off")
        if on != wanted:
            reason = None if wanted else "blocked by the person"
            await people.switch(tx, contact, on=wanted, reason=reason, now=self._clock.now())
        return speaker

    async def _turn(self, batch: Batch, update: Update, incoming: Incoming, speaker: Speaker) -> None:
        self._channels[update.channel].heard(incoming, speaker)
        turn = Turn(
            batch.tx,
            speaker,
            incoming,
            now=self._clock.now(),
            catalogue=self._catalogue,
            floor=batch.held.get(update.chat),
        )
        await self._router.handle(turn)
        batch.keep(update, turn)

    async def _slow(self, tx: Transaction, update: Update, speaker: Speaker, until: datetime) -> None:
        """Somebody sends more than anybody reads: they wait for their turn, are told so, and others notice nothing.
        What piles up behind is not kept: it would fill the inbox of all."""
        now = self._clock.now()
        await store.put_off(tx, update.seq, until)
        shed = await store.shed(tx, update.chat, after=update.seq, keep=KEPT_OF_A_FLOOD, now=now)
        if shed:
            log.warning("a flood was cut", person=speaker.person, updates=shed)
        if self._flooding.is_to_be_told(update.chat, now):
            text = self._catalogue.say(speaker.language, "conversation.too_fast", kept=KEPT_OF_A_FLOOD)
            told = letter(update, speaker, 0, Draft().text(text).reply(), now)
            await outbox.queue(tx, [told.model_copy(update={"key": f"slowed:{update.seq}"})], now=now)
            tx.after_commit(self._letters_queued)

    async def _again_later(self, batch: Batch, update: Update, speaker: Speaker | None, problem: str) -> None:
        attempts = update.attempts + (0 if self._alone_up_to >= update.seq else 1)
        if attempts >= MOST_ATTEMPTS:
            await self._set_aside(batch.tx, update, speaker, problem)
        else:
            again = self._clock.now() + timedelta(seconds=attempts)
            await store.attempted(batch.tx, update.seq, attempts, again, problem)

    async def _set_aside(self, tx: Transaction, update: Update, speaker: Speaker | None, problem: str) -> None:
        """Poison: kept for a person to look at, said to the one who sent it, and the chat goes on."""
        now = self._clock.now()
        await store.settle(tx, [update.seq], "dead", now, problem)
        await audit.record(tx, "update set aside", at=now, actor="inbox", about=f"update:{update.seq}", outcome=problem)
        if speaker is None:
            known = await people.speakers(tx, [(update.channel, update.address)])
            speaker = known[(update.channel, update.address)][0] if known else None
        if speaker:
            text = self._catalogue.say(speaker.language, "conversation.set_aside", number=update.seq)
            await outbox.queue(tx, [letter(update, speaker, 0, Draft().text(text).reply(), now)])
            tx.after_commit(self._letters_queued)
