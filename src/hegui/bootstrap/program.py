"""The program: everything that talks, in one process, until it is told to stop."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from hegui.bootstrap import auditing
from hegui.bootstrap.housekeeping import Housekeeper
from hegui.bootstrap.rules import open_answering
from hegui.capabilities.answering.dialogue import AskDialogue
from hegui.capabilities.answering.place import PlaceDialogue
from hegui.capabilities.answering.reminding import Reminding
from hegui.capabilities.file_check.dialogue import FileDialogue
from hegui.capabilities.file_check.documents import DocumentExaminer
from hegui.capabilities.file_check.ledgers import LedgerExaminer
from hegui.capabilities.file_check.model import Examiner
from hegui.capabilities.file_check.worker import FileWorker
from hegui.capabilities.hand_over.dialogue import HandOverDialogue
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping
from hegui.capabilities.ledger.own.dialogue import LedgerDialogue
from hegui.capabilities.ledger.own.doctor import Doctor
from hegui.capabilities.membership.dialogue import LeaveDialogue
from hegui.capabilities.rectification.dialogue import RectificationDialogue
from hegui.capabilities.self_check.dialogue import SelfCheckDialogue
from hegui.capabilities.welcome.dialogue import WelcomeDialogue
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.router import Router
from hegui.delivery.channel import Channel
from hegui.delivery.inbox import store as inbox
from hegui.delivery.inbox.flooding import Patience
from hegui.delivery.inbox.store import Arrival
from hegui.delivery.inbox.worker import InboxWorker
from hegui.delivery.outbox.decisions import Limits
from hegui.delivery.outbox.sender import Sender
from hegui.delivery.quiet_hours import QuietHours, released_at
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.delivery.reminders.worker import ReminderWorker
from hegui.delivery.screening import Screening
from hegui.foundation.clock import Clock, SystemClock
from hegui.foundation.database.store import Database
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.randomness import Randomness, SystemRandomness
from hegui.foundation.typesetting.apart import TypesetterApart
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

ZONE = "Asia/Shanghai"


def _patience(settings: Settings) -> dict[str, Patience]:
    """Who sits at the terminal may be as quick as they like: they are already on this machine."""
    per_minute = settings.telegram.person_per_minute
    return {"telegram": Patience(per_minute=per_minute)} if per_minute else {}


async def no_bot() -> str | None:
    """The user name of the bot, where there is none."""
    return None


class Program:
    """Database, rulebook, dialogues, channels and workers of one process."""

    def __init__(
        self,
        settings: Settings,
        rulebook: Rulebook,
        database: Database,
        *,
        channels: Mapping[str, Channel],
        clock: Clock | None = None,
        randomness: Randomness | None = None,
        limits: Mapping[str, Limits] | None = None,
        bot_name: Callable[[], Awaitable[str | None]] | None = None,
    ) -> None:
        self.settings = settings
        self.rulebook = rulebook
        self.database = database
        self.channels = channels
        self.clock = clock or SystemClock()
        self.randomness = randomness or SystemRandomness()
        self.bot_name = bot_name or no_bot
        self.catalogue = Catalogue.load()
        self.files = FileFolder(settings.data_dir / "files", self.randomness)
        quiet = settings.notifications.quiet()
        self.quiet = QuietHours(begin=quiet[0], end=quiet[1]) if quiet else None
        self.timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
        self.reminders = Reminders(
            self.timetable, quiet=self.quiet, catalogue=self.catalogue, randomness=self.randomness
        )
        self.bookkeeping = Bookkeeping(rulebook, self.reminders, self.catalogue, self.randomness, Doctor.of(rulebook))
        self.sender = Sender(
            database,
            channels,
            clock=self.clock,
            catalogue=self.catalogue,
            owner=secrets.token_hex(4),
            released_at=self.released_at,
            screen=Screening(rulebook, self.catalogue),
            limits=limits,
            in_flight=settings.telegram.under_way,
        )
        self.examiners = self._examiners()
        self.file_worker = FileWorker(
            database,
            self.examiners,
            self.files,
            clock=self.clock,
            catalogue=self.catalogue,
            letters_queued=self.sender.wake,
        )
        self.inbox = InboxWorker(
            database,
            self._router(),
            channels,
            clock=self.clock,
            catalogue=self.catalogue,
            randomness=self.randomness,
            files=self.files,
            language=settings.language,
            letters_queued=self.sender.wake,
            patience=_patience(settings),
        )
        self.reminder_worker = ReminderWorker(
            database, self.reminders, clock=self.clock, letters_queued=self.sender.wake
        )

        self.housekeeper = Housekeeper(database, self.files, self.clock)
        self.notary = auditing.notary(settings, database, self.clock)

    def released_at(self, moment: datetime) -> datetime:
        return released_at(moment, self.quiet, ZONE)

    def _examiners(self) -> dict[str, Examiner]:
        examiners: list[Examiner] = [
            LedgerExaminer(self.rulebook, self.catalogue, self.clock, TypesetterApart(self.settings.fonts.dir))
        ]
        examiners += [
            DocumentExaminer(kind.id, pack.id, self.rulebook, self.catalogue)
            for pack in self.rulebook.packs
            for kind in pack.documents
        ]
        return {examiner.kind: examiner for examiner in examiners}

    def _router(self) -> Router:
        hand_over = HandOverDialogue(self.timetable.days, self.randomness)
        reminding = Reminding(self.rulebook, self.reminders)
        answering = AskDialogue(
            open_answering(self.settings, self.rulebook, self.catalogue),
            hand_over,
            reminding,
            self.randomness,
        )
        rectification = RectificationDialogue(self.rulebook, self.reminders, self.randomness)
        files = FileDialogue(
            self.rulebook, self.examiners, self.files, rectification, self.randomness, self.file_worker.wake
        )
        dialogues: list[Dialogue] = [
            WelcomeDialogue(),
            answering,
            PlaceDialogue(self.rulebook),
            SelfCheckDialogue(self.rulebook, self.randomness),
            files,
            rectification,
            LedgerDialogue(self.bookkeeping, self.files),
            LeaveDialogue(),
            hand_over,
        ]
        return Router(dialogues, free_text=answering, catalogue=self.catalogue, files=files)

    async def put(self, source: str, channel: str, arrivals: list[Arrival]) -> None:
        """Keeps updates: they are on disk when this returns."""
        async with self.database.write() as tx:
            await inbox.put(tx, source, channel, arrivals, self.clock.now())
            tx.after_commit(self.inbox.wake)

    async def backlog(self) -> int:
        async with self.database.read() as tx:
            return await inbox.backlog(tx)

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop`: what is under way is finished, what waits stays on disk."""
        async with asyncio.TaskGroup() as workers:
            workers.create_task(self.inbox.run(stop))
            workers.create_task(self.sender.run(stop))
            workers.create_task(self.reminder_worker.run(stop))
            workers.create_task(self.file_worker.run(stop))
            workers.create_task(self.housekeeper.run(stop))
            workers.create_task(self.notary.run(stop))
            await stop.wait()
            self.inbox.wake()
            self.sender.wake()
            self.file_worker.wake()
        await self.notary.close()  # after the last act of all workers
