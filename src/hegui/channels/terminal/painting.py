"""Draws replies: plain lines for pipes and scripts, rich text for a terminal."""

from collections.abc import Callable, Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from hegui.channels.terminal.protocol import Content
from hegui.conversation.reply import Block, Button, Reply
from hegui.conversation.router import clean

Say = Callable[..., str]
STYLES = {"heading": "bold", "note": "dim", "quote": "cyan", "buttons": "", "notice": "bold yellow", "file": "bold"}
FIRST = {"item": "· ", "quote": "│ "}
FOLLOWING = {"item": "  ", "quote": "│ "}
BETWEEN_BUTTONS = "   "


class Painter:
    """Writes whole messages. `say` speaks the person's present language."""

    def __init__(self, say: Say, *, rich: bool) -> None:
        self._say = say
        self._rich = rich
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=not rich)

    def letter(self, content: Content) -> None:
        if content.notice:
            self._line("notice", self._say("terminal.notice"))
        for kind, text in self._lines(content.reply):
            self._line(kind, text)
        self._line("text", "")

    def text(self, text: str, kind: str = "text") -> None:
        self._line(kind, text)

    def _lines(self, reply: Reply) -> Iterator[tuple[str, str]]:
        for block in reply.blocks:
            for line in lines_of(block):
                yield block.kind, self._framed(block.kind, line)
            if block.kind == "heading" and not self._rich:
                yield "heading", "─" * max(cell_len(line) for line in lines_of(block))
        if reply.file:
            yield "file", self._say("terminal.file", name=clean(reply.file.name), path=reply.file.path)
        for row in numbered(reply.rows):
            yield "buttons", row

    def _framed(self, kind: str, line: str) -> str:
        """Small print is dim where that can be seen, else in brackets."""
        return self._say("terminal.note", text=line) if kind == "note" and not self._rich else line

    def _line(self, kind: str, text: str) -> None:
        if self._rich:
            self._print(Text(text, style=STYLES.get(kind, "")))
        else:
            self._print(text)

    def _print(self, what: Any) -> None:
        if self._rich:
            # Chinese breaks anywhere: wrapped at blanks, a whole sentence would jump to the next line.
            self._console.print(what, soft_wrap=not str(what).isascii())
        else:
            self._console.out(what, highlight=False)
        self._console.file.flush()


def lines_of(block: Block) -> list[str]:
    """The block line by line, with the mark of its kind; nothing that could steer a terminal is left in it."""
    lines = clean(block.text).splitlines() or [""]
    marks = [FIRST.get(block.kind, ""), *[FOLLOWING.get(block.kind, "")] * (len(lines) - 1)]
    return [mark + line for mark, line in zip(marks, lines, strict=True)]


def numbered(rows: tuple[tuple[Button, ...], ...]) -> Iterator[str]:
    """`[1] label`, counted on over all rows."""
    number = 0
    for row in rows:
        shown = []
        for button in row:
            number += 1
            shown.append(f"[{number}] {clean(button.label)}")
        yield BETWEEN_BUTTONS.join(shown)
