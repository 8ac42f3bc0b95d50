"""Fetches files that people sent: outside the transaction, a few at a time; then they are updates like any other."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from hegui.conversation.incoming import Attachment
from hegui.delivery.channel import Channel, FileRefused
from hegui.delivery.inbox import store
from hegui.delivery.inbox.store import Update
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.files import FileFolder

log = structlog.get_logger(__name__)
LARGEST_FILE = 20 * 1024 * 1024  # bytes: what Telegram lets a bot download
MOST_FETCHES = 4
FETCH_AGAIN = timedelta(seconds=1)


class Fetching:
    """Updates whose file is under way. `fetched` is called after each, whatever came of it."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        files: FileFolder,
        clock: Clock,
        fetched: Callable[[], None],
    ) -> None:
        self._database = database
        self._channels = channels
        self._files = files
        self._clock = clock
        self._done = fetched
        self._about_to_begin = 0
        self._under_way: dict[int, asyncio.Task[None]] = {}

    @property
    def under_way(self) -> list[int]:
        """Numbers of the updates that wait for their file."""
        return list(self._under_way)

    async def first(self, tx: Transaction, update: Update, attachment: Attachment) -> None:
        """Fetches the file while the update waits; where enough are being fetched, it is looked at again later."""
        if len(self._under_way) + self._about_to_begin < MOST_FETCHES:
            self._about_to_begin += 1
            tx.after_commit(lambda: self._start(update, attachment))
            tx.after_rollback(self._begins)
        else:
            await store.put_off(tx, update.seq, self._clock.now() + FETCH_AGAIN)

    async def idle(self) -> None:
        """Waits until no file is being fetched."""
        while self._under_way:
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Gives up what is under way: the updates are on disk, and their files are fetched anew."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _begins(self) -> None:
        self._about_to_begin -= 1

    def _start(self, update: Update, attachment: Attachment) -> None:
        self._begins()
        self._under_way[update.seq] = asyncio.create_task(self._fetch(update, attachment))

    async def _fetch(self, update: Update, attachment: Attachment) -> None:
        try:
            fetched = await self._fetched(update.channel, attachment)
            async with self._database.write() as tx:
                await store.keep_file(tx, update.seq, fetched.model_dump_json())
        except Exception:
            log.exception("a fetched file could not be noted; it will be fetched again", seq=update.seq)
            await asyncio.sleep(FETCH_AGAIN.total_seconds())
        finally:
            del self._under_way[update.seq]
            self._done()

    async def _fetched(self, channel: str, attachment: Attachment) -> Attachment:
        if attachment.size == 0:
            return refused(attachment, "empty")
        if attachment.size and attachment.size > LARGEST_FILE:
            return refused(attachment, "too_big")
        try:
            kept = await self._files.keep(lambda target: self._channels[channel].fetch(attachment, target))
        except FileRefused as refusal:
            return refused(attachment, str(refusal))
        except Exception:
            log.exception("a file could not be fetched")
            return refused(attachment, "gone")
        return attachment.model_copy(update={"stored": kept.name, "size": kept.size, "sha256": kept.sha256})


def refused(attachment: Attachment, problem: str) -> Attachment:
    """The attachment that was not taken, with the reason."""
    return attachment.model_copy(update={"problem": problem})
