"""Finds the dialogue for an act: command, press, floor, free text. Refusals become one sentence and undo the turn."""

import unicodedata
from collections.abc import Sequence

from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Floor, Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue

LONGEST_TEXT = 4096
CANCEL = "cancel"


class Router:
    """Every dialogue by its name and commands; `free_text` and `files` take what nobody else claims."""

    def __init__(
        self,
        dialogues: Sequence[Dialogue],
        *,
        free_text: Dialogue,
        catalogue: Catalogue,
        files: Dialogue | None = None,
    ) -> None:
        self.dialogues = {dialogue.name: dialogue for dialogue in dialogues}
        self._free_text = free_text
        self._files = files
        self._commands = {command: d for d in dialogues for command in d.commands}
        self._words = {
            word.lower(): command
            for command in (*self._commands, CANCEL)
            for language in LANGUAGES
            for word in (command, *catalogue.words(language, f"commands.words.{command}"))
        }

    @property
    def commands(self) -> tuple[str, ...]:
        return (*self._commands, CANCEL)

    def wants_file(self, floor: Floor | None) -> bool:
        """Whether a file sent to a chat with this floor is to be fetched at all."""
        return self._files is not None or self._waiting_for_file(floor) is not None

    def _waiting_for_file(self, floor: Floor | None) -> Dialogue | None:
        holder = self.dialogues.get(floor.dialogue) if floor else None
        return holder if holder and floor and holder.wants_file(floor.step) else None

    async def handle(self, turn: Turn) -> None:
        """Lets the right dialogue act. A Refusal undoes what the turn wrote and is said; other errors go up."""
        floor = turn.floor
        try:
            async with turn.tx.guarded():
                await self._dispatch(turn)
        except Refusal as refusal:
            turn.floor = floor
            turn.replies = [Draft().text(turn.say(refusal.key, **refusal.params)).reply()]
            await turn.audit("refused", turn.incoming.kind, outcome=refusal.key)

    async def _dispatch(self, turn: Turn) -> None:
        match turn.incoming.kind:
            case "text":
                await self._text(turn, clean(turn.incoming.text))
            case "press":
                await self._press(turn)
            case "file":
                await self._file(turn)
            case "foreign_press":
                raise Refusal("conversation.old_button")
            case "other":
                raise Refusal("conversation.not_understood_kind")
            case _:
                return

    async def _text(self, turn: Turn, text: str) -> None:
        if not text:
            raise Refusal("conversation.empty")
        if len(text) > LONGEST_TEXT:
            raise Refusal("conversation.too_long", longest=LONGEST_TEXT)
        if text.startswith("/"):
            word, *rest = text.split(maxsplit=1)  # at any white space: a line break, a full-width blank
            await self._command(turn, self._slash_command(word), rest[0] if rest else "")
        elif command := self._words.get(text.lower()):
            await self._command(turn, command, "")
        else:
            await self._listener(turn).on_text(turn, text)

    def _slash_command(self, word: str) -> str:
        """`/check`, `/check@our_bot` or the same in another language."""
        command = self._words.get(word[1:].partition("@")[0].lower())
        if command is None:
            raise Refusal("conversation.unknown_command")
        return command

    async def _command(self, turn: Turn, command: str, rest: str) -> None:
        if command == CANCEL:
            await self._cancel(turn)
        else:
            await self._commands[command].on_command(turn, command, rest)

    async def _cancel(self, turn: Turn) -> None:
        holder = self.dialogues.get(turn.floor.dialogue) if turn.floor else None
        turn.release()
        if holder:
            await holder.on_cancel(turn)
        if not turn.replies:
            turn.reply(
                Draft().text(turn.say("conversation.cancelled" if holder else "conversation.nothing_open")).reply()
            )

    async def _press(self, turn: Turn) -> None:
        name, *action = turn.incoming.action.split(":")
        dialogue = self.dialogues.get(name)
        if dialogue is None:
            raise Refusal("conversation.old_button")
        await dialogue.on_press(turn, tuple(action))

    async def _file(self, turn: Turn) -> None:
        attachment = turn.incoming.attachment
        if attachment is None or attachment.problem:
            raise Refusal(f"conversation.file_{attachment.problem if attachment else 'gone'}")
        name = clean(attachment.name).replace("\n", " ") or "file"  # marks that turn a name round are taken out
        taker = self._waiting_for_file(turn.floor) or self._files or self._listener(turn)
        await taker.on_file(turn, attachment.model_copy(update={"name": name}))

    def _listener(self, turn: Turn) -> Dialogue:
        holder = self.dialogues.get(turn.floor.dialogue) if turn.floor else None
        return holder or self._free_text


def clean(text: str) -> str:
    """Without control and direction marks, which hide what is meant; line breaks stay."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return "".join(kept).strip()
