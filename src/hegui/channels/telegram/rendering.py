"""Turns the blocks of a Reply into Telegram's HTML, in as many messages as it takes. No tag is ever cut."""

import html
from collections.abc import Iterator, Sequence

from hegui.conversation.reply import Block, BlockKind

LONGEST_TEXT = 4000  # of 4096 UTF-16 units: right under both readings of Telegram's limit
LONGEST_CAPTION = 1000  # of 1024
MOST_BLOCKS = 100  # Telegram forgets the formatting after a hundred
TAGS: dict[BlockKind, tuple[str, str]] = {
    "heading": ("<b>", "</b>"),
    "text": ("", ""),
    "item": ("• ", ""),
    "quote": ("<blockquote>", "</blockquote>"),
    "note": ("<i>", "</i>"),
}
BULLET = "• "
STOPS = ("\n", "。；", ".;", " ")  # where a long text is cut, best first
GAP = 2  # units between two blocks, at most


class Piece:
    """One message: some blocks, as HTML or plain."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)

    @property
    def html(self) -> str:
        return self._joined([_html(block) for block in self.blocks])

    @property
    def plain(self) -> str:
        return self._joined([_plain(block) for block in self.blocks])

    @property
    def length(self) -> int:
        return units(self.plain)

    def _joined(self, parts: list[str]) -> str:
        text = ""
        before: Block | None = None
        for block, part in zip(self.blocks, parts, strict=True):
            text += (_gap(before, block) if before else "") + part
            before = block
        return text


def split(blocks: Sequence[Block], longest: int = LONGEST_TEXT) -> list[Piece]:
    """The messages: whole blocks where they fit, and a block that is too long at a line, a sentence or a word."""
    pieces: list[list[Block]] = []
    room = 0
    for block in _short(blocks, longest):
        size = units(_plain(block)) + GAP
        if not pieces or size > room or len(pieces[-1]) >= MOST_BLOCKS:
            pieces.append([])
            room = longest + GAP
        pieces[-1].append(block)
        room -= size
    return [Piece(piece) for piece in pieces]


def units(text: str) -> int:
    """How long Telegram says the text is: characters outside the basic plane, such as emoji, count two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short(blocks: Sequence[Block], longest: int) -> Iterator[Block]:
    for block in blocks:
        kind = block.kind
        for part in _parts(block.text.strip(), longest - len(BULLET)):
            yield Block(kind=kind, text=part)
            if kind == "item":
                kind = "text"  # what follows belongs to the same item: no second bullet


def _parts(text: str, longest: int) -> Iterator[str]:
    while units(text) > longest:
        end = _cut(text[: _fitting(text, longest)])
        if part := text[:end].strip():
            yield part
        text = text[end:].strip()
    if text:
        yield text


def _fitting(text: str, longest: int) -> int:
    """How many characters make up `longest` units."""
    taken = 0
    for index, character in enumerate(text):
        taken += 2 if character > "\uffff" else 1
        if taken > longest:
            return index
    return len(text)


def _cut(text: str) -> int:
    """Where to cut: after the last good stop of the second half, else at the very end."""
    for stops in STOPS:
        end = max(text.rfind(stop) for stop in stops) + 1
        if end > len(text) // 2:
            return end
    return len(text)


def _html(block: Block) -> str:
    before, after = TAGS[block.kind]
    return f"{before}{_escaped(block.text)}{after}"


def _escaped(text: str) -> str:
    """The only place where words become HTML."""
    return html.escape(text, quote=False)


def _plain(block: Block) -> str:
    return f"{BULLET}{block.text}" if block.kind == "item" else block.text


def _gap(before: Block, after: Block) -> str:
    """Lists stay together, a heading stays with what it heads; a quote has a margin of its own."""
    tight = before.kind == "heading" or before.kind == after.kind == "item" or "quote" in (before.kind, after.kind)
    return "\n" if tight else "\n\n"
