"""Reads a raw update. What is not a private chat with a person is ignored: groups, channels, edits, inline queries."""

from pydantic import BaseModel, ConfigDict, Field

from hegui.channels.telegram.buttons import Buttons
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.router import clean
from hegui.foundation.language.catalogue import LANGUAGES, Language

LONGEST_NAME = 200
IGNORED = Incoming(kind="ignored")
OTHER_KINDS = (
    "sticker",
    "voice",
    "video_note",
    "video",
    "animation",
    "audio",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "checklist",
)
SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "chat_background_set",
        "users_shared",
        "chat_shared",
        "connected_website",
        "successful_payment",
        "refunded_payment",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


class FromTelegram(BaseModel):
    """The fields we read of what Telegram sends; it may add others at any time."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class User(FromTelegram):
    """Who acted."""

    id: int
    is_bot: bool = False
    language_code: str | None = None

    @property
    def language(self) -> Language | None:
        code = (self.language_code or "")[:2].lower()
        return next((language for language in LANGUAGES if language == code), None)


class Chat(FromTelegram):
    """Where it happened."""

    id: int
    type: str


class Document(FromTelegram):
    """A file as such."""

    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int | None = None


class Photo(FromTelegram):
    """One size of a photo."""

    file_id: str
    width: int
    height: int
    file_size: int | None = None


class Message(FromTelegram):
    """A message; what we do not name stays in `model_extra`, because its name says what kind it is."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    message_id: int
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str = ""
    photo: tuple[Photo, ...] = ()
    document: Document | None = None

    @property
    def others(self) -> frozenset[str]:
        return frozenset(self.model_extra or ())


class CallbackQuery(FromTelegram):
    """A press of a button."""

    id: str
    sender: User = Field(alias="from")
    message: Message | None = None
    data: str = ""


class Member(FromTelegram):
    """What we are in a chat from now on."""

    status: str


class Membership(FromTelegram):
    """We were blocked, unblocked, added or removed."""

    chat: Chat
    new_chat_member: Member


class Update(FromTelegram):
    """The kinds of update that we ask for."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: Membership | None = None


def read(body: str, buttons: Buttons) -> Incoming:
    """Raises ValueError on what cannot be read."""
    update = Update.model_validate_json(body)
    if update.message:
        return _message(update.message)
    if update.callback_query:
        return _press(update.callback_query, buttons)
    if update.my_chat_member:
        return _turned(update.my_chat_member)
    return IGNORED


def _message(message: Message) -> Incoming:
    sender = message.sender
    if message.chat.type != "private" or sender is None or sender.is_bot or "sender_chat" in message.others:
        return IGNORED
    if message.text is not None:
        return Incoming(kind="text", text=message.text, language_hint=sender.language)
    if attachment := _attachment(message):
        return Incoming(kind="file", text=message.caption, attachment=attachment, language_hint=sender.language)
    if message.others & SERVICE:
        return IGNORED
    other = next((kind for kind in OTHER_KINDS if kind in message.others), "message")
    return Incoming(kind="other", other=other, language_hint=sender.language)


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        name = f"photo-{message.message_id}.jpg"
        return Attachment(source=largest.file_id, name=name, media_type="image/jpeg", size=largest.file_size)
    document = message.document
    if document is None or "animation" in message.others:
        return None
    name = " ".join(clean(document.file_name).split())[:LONGEST_NAME] or f"file-{message.message_id}"
    return Attachment(source=document.file_id, name=name, media_type=document.mime_type, size=document.file_size)


def _press(query: CallbackQuery, buttons: Buttons) -> Incoming:
    if query.message is None or query.message.chat.type != "private" or query.sender.is_bot:
        return IGNORED
    action = buttons.read(query.data, str(query.sender.id))
    return Incoming(
        kind="foreign_press" if action is None else "press",
        action=action or "",
        message=query.message.message_id,
        query=query.id,
        language_hint=query.sender.language,
    )


def _turned(membership: Membership) -> Incoming:
    status = membership.new_chat_member.status
    if membership.chat.type != "private" or status not in ("kicked", "member"):
        return IGNORED
    return Incoming(kind="turned", other="off" if status == "kicked" else "on")
