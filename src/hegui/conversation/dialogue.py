"""What a capability brings to the conversation."""

from hegui.conversation.incoming import Attachment
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal


class Dialogue:
    """Talks about one thing. `name` is the first part of its buttons' actions; `commands` are its slash words.

    The words a command also goes by stand in the catalogue under `commands.words.<command>`, what it does under
    `commands.about.<command>`. What a dialogue does not take, it refuses in one sentence.
    """

    name: str
    commands: tuple[str, ...] = ()

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        raise Refusal("conversation.unknown_command")

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        """`action` is what follows the dialogue's name."""
        raise Refusal("conversation.old_button")

    async def on_text(self, turn: Turn, text: str) -> None:
        """Typed text while this dialogue holds the floor, or free text where it is the one that takes it."""
        raise Refusal("conversation.press_a_button")

    async def on_file(self, turn: Turn, attachment: Attachment) -> None:
        raise Refusal("conversation.file_not_expected")

    def wants_file(self, step: str) -> bool:
        """Whether a file sent at this step of the floor is to be fetched at all."""
        return False

    async def on_cancel(self, turn: Turn) -> None:
        """The person cancelled while this dialogue held the floor; the floor is released already."""
        return
