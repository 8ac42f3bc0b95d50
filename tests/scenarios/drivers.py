"""Two ways to act the same story: through `hegui chat` behind a pipe, and through Telegram in front of `hegui run`."""

import asyncio
import re
from pathlib import Path
from typing import Protocol

from tests.bot_api_server import BotApiServer, Person
from tests.scenarios.processes import COMMAND, STARTS_WITHIN, Running, environment, telegram

BUTTON = re.compile(r"\[(\d+)\] (.+?)(?=   \[|$)")


class Driver(Protocol):
    """A person in front of the program."""

    data_dir: Path

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def kill(self) -> None: ...
    async def says(self, text: str) -> None: ...
    async def presses(self, label: str) -> None: ...
    async def sees(self, fragment: str) -> None: ...
    def times_seen(self, fragment: str) -> int: ...


class InTerminal:
    """`hegui chat --plain`: program and conversation in one child process."""

    def __init__(self, data_dir: Path, *arguments: str) -> None:
        self.data_dir = data_dir
        self._arguments = arguments
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._seen = ""
        self._acted_at = 0
        self._more = asyncio.Event()

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *COMMAND,
            "chat",
            "--plain",
            *self._arguments,
            env=environment(self.data_dir, PYTHONUNBUFFERED="1"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read())

    async def stop(self) -> None:
        process = self._running()
        assert process.stdin is not None
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), STARTS_WITHIN) == 0, self._seen[-2000:]
        await self._read_to_its_end()

    async def kill(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        await self._read_to_its_end()

    async def says(self, text: str) -> None:
        self._acted_at = len(self._seen)
        process = self._running()
        assert process.stdin is not None
        process.stdin.write(text.encode() + b"\n")
        await process.stdin.drain()

    async def presses(self, label: str) -> None:
        """Types the number of the button on the screen whose label holds this text."""
        number = next((n for n, shown in self._buttons() if label in shown), None)
        assert number, f"no button {label!r} in {self._seen[-1000:]}"
        await self.says(number)

    async def sees(self, fragment: str) -> None:
        """Waits until a whole message with this text has come since the last act."""
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                while not self._whole(fragment):
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(f"{fragment!r} did not come; last: {self._seen[-1500:]}") from None

    def times_seen(self, fragment: str) -> int:
        return self._seen.count(fragment)

    def _whole(self, fragment: str) -> bool:
        _, found, after = self._seen[self._acted_at :].partition(fragment)
        return bool(found) and "\n\n" in after

    def _buttons(self) -> list[tuple[str, str]]:
        messages = self._seen.split("\n\n")
        with_buttons = next(m for m in reversed(messages) if BUTTON.search(m))
        return [pair for line in with_buttons.splitlines() if line.startswith("[") for pair in BUTTON.findall(line)]

    async def _read(self) -> None:
        stdout = self._running().stdout
        assert stdout is not None
        while piece := await stdout.readline():
            self._seen += piece.decode()
            self._more.set()

    async def _read_to_its_end(self) -> None:
        if self._reading:
            await self._reading

    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process


class InTelegram:
    """A private chat with the bot; the program is a child process of its own."""

    def __init__(self, data_dir: Path, server: BotApiServer, number: int = 501) -> None:
        self.data_dir = data_dir
        self.server = server
        self.person: Person = server.person(number)
        self.program = Running(data_dir, telegram(server))

    async def start(self) -> None:
        await self.program.start()

    async def stop(self) -> None:
        assert await self.program.stop() == 0, self.program.printed()[-2000:]

    async def kill(self) -> None:
        await self.program.kill()

    async def says(self, text: str) -> None:
        self.person.says(text)

    async def presses(self, label: str) -> None:
        self.person.presses(label)

    async def sees(self, fragment: str) -> None:
        await self.person.sees(fragment, STARTS_WITHIN)

    def times_seen(self, fragment: str) -> int:
        return sum(fragment in text for text in self.person.texts)
