"""Updates as Telegram sends them: what a person in a private chat did; everything else is ignored."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.channels.telegram.buttons import Buttons
from hegui.channels.telegram.reading import read
from hegui.conversation.incoming import Incoming

BUTTONS = Buttons(bytes(range(32)))
ANN = {"id": 501, "is_bot": False, "first_name": "Ann", "language_code": "zh-hans"}
PRIVATE = {"id": 501, "type": "private"}
GROUP = {"id": -100501, "type": "supergroup", "title": "G"}
FILE = {"file_id": "F1", "file_unique_id": "u", "file_size": 10}


def _read(**content: Any) -> Incoming:
    return read(json.dumps({"update_id": 1, **content}), BUTTONS)


def _message(**content: Any) -> Incoming:
    return _read(message={"message_id": 7, "date": 1, "chat": PRIVATE, "from": ANN, **content})


def _press(data: str, *, who: int = 501, chat: dict[str, Any] = PRIVATE) -> Incoming:
    message = {"message_id": 7, "date": 0, "chat": chat}
    return _read(callback_query={"id": "Q", "from": {**ANN, "id": who}, "message": message, "data": data})


def test_a_text_brings_the_language_of_the_person() -> None:
    assert _message(text="开始") == Incoming(kind="text", text="开始", language_hint="zh")
    assert _message(text="hi", **{"from": {**ANN, "language_code": "en-GB"}}).language_hint == "en"
    assert _message(text="hi", **{"from": {**ANN, "language_code": "fr"}}).language_hint is None


def test_a_forwarded_message_is_plain_text() -> None:
    assert _message(text="看看", forward_origin={"type": "hidden_user"}).kind == "text"


def test_a_document_brings_name_kind_and_size() -> None:
    document = {**FILE, "file_name": "整改报告（终稿）.pdf", "mime_type": "application/pdf"}
    attachment = _message(document=document).attachment
    assert attachment is not None
    assert (attachment.source, attachment.name, attachment.media_type, attachment.size) == (
        "F1",
        "整改报告（终稿）.pdf",
        "application/pdf",
        10,
    )


def test_a_name_that_hides_its_ending_or_breaks_lines_is_straightened() -> None:
    attachment = _message(document={**FILE, "file_name": "a\u202efdp.exe\n\x00b" + "长" * 500}).attachment
    assert attachment is not None
    assert attachment.name.startswith("afdp.exe b长")
    assert len(attachment.name) == 200


def test_the_largest_size_of_a_photo_is_taken() -> None:
    sizes = [{**FILE, "file_id": f"P{w}", "width": w, "height": w} for w in (90, 900, 300)]
    incoming = _message(photo=sizes, caption="门口")
    assert incoming.kind == "file"
    assert incoming.attachment is not None
    assert incoming.attachment.source == "P900"
    assert incoming.text == "门口"


@pytest.mark.parametrize(
    "kind", ["sticker", "voice", "video", "video_note", "location", "contact", "poll", "dice", "audio"]
)
def test_what_we_do_not_take_is_named(kind: str) -> None:
    assert _message(**{kind: {}}) == Incoming(kind="other", other=kind, language_hint="zh")


def test_a_moving_picture_is_no_document() -> None:
    assert _message(animation=FILE, document=FILE).other == "animation"


def test_a_kind_that_is_newer_than_we_are_gets_an_answer() -> None:
    assert _message(hologram={}).kind == "other"


def test_service_messages_are_ignored() -> None:
    assert _message(pinned_message={}).kind == "ignored"


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": {"message_id": 7, "chat": PRIVATE, "from": ANN, "text": "x"}},
        {"channel_post": {"message_id": 7, "chat": {"id": -1, "type": "channel"}, "text": "x"}},
        {"inline_query": {"id": "1", "from": ANN, "query": "x", "offset": ""}},
        {"message": {"message_id": 7, "chat": GROUP, "from": ANN, "text": "/check"}},
        {"message": {"message_id": 7, "chat": PRIVATE, "text": "nobody"}},
        {"message": {"message_id": 7, "chat": PRIVATE, "from": ANN, "sender_chat": GROUP, "text": "x"}},
        {"message": {"message_id": 7, "chat": PRIVATE, "from": {**ANN, "is_bot": True}, "text": "x"}},
        {"my_chat_member": {"chat": GROUP, "from": ANN, "new_chat_member": {"status": "kicked"}}},
        {"callback_query": {"id": "1", "from": ANN, "inline_message_id": "x", "data": "y"}},
        {},
    ],
)
def test_everything_outside_a_private_chat_with_a_person_is_ignored(update: dict[str, Any]) -> None:
    assert _read(**update).kind == "ignored"


def test_a_press_brings_action_message_and_query() -> None:
    incoming = _press(BUTTONS.sign("check:go:abc", "501"))
    expected = Incoming(kind="press", action="check:go:abc", message=7, query="Q", language_hint="zh")
    assert incoming == expected


@pytest.mark.parametrize(
    ("data", "who"),
    [(BUTTONS.sign("check:go", "501"), 502), ("check:go", 501), ("1" + "A" * 22 + "check:go", 501), ("", 501)],
)
def test_a_foreign_or_forged_press_has_no_action(data: str, who: int) -> None:
    incoming = _press(data, who=who)
    assert (incoming.kind, incoming.action, incoming.query) == ("foreign_press", "", "Q")


def test_a_press_in_a_group_is_ignored() -> None:
    assert _press(BUTTONS.sign("check:go", "501"), chat=GROUP).kind == "ignored"


@pytest.mark.parametrize(("status", "turned"), [("kicked", "off"), ("member", "on")])
def test_blocking_and_unblocking_turn_the_address(status: str, turned: str) -> None:
    incoming = _read(my_chat_member={"chat": PRIVATE, "from": ANN, "new_chat_member": {"status": status}})
    assert (incoming.kind, incoming.other) == ("turned", turned)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"update_id": "x"}',
        '{"update_id": 1, "message": 5}',
        '{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": {}}}',
        '{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": "\\ud83d"}}',
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_raises_and_does_not_show_peoples_words(body: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read(body, BUTTONS)
    assert "input_value" not in str(raised.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["message", "callback_query", "my_chat_member"]), json_values)
def test_any_update_is_read_or_raises_what_the_inbox_expects(kind: str, content: Any) -> None:
    try:
        _read(**{kind: content})
    except ValueError:
        return
