"""One attached client on the program's side: its acts go into the inbox, letters for it come out."""

import asyncio
import secrets
from pathlib import PurePosixPath
from typing import Any

import structlog
from pydantic import ValidationError

from hegui.channels.terminal.channel import Screen, TerminalChannel
from hegui.channels.terminal.desk import Desk
from hegui.channels.terminal.protocol import (
    Act,
    Done,
    Hello,
    Known,
    Line,
    Ordered,
    Pressed,
    Problem,
    Refused,
    Said,
    Sent,
    Settled,
    Shown,
    Welcome,
    from_client,
)
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.turn import Speaker
from hegui.foundation.errors import Refusal

log = structlog.get_logger(__name__)
LOOK_FOR_LETTERS = (0, 2)  # seconds after arrival; the second look finds one that was just being put back
MOST_OPEN_ACTS = 32


class Session:
    """From hello to goodbye. A line that cannot be read is answered with a problem, and the talk goes on."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, desk: Desk, channel: TerminalChannel
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._desk = desk
        self._channel = channel
        self._source = f"terminal:{secrets.token_hex(8)}"
        self._acts = 0
        self._open_acts = asyncio.Semaphore(MOST_OPEN_ACTS)
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        speaker = await self._greeted()
        if speaker is None:
            return
        screen = Screen(self._write, self._writer.close)
        self._channel.attach(speaker.address, screen)
        try:
            self._start(self._look_for_letters(speaker.address))
            await self._listen(speaker, screen)
        finally:
            self._channel.detach(speaker.address, screen)
            for task in self._tasks:
                task.cancel()

    def _write(self, line: Line) -> None:
        if not self._writer.is_closing():
            self._writer.write(line.encoded())

    async def _greeted(self) -> Speaker | None:
        """The speaker, once the hello is understood."""
        first = await self._next()
        if isinstance(first, Ordered):
            await self._carry_out(first)
            return None
        if not isinstance(first, Hello):
            self._write(Problem(problem="terminal.no_hello"))
            return None
        who = first.hello
        try:
            speaker = await self._desk.introduce(who.person, who.name, who.language)
        except Refusal as refusal:
            self._write(Problem(problem=refusal.key))
            return None
        self._welcome(speaker)
        return speaker

    async def _carry_out(self, ordered: Ordered) -> None:
        try:
            self._write(Done(done=await self._desk.order(ordered.order, ordered.given)))
        except Refusal as refusal:
            params = {name: str(value) for name, value in refusal.params.items()}
            self._write(Refused(refused=refusal.key, params=dict(params)))
        await self._writer.drain()

    def _welcome(self, speaker: Speaker) -> None:
        self._write(Welcome(welcome=Known(person=speaker.person, language=speaker.language)))

    async def _look_for_letters(self, address: str) -> None:
        for seconds in LOOK_FOR_LETTERS:
            await asyncio.sleep(seconds)
            await self._desk.here(address)

    async def _listen(self, speaker: Speaker, screen: Screen) -> None:
        while (line := await self._next()) is not None:
            match line:
                case Shown():
                    screen.shown(line.shown)
                case Hello() | Ordered():
                    self._write(Problem(problem="terminal.bad_line"))
                case _:
                    await self._open_acts.acquire()
                    self._start(self._handle(speaker, line, self._number()))

    def _number(self) -> int:
        self._acts += 1
        return self._acts

    async def _handle(self, speaker: Speaker, act: Act, number: int) -> None:
        try:
            await self._desk.submit(self._source, speaker.address, number, incoming(act))
            await self._desk.settled(self._source, number)
            language = await self._desk.language_of(speaker.address)
            self._welcome(speaker.model_copy(update={"language": language}))
            self._write(Settled(settled=number))
        finally:
            self._open_acts.release()

    async def _next(self) -> Hello | Act | Shown | Ordered | None:
        """The next line that can be read; None when the client is gone."""
        while True:
            try:
                raw = await self._reader.readline()
                return from_client.validate_json(raw) if raw else None
            except ConnectionError:
                return None
            except ValidationError:
                self._write(Problem(problem="terminal.bad_line"))
            except ValueError:  # longer than a line may be; what follows of it is no line either
                self._write(Problem(problem="terminal.line_too_long"))

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("a terminal session failed", exc_info=fault)
            self._writer.close()


def incoming(act: Act) -> Incoming:
    """What the client did, free of the channel."""
    match act:
        case Said():
            return Incoming(kind="text", text=act.text)
        case Pressed():
            return Incoming(kind="press", action=act.press, message=act.message)
        case Sent():
            name = PurePosixPath(act.name).name
            return Incoming(kind="file", attachment=Attachment(source=act.file, name=name))
