"""Where typed lines come from: a pipe, or a prompt with history and completion."""

import asyncio
import codecs
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

CANCEL = "/cancel"
PROMPT = "> "


class Lines(Protocol):
    """Gives one line after the other; None at the end."""

    async def next(self) -> str | None: ...


class PlainLines:
    """Lines of standard input as they come. A thread reads, so that letters can arrive meanwhile."""

    def __init__(self, *, prompt: bool) -> None:
        self._prompt = prompt
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._stopped = threading.Event()
        # A daemon that reads the bare descriptor: it holds no lock when the program ends before the input does.
        threading.Thread(target=self._read, args=(sys.stdin.fileno(),), daemon=True).start()

    async def next(self) -> str | None:
        if self._prompt:
            sys.stdout.write(PROMPT)
            sys.stdout.flush()
        return await self._queue.get()

    def cancel(self) -> None:
        """Ctrl-C at the prompt."""
        self._queue.put_nowait(CANCEL)

    def _read(self, descriptor: int) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        pending = ""
        while piece := os.read(descriptor, 65536):
            *lines, pending = (pending + decoder.decode(piece)).split("\n")
            self._hand_on(lines)
        pending += decoder.decode(b"", final=True)
        self._hand_on([pending] if pending else [])
        self._hand_on([None])

    def _hand_on(self, lines: Iterable[str | None]) -> None:
        for line in lines:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._queue.put_nowait, line)


class PromptLines:
    """A prompt with history, completion and a line of help below."""

    def __init__(self, history: Path, completer: Completer, toolbar: Callable[[], str]) -> None:
        history.touch(mode=0o600)
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)),
            completer=completer,
            complete_while_typing=False,
            bottom_toolbar=toolbar,
            enable_history_search=True,
        )
        self._cancelled = False

    def cancel(self) -> None:
        """Ctrl-C between two prompts; at a prompt it is a key like others."""
        self._cancelled = True

    async def next(self) -> str | None:
        if self._cancelled:
            self._cancelled = False
            return CANCEL
        try:
            return await self._session.prompt_async(PROMPT, handle_sigint=False)
        except EOFError:
            return None
        except KeyboardInterrupt:
            return CANCEL


class Typing(Completer):
    """Commands with what they do, and paths behind the words that attach a file."""

    def __init__(self, commands: Callable[[], Iterable[tuple[str, str]]], attach: Iterable[str]) -> None:
        self._commands = commands
        self._attach = tuple(f"/{word}" for word in attach)
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        word, blank, rest = typed.partition(" ")
        if blank and word in self._attach:
            return self._paths.get_completions(Document(rest), complete_event)
        if not typed.startswith("/") or blank:
            return ()
        return [
            Completion(f"/{name}", start_position=-len(typed), display_meta=about)
            for name, about in self._commands()
            if f"/{name}".startswith(typed)
        ]
