"""Clients for the tests: one that speaks the bare protocol, and child processes behind pipes and terminals."""

import asyncio
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "hegui")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07|\r")


class Raw:
    """Sends lines as they are given and reads what comes back."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, place: Path) -> "Raw":
        return cls(*await asyncio.open_unix_connection(str(place)))

    async def says(self, **line: Any) -> None:
        await self.sends(json.dumps(line).encode() + b"\n")

    async def sends(self, raw: bytes) -> None:
        self._writer.write(raw)
        await self._writer.drain()

    async def hears(self, wanted: str) -> Any:
        """The next line with this key; other lines are passed over."""
        async with asyncio.timeout(10):
            while raw := await self._reader.readline():
                line = json.loads(raw)
                if wanted in line:
                    return line[wanted]
        return None

    async def greets(self, **who: Any) -> Any:
        await self.says(hello={"name": "tester", **who})
        return await self.hears("welcome")

    async def asks(self, text: str) -> str:
        """Says a text, shows the answer, waits until it is settled."""
        await self.says(text=text)
        letter = await self.hears("letter")
        await self.says(shown=letter["id"])
        await self.hears("settled")
        return plain(letter)

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


def plain(letter: Any) -> str:
    return "\n".join(block["text"] for block in letter["reply"]["blocks"])


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEGUI_")}
    return {**kept, "HEGUI_DATA_DIR": str(data_dir), "TERM": "xterm-256color", "PYTHONUNBUFFERED": "1", **more}


def piped(data_dir: Path, *arguments: str, lines: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end with these lines on its standard input."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=lines,
        capture_output=True,
        text=True,
        timeout=90,
        env=environment(data_dir, **more),
    )


class Terminal:
    """A command behind a real terminal of 200 by 40, which is its controlling one: Ctrl-C is a signal."""

    def __init__(self, data_dir: Path, *arguments: str, **more: str) -> None:
        self._descriptor, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("4H", 40, 200, 0, 0))
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment(data_dir, **more),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  there is one thread
        )
        os.close(inside)
        self._seen = ""

    def types(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def shows(self, wanted: str, seconds: float = 60) -> str:
        """Reads until the text is on the screen; what came before it is not looked at again."""
        end = time.monotonic() + seconds
        while wanted not in self._seen:
            left = end - time.monotonic()
            assert left > 0, f"{wanted!r} is not in {self._seen!r}"
            if select.select([self._descriptor], [], [], left)[0]:
                self._read()
        before, _, self._seen = self._seen.partition(wanted)
        return before

    def _read(self) -> None:
        piece = os.read(self._descriptor, 65536).decode(errors="replace")
        if "\x1b[6n" in piece:
            self.types("\x1b[1;1R")  # where the cursor is: prompt_toolkit asks
        self._seen += CONTROL.sub("", piece)

    def ends(self, seconds: float = 60) -> int:
        """Reads on until the command has ended; its exit code."""
        end = time.monotonic() + seconds
        try:
            while select.select([self._descriptor], [], [], max(end - time.monotonic(), 0))[0]:
                self._read()
        except OSError:  # the far side of the terminal is closed
            return self.process.wait(seconds)
        raise AssertionError(f"it does not end; the screen shows {self._seen!r}")

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._descriptor)
