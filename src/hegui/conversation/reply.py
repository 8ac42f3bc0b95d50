"""What is said back, free of any channel: blocks of text, buttons, files."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

BlockKind = Literal["heading", "text", "item", "quote", "note"]
LONGEST_ACTION = 38  # what is left of Telegram's 64 bytes after version and signature


class ConversationModel(BaseModel):
    """Frozen, and closed to keys it does not know. Errors do not repeat what people wrote: they are logged."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Block(ConversationModel):
    """One paragraph. `item` is a line of a list, `quote` law or a person's words, `note` small print."""

    kind: BlockKind
    text: str


class Button(ConversationModel):
    """`action` is ASCII, parts joined by colons; the first part names the dialogue that takes the press."""

    label: str
    action: str = Field(max_length=LONGEST_ACTION, pattern=r"^[a-z_]+(:[A-Za-z0-9_.-]+)*$")


class OutgoingFile(ConversationModel):
    """A file of the data folder, with the name the person sees."""

    path: str
    name: str


class Reply(ConversationModel):
    """One message. A `panel` replaces the message whose button was pressed, where the channel can."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    panel: bool = False
    file: OutgoingFile | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    def plain(self) -> str:
        """The text alone, a block a line."""
        return "\n".join(block.text for block in self.blocks)


class Draft:
    """Builds a Reply step by step."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rows: list[tuple[Button, ...]] = []

    def add(self, kind: BlockKind, text: str) -> "Draft":
        self._blocks.append(Block(kind=kind, text=text))
        return self

    def heading(self, text: str) -> "Draft":
        return self.add("heading", text)

    def text(self, text: str) -> "Draft":
        return self.add("text", text)

    def item(self, text: str) -> "Draft":
        return self.add("item", text)

    def quote(self, text: str) -> "Draft":
        return self.add("quote", text)

    def note(self, text: str) -> "Draft":
        return self.add("note", text)

    def button(self, label: str, *action: str) -> "Draft":
        """A row with one button; the parts of `action` are joined by colons."""
        return self.row((label, action))

    def row(self, *buttons: tuple[str, tuple[str, ...]]) -> "Draft":
        self._rows.append(tuple(Button(label=label, action=":".join(action)) for label, action in buttons))
        return self

    def reply(self, *, panel: bool = False, file: OutgoingFile | None = None) -> Reply:
        return Reply(blocks=tuple(self._blocks), rows=tuple(self._rows), panel=panel, file=file)
