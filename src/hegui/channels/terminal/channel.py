"""The terminal as a channel: letters go to every screen of an address and count as sent once one has shown them."""

import asyncio
import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hegui.channels.terminal.protocol import Content, Letter, Line
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.turn import Speaker
from hegui.delivery.channel import DeliveryFailed, FileRefused, OutcomeUnknown, Parcel
from hegui.delivery.outbox.store import NOBODY
from hegui.foundation.clock import Clock

NAME = "terminal"
SHOWN_WITHIN = timedelta(seconds=10)
AWAY = timedelta(hours=1)
LARGEST_FILE = 20 * 1024 * 1024  # bytes, as on the other channels
PIECE = 1024 * 1024
ANSWER = "turn:"  # how the ids of letters begin that answer a turn


class Screen:
    """One attached client. `write` hands it a line; `close` ends it."""

    def __init__(self, write: Callable[[Line], None], close: Callable[[], None]) -> None:
        self._write = write
        self.close = close
        self._waiting: dict[str, asyncio.Future[bool]] = {}

    def show(self, content: Content) -> asyncio.Future[bool]:
        """True once the client has shown it, False when it went away before."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting[content.id] = answer
        self._write(Letter(letter=content))
        return answer

    def shown(self, letter: str) -> None:
        self._answer(letter, shown=True)

    def gone(self) -> None:
        for letter in list(self._waiting):
            self._answer(letter, shown=False)

    def _answer(self, letter: str, *, shown: bool) -> None:
        answer = self._waiting.pop(letter, None)
        if answer and not answer.done():
            answer.set_result(shown)


class TerminalChannel:
    """Knows which screens are attached to which address."""

    name = NAME

    def __init__(self, clock: Clock, *, shown_within: timedelta = SHOWN_WITHIN) -> None:
        self._clock = clock
        self._shown_within = shown_within.total_seconds()
        self._screens: dict[str, list[Screen]] = {}
        self._numbers: dict[str, int] = {}

    def attach(self, address: str, screen: Screen) -> None:
        self._screens.setdefault(address, []).append(screen)

    def detach(self, address: str, screen: Screen) -> None:
        here = self._screens.get(address, [])
        if screen in here:
            here.remove(screen)
        if not here:
            self._screens.pop(address, None)
        screen.gone()

    def read(self, body: str) -> Incoming:
        return Incoming.model_validate_json(body)

    async def fetch(self, attachment: Attachment, target: Path) -> None:
        await asyncio.to_thread(copy_file, Path(attachment.source), target)

    async def send(self, parcel: Parcel) -> int | None:
        screens = list(self._screens.get(parcel.address, ()))
        if not screens:
            raise DeliveryFailed(NOBODY, retry_at=self._clock.now() + AWAY, counted=False)
        number = self._numbers[parcel.address] = self._numbers.get(parcel.address, 0) + 1
        notice = not parcel.id.startswith(ANSWER)
        content = Content(id=parcel.id, reply=parcel.reply, message=number, notice=notice)
        if not await self._shown(content, screens):
            raise OutcomeUnknown("no screen has shown it")
        return number

    async def _shown(self, content: Content, screens: list[Screen]) -> bool:
        """Whether a screen says so in time. One that keeps silent is cut off, so that later letters wait."""
        asked = {screen.show(content): screen for screen in screens}
        silent = set(asked)
        try:
            async with asyncio.timeout(self._shown_within):
                while silent:
                    answered, silent = await asyncio.wait(silent, return_when=asyncio.FIRST_COMPLETED)
                    if any(answer.result() for answer in answered):
                        return True
        except TimeoutError:
            for answer in silent:
                asked[answer].close()
        return False

    def heard(self, incoming: Incoming, speaker: Speaker) -> None:
        return


def copy_file(source: Path, target: Path) -> None:
    """Copies a regular file of this machine, at most as many bytes as are taken. Raises FileRefused."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe must not hold us up
    except OSError as missing:
        raise FileRefused("gone") from missing
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefused("gone")
    size = 0
    with os.fdopen(descriptor, "rb") as file, target.open("wb") as copy:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > LARGEST_FILE:
                raise FileRefused("too_big")
            copy.write(piece)
    if size == 0:
        raise FileRefused("empty")
