"""Works on files outside the conversation: one at a time a person, two in all; each result is told once.

A task that is begun is marked on disk first. What a stopped process left behind is begun again; the second time it
stops the process too, it is given up with a sentence.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from hegui.capabilities.file_check import pages, store
from hegui.capabilities.file_check.model import Examiner, FileTask, UploadedFile
from hegui.conversation.reply import OutgoingFile, Reply
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.foundation import audit
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue, Texts

log = structlog.get_logger(__name__)
AT_ONCE = 2
MOST_ATTEMPTS = 2


class FileWorker:
    """Takes waiting tasks to their examiners, and what comes out to the outbox."""

    def __init__(
        self,
        database: Database,
        examiners: Mapping[str, Examiner],
        files: FileFolder,
        *,
        clock: Clock,
        catalogue: Catalogue,
        letters_queued: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._examiners = examiners
        self._files = files
        self._clock = clock
        self._catalogue = catalogue
        self._letters_queued = letters_queued
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop`; what is under way then is begun again by the next process."""
        recovered = False
        while not stop.is_set():
            self._wake.clear()
            try:
                if not recovered:
                    await self.recover()
                    recovered = True
                await self.tick()
            except Exception:
                log.exception("files could not be worked on; they wait")
            await self._rest()
        for task in (under_way := list(self._under_way.values())):
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(1):
                await self._wake.wait()
        except TimeoutError:
            return

    async def recover(self) -> None:
        """What is marked as begun was left by a process that stopped."""
        async with self._database.write() as tx:
            await store.left_behind(tx)

    async def tick(self) -> int:
        """Begins what waits and has room; returns how many were begun."""
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return 0
        async with self._database.read() as tx:
            waiting = await store.next_waiting(tx, list(self._under_way), room)
        begun = 0
        for task in waiting:
            async with self._database.write() as tx:
                mine = await store.begin(tx, task.id)
            if mine:
                begun += 1
                self._under_way[task.person] = asyncio.create_task(self._work(task))
        return begun

    async def idle(self) -> None:
        """Waits until nothing is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _work(self, task: FileTask) -> None:
        try:
            await self._to_its_end(task)
        except Exception:
            log.exception("a result could not be noted", task=task.id)
            await self._once_more(task)
        finally:
            self._under_way.pop(task.person, None)
            self._wake.set()

    async def _once_more(self, task: FileTask) -> None:
        """It may have been the store: the file is looked at again, but not for ever."""
        async with self._database.write() as tx:
            if task.attempts < MOST_ATTEMPTS:
                await store.again(tx, task.id)
            else:
                await store.settle(tx, task.id, "refused", self._clock.now())

    async def _to_its_end(self, task: FileTask) -> None:
        async with self._database.read() as tx:
            file = await store.get_file(tx, task.file)
            found = await store.latest_found(tx, task.file)
        if file is None or file.stored is None or file.kind not in self._examiners:
            await self._refuse(task, file, Refusal("file.taken_back"))
        elif task.attempts >= MOST_ATTEMPTS:
            await self._refuse(task, file, Refusal("file.gave_up"))
        else:
            await self._with(self._examiners[file.kind or ""], task, file, found)

    async def _with(self, examiner: Examiner, task: FileTask, file: UploadedFile, found: FileTask | None) -> None:
        try:
            if task.work == "examine":
                result = await examiner.examine(self._files.path(file.stored or ""), task.given)
                await self._settle(task, file, examiner, result=result)
            elif found is None:
                await self._refuse(task, file, Refusal("file.taken_back"))
            else:
                await self._settle(task, file, examiner, made=await self._made(examiner, task, file, found))
        except Refusal as refusal:
            await self._refuse(task, file, refusal)
        except Exception:
            log.exception("a file could not be worked on", task=task.id)
            await self._refuse(task, file, Refusal("file.failed"))

    async def _made(self, examiner: Examiner, task: FileTask, file: UploadedFile, found: FileTask) -> tuple[str, str]:
        """Stored name and shown name of the file that was asked for."""
        shown: list[str] = []

        async def write(target: Path) -> None:
            made = await examiner.make(task.work, file, self._files.path(file.stored or ""), found, target)
            shown.append(made)

        kept = await self._files.keep(write)
        return kept.name, shown[0]

    async def _settle(
        self,
        task: FileTask,
        file: UploadedFile,
        examiner: Examiner,
        *,
        result: dict[str, Any] | None = None,
        made: tuple[str, str] | None = None,
    ) -> None:
        now = self._clock.now()
        say = Texts(self._catalogue, task.language)
        done = task.model_copy(update={"state": "done", "result": result, "settled_at": now})
        if made:
            reply = pages.made(say, task.work, OutgoingFile(path=str(self._files.path(made[0])), name=made[1]))
        else:
            reply = pages.summary(say, examiner, file, done).reply()
        async with self._database.write() as tx:
            if await store.settle(tx, task.id, "done", now, result=result, made=made[0] if made else None):
                await self._tell(tx, task, reply, now, "done")

    async def _refuse(self, task: FileTask, file: UploadedFile | None, refusal: Refusal) -> None:
        now = self._clock.now()
        told = {"key": refusal.key, "params": {name: str(value) for name, value in refusal.params.items()}}
        reply = pages.refused(Texts(self._catalogue, task.language), file, refusal).reply()
        async with self._database.write() as tx:
            if await store.settle(tx, task.id, "refused", now, refusal=told):
                await self._tell(tx, task, reply, now, refusal.key)

    async def _tell(self, tx: Transaction, task: FileTask, reply: Reply, now: datetime, outcome: str) -> None:
        await audit.record(
            tx, f"file {task.work}", at=now, actor=task.person, about=task.about, door="worker", outcome=outcome
        )
        letter = NewLetter(
            key=f"file:{task.id}",
            kind=LetterKind.RESULT,
            person=task.person,
            channel=task.channel,
            address=task.address,
            about=task.about,
            reply=reply,
            ready_at=now,
        )
        await outbox.queue(tx, [letter])
        tx.after_commit(self._letters_queued)
