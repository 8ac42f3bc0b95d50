"""Handles updates: one at a time a chat, many chats in one transaction, each once in effect.

New state, letters and the row's end are one transaction. An update that cannot be handled is tried three times,
then set aside with an apology, and the chat goes on. What was left open by a stopped process is handled alone,
its attempt counted first, because it may be what stopped it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from hegui.conversation import floors
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Draft, Reply
from hegui.conversation.router import Router
from hegui.conversation.turn import Floor, Speaker, Turn
from hegui.delivery.channel import Channel, FileRefused
from hegui.delivery.inbox import store
from hegui.delivery.inbox.flooding import Flooding, Patience
from hegui.delivery.inbox.store import Update, inbox
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
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
LARGEST_FILE = 20 * 1024 * 1024  # bytes: what Telegram lets a bot download
MOST_FETCHES = 4
FETCH_AGAIN = timedelta(seconds=1)
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
        self._files = files
        self._language: Language = language
        self._letters_queued = letters_queued
        self._alone_up_to = 0
        self._recovering = False
        self._about_to_fetch = 0
        self._fetching: dict[int, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handles what comes until `stop`; a turn that has begun is finished."""
        self._recovering = True
        while not stop.is_set():
            self._wake.clear()
            if not await self._round():
                await self._rest()
        fetching = list(self._fetching.values())
        for task in fetching:
            task.cancel()
        await asyncio.gather(*fetching, return_exceptions=True)

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
        while self._fetching:
            await asyncio.gather(*self._fetching.values(), return_exceptions=True)

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
            tx, self._clock.now(), limit, channels=list(self._channels), but_not=list(self._fetching)
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

    async def _one(self, batch: "Batch", update: Update, known: tuple[Speaker, bool] | None) -> None:
        try:
            incoming = self._read(update)
            if (attachment := incoming.attachment) and not (attachment.stored or attachment.problem):
                if self._router.wants_file(batch.held.get(update.chat)):
                    await self._fetch_first(batch.tx, update, attachment)
                    return
                incoming = incoming.model_copy(update={"attachment": _refused(attachment, "unexpected")})
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

    async def _turn(self, batch: "Batch", update: Update, incoming: Incoming, speaker: Speaker) -> None:
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

    async def _again_later(self, batch: "Batch", update: Update, speaker: Speaker | None, problem: str) -> None:
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

    # ---- files: fetched outside the transaction, then handled like any other update ------------------------------

    async def _fetch_first(self, tx: Transaction, update: Update, attachment: Attachment) -> None:
        """Fetches the file while the update waits; where enough are being fetched, it is looked at again later."""
        if len(self._fetching) + self._about_to_fetch < MOST_FETCHES:
            self._about_to_fetch += 1
            tx.after_commit(lambda: self._start_fetching(update, attachment))
            tx.after_rollback(self._fetch_begins)
        else:
            await store.put_off(tx, update.seq, self._clock.now() + FETCH_AGAIN)

    def _fetch_begins(self) -> None:
        self._about_to_fetch -= 1

    def _start_fetching(self, update: Update, attachment: Attachment) -> None:
        self._fetch_begins()
        self._fetching[update.seq] = asyncio.create_task(self._fetch(update, attachment))

    async def _fetch(self, update: Update, attachment: Attachment) -> None:
        try:
            fetched = await self._fetched(update.channel, attachment)
            async with self._database.write() as tx:
                await store.keep_file(tx, update.seq, fetched.model_dump_json())
        except Exception:
            log.exception("a fetched file could not be noted; it will be fetched again", seq=update.seq)
            await asyncio.sleep(FETCH_AGAIN.total_seconds())
        finally:
            del self._fetching[update.seq]
            self._wake.set()

    async def _fetched(self, channel: str, attachment: Attachment) -> Attachment:
        if attachment.size == 0:
            return _refused(attachment, "empty")
        if attachment.size and attachment.size > LARGEST_FILE:
            return _refused(attachment, "too_big")
        try:
            kept = await self._files.keep(lambda target: self._channels[channel].fetch(attachment, target))
        except FileRefused as refusal:
            return _refused(attachment, str(refusal))
        except Exception:
            log.exception("a file could not be fetched")
            return _refused(attachment, "gone")
        return attachment.model_copy(update={"stored": kept.name, "size": kept.size, "sha256": kept.sha256})


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


def _refused(attachment: Attachment, problem: str) -> Attachment:
    return attachment.model_copy(update={"problem": problem})
