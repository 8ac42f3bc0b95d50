"""What a person did, free of any channel."""

from typing import Literal

from hegui.conversation.reply import ConversationModel
from hegui.foundation.language.catalogue import Language


class Attachment(ConversationModel):
    """A file that a person sent.

    `source` is what the channel needs to fetch it. After fetching, `stored` is its random name in the data
    folder; or `problem` says why it was not taken: too_big, empty, unexpected, gone.
    """

    source: str
    name: str
    media_type: str = ""
    size: int | None = None
    stored: str | None = None
    sha256: str | None = None
    problem: str | None = None


class Incoming(ConversationModel):
    """One act: a text, a press, a file, or something we do not take (`other` names it: sticker, voice, ...).

    `turned` is "off" or "on" when the person blocked or unblocked us. `message` bears the button that was pressed,
    `query` is what the channel needs to acknowledge the press.
    """

    kind: Literal["text", "press", "file", "other", "turned", "foreign_press", "ignored"]
    text: str = ""
    action: str = ""
    message: int | None = None
    query: str = ""
    attachment: Attachment | None = None
    other: str = ""
    language_hint: Language | None = None
