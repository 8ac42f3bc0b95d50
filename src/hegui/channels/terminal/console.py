"""The conversation in a terminal: reads lines, sends what they mean, shows what comes back."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hegui.channels.terminal.client import Client
from hegui.channels.terminal.lines import Lines, PlainLines, PromptLines, Typing
from hegui.channels.terminal.painting import Painter
from hegui.channels.terminal.protocol import Content, Said
from hegui.channels.terminal.typed import Choices, Leave, NoFile, Words, meant
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue

HISTORY = "chat_history"


class Console:
    """One conversation. With `echo` each line is printed before it is answered, so that a transcript reads well."""

    def __init__(self, client: Client, catalogue: Catalogue, *, rich: bool, echo: bool) -> None:
        self._client = client
        self._catalogue = catalogue
        self._echo = echo
        self._painter = Painter(self.say, rich=rich)
        self._choices = Choices()
        self.words = Words(
            attach=self._words("terminal.words.attach"),
            leave=self._words("terminal.words.leave"),
            back=self._words("terminal.words.back"),
        )

    def say(self, key: str, **params: Any) -> str:
        return self._catalogue.say(self._client.language, key, **params)

    def _words(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for language in LANGUAGES for word in self._catalogue.words(language, key)))

    def commands(self) -> Iterator[tuple[str, str]]:
        """Every command by its words, with what it does."""
        begin = "commands.about."
        for key in sorted(k for k in self._catalogue.keys("zh") if k.startswith(begin)):
            name, about = key.removeprefix(begin), self.say(key)
            yield name, about
            yield from ((word, about) for word in self._catalogue.words("zh", f"commands.words.{name}"))
        yield from ((word, self.say("terminal.about.attach")) for word in self.words.attach)
        yield from ((word, self.say("terminal.about.leave")) for word in self.words.leave)

    def show(self, content: Content) -> None:
        self._painter.letter(content)
        if content.reply.buttons:
            self._choices = Choices(content.message, content.reply.buttons)

    def complain(self, key: str, **params: Any) -> None:
        self._painter.text(self.say(key, **params))

    def introduce(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._painter.text(line)
        self._painter.text("")

    async def converse(self, lines: Lines) -> bool:
        """Until the person goes; says whether the lines came to their end. Raises EnvironmentProblem when cut off."""
        while (line := await self._next(lines)) is not None:
            if not line.strip():
                continue
            if self._echo:
                self._painter.text(f"> {line}")
            try:
                if not await self._act(line):
                    return False
            except Refusal as refusal:
                self.complain(refusal.key, **refusal.params)
        return True

    async def _next(self, lines: Lines) -> str | None:
        """The next line; a program that stops meanwhile is noticed at once."""
        line = asyncio.create_task(lines.next())
        ended = asyncio.create_task(self._client.ended.wait())
        try:
            await asyncio.wait((line, ended), return_when=asyncio.FIRST_COMPLETED)
            self._client.check()
            return await line
        finally:
            line.cancel()
            ended.cancel()

    async def _act(self, line: str) -> bool:
        """Does what the line means and waits for the answer; False when it means to go."""
        match meant(line, self._choices, self.words):
            case Leave():
                return False
            case NoFile() as missing:
                raise Refusal("terminal.no_file", path=missing.path)
            case act:
                await self._client.act(act)
                self._client.check()
                return True


async def talk(
    client: Client,
    catalogue: Catalogue,
    *,
    data_dir: Path,
    plain: bool,
    introduction: Sequence[str] = (),
    notice_within: float = 0,
    invitation: str | None = None,
) -> None:
    """The whole conversation of one client; an invitation is redeemed before anything is typed.

    At the end of piped input a notice is awaited for so many seconds.
    """
    piped = not sys.stdin.isatty()
    rich = not plain and not piped and sys.stdout.isatty()
    async with _console(client, catalogue, rich=rich, echo=piped) as console:
        if introduction:
            console.introduce(introduction)
        elif not piped:
            console.introduce([console.say("terminal.hello")])
        if invitation:
            await client.act(Said(text=f"/start {invitation}"))
        if rich:
            finished = await console.converse(_prompt(console, data_dir))
        else:
            finished = await console.converse(_plain(piped=piped))
        if finished and piped and notice_within:
            await _notice(client, notice_within)


@asynccontextmanager
async def _console(client: Client, catalogue: Catalogue, *, rich: bool, echo: bool) -> AsyncIterator[Console]:
    from contextlib import nullcontext

    from prompt_toolkit.patch_stdout import patch_stdout

    with patch_stdout(raw=True) if rich else nullcontext():
        console = Console(client, catalogue, rich=rich, echo=echo)
        listening = asyncio.create_task(client.listen(console.show, console.complain))
        try:
            yield console
        finally:
            client.close()
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def _prompt(console: Console, data_dir: Path) -> Lines:
    typing = Typing(console.commands, console.words.attach)
    lines = PromptLines(data_dir / HISTORY, typing, lambda: console.say("terminal.toolbar"))
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, lines.cancel)
    return lines


def _plain(*, piped: bool) -> Lines:
    lines = PlainLines(prompt=not piped)
    if not piped:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, lines.cancel)
    return lines


async def _notice(client: Client, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await client.noticed.wait()
    except TimeoutError:
        return
