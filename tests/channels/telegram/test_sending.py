"""Letters through the real stack to a Bot API server on loopback: what arrives, and what each failure means."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.bot_api_server import BotApiServer, Person
from tests.fakes import FixedClock

from hegui.channels.telegram.channel import TelegramChannel
from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import Draft, OutgoingFile, Reply
from hegui.conversation.turn import Speaker
from hegui.delivery.channel import AddressGone, AddressMoved, DeliveryFailed, OutcomeUnknown, Parcel

HELLO = Draft().heading("你好").text("A & B <c>").button("自查", "check", "go").reply()


def parcel(reply: Reply = HELLO, *, replaces: int | None = None, address: str = "501") -> Parcel:
    return Parcel(id="letter1", address=address, person="ann", reply=reply, replaces=replaces)


async def test_a_letter_arrives_with_form_and_buttons_and_without_preview(
    channel: TelegramChannel, ann: Person
) -> None:
    number = await channel.send(parcel())
    message = await ann.sees("A & B <c>")
    assert number == message.message_id
    assert message.raw.startswith("<b>你好</b>\n")
    assert message.labels == ["自查"]
    assert not message.preview


async def test_only_a_letter_that_may_cost_asks_for_paid_broadcast(channel: TelegramChannel, ann: Person) -> None:
    await channel.send(parcel())
    await channel.send(parcel().model_copy(update={"paid": True}))
    assert [message.paid for message in ann.messages] == [False, True]


async def test_a_press_comes_back_as_the_action_and_is_acknowledged(
    channel: TelegramChannel, server: BotApiServer, ann: Person, ann_speaks: Speaker
) -> None:
    await channel.send(parcel())
    ann.presses("自查")
    incoming = channel.read(json.dumps(server.updates[-1]))
    assert (incoming.kind, incoming.action) == ("press", "check:go")
    channel.heard(incoming, ann_speaks)
    await server.until(lambda: server.answered == [incoming.query])


async def test_a_press_that_cannot_be_acknowledged_is_no_problem(
    channel: TelegramChannel, server: BotApiServer, ann_speaks: Speaker
) -> None:
    server.fault("status", "answerCallbackQuery", code=400, description="Bad Request: query is too old")
    channel.heard(Incoming(kind="press", action="check:go", query="9"), ann_speaks)
    await server.until(lambda: server.calls.get("answerCallbackQuery"))
    await channel.close()


async def test_a_long_reply_is_sent_whole_with_the_buttons_last(channel: TelegramChannel, ann: Person) -> None:
    draft = Draft().heading("标题")
    for n in range(5):
        draft.quote(f"第{n}条" + "字" * 3500)
    await channel.send(parcel(draft.button("好", "check", "go").reply()))
    assert len(ann.messages) == 5
    assert [bool(message.buttons) for message in ann.messages] == [False] * 4 + [True]
    assert "".join(ann.texts).count("字") == 5 * 3500


# ---- editing ------------------------------------------------------------------------------------------------------


async def test_a_panel_is_edited_in_place(channel: TelegramChannel, ann: Person) -> None:
    first = await channel.send(parcel())
    reply = Draft().text("第二题").reply(panel=True)
    assert await channel.send(parcel(reply, replaces=first)) == first
    assert ann.texts == ["第二题"]
    assert ann.messages[0].edits == 1
    assert await channel.send(parcel(reply, replaces=first)) == first, "already so is success"


async def test_a_panel_whose_message_is_gone_becomes_a_new_message(channel: TelegramChannel, ann: Person) -> None:
    number = await channel.send(parcel(replaces=99))
    assert number == ann.messages[0].message_id


async def test_a_panel_too_long_for_one_message_is_sent_anew(channel: TelegramChannel, ann: Person) -> None:
    first = await channel.send(parcel())
    await channel.send(parcel(Draft().text("长" * 5000).reply(panel=True), replaces=first))
    assert len(ann.messages) == 3


# ---- files --------------------------------------------------------------------------------------------------------


async def test_a_file_keeps_its_chinese_name_and_has_the_text_as_caption(
    channel: TelegramChannel, ann: Person, tmp_path: Path
) -> None:
    (tmp_path / "x").write_bytes(b"%PDF")
    file = OutgoingFile(path=str(tmp_path / "x"), name='整改 报告（终稿）"1".pdf')
    await channel.send(parcel(Draft().text("下一步").button("好", "check", "go").reply(file=file)))
    (message,) = ann.messages
    assert message.text == "下一步"
    assert message.labels == ["好"]
    assert message.document is not None
    assert message.document[1] == b"%PDF"
    assert message.document[0].startswith("整改 报告（终稿）")


async def test_a_text_too_long_for_a_caption_goes_ahead_of_the_file(
    channel: TelegramChannel, ann: Person, tmp_path: Path
) -> None:
    (tmp_path / "x").write_bytes(b"%PDF")
    file = OutgoingFile(path=str(tmp_path / "x"), name="x.pdf")
    await channel.send(parcel(Draft().text("字" * 2000).reply(file=file)))
    assert [bool(message.document) for message in ann.messages] == [False, True]


async def test_a_file_that_is_not_there_fails_for_good(channel: TelegramChannel, tmp_path: Path) -> None:
    file = OutgoingFile(path=str(tmp_path / "none"), name="x.pdf")
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(parcel(Draft().text("x").reply(file=file)))
    assert failed.value.permanent


# ---- failures -----------------------------------------------------------------------------------------------------


async def test_a_pause_that_telegram_asks_for_is_kept_and_not_counted(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    server.fault("too_many", retry_after=7)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(parcel())
    assert not failed.value.permanent
    assert not failed.value.counted
    assert failed.value.retry_at is not None
    assert timedelta(seconds=7) <= failed.value.retry_at - clock.now() <= timedelta(seconds=8)


async def test_too_many_without_a_time_is_not_sent_either(channel: TelegramChannel, server: BotApiServer) -> None:
    server.fault("too_many")
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(parcel())
    assert failed.value.retry_at
    assert not server.ledger


@pytest.mark.parametrize(
    "description",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the group chat",
        "Bad Request: chat not found",
    ],
)
async def test_an_address_that_is_gone_is_said_to_be_gone(
    channel: TelegramChannel, server: BotApiServer, description: str
) -> None:
    server.fault("status", code=403 if description.startswith("F") else 400, description=description)
    with pytest.raises(AddressGone):
        await channel.send(parcel())


async def test_a_chat_that_moved_says_where_to(channel: TelegramChannel, server: BotApiServer) -> None:
    server.fault("migrated", new_chat=-1001234567890)
    with pytest.raises(AddressMoved) as moved:
        await channel.send(parcel())
    assert moved.value.new == "-1001234567890"


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: message is too long"),
        (400, "Bad Request: BUTTON_DATA_INVALID"),
        (400, "Bad Request: reply markup is too long"),
        (400, "Bad Request: something new"),
        (403, "Forbidden: not enough rights to send text messages to the chat"),
        (413, "Request Entity Too Large"),
    ],
)
async def test_what_telegram_will_never_take_is_not_tried_again(
    channel: TelegramChannel, server: BotApiServer, code: int, description: str
) -> None:
    server.fault("status", code=code, description=description)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(parcel())
    assert failed.value.permanent
    assert type(failed.value) is DeliveryFailed


async def test_html_that_telegram_cannot_read_is_sent_plain(
    channel: TelegramChannel, server: BotApiServer, ann: Person
) -> None:
    server.fault("status", code=400, description="Bad Request: can't parse entities: byte 7")
    await channel.send(parcel())
    assert ann.messages[0].raw == "你好\nA & B <c>"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "code": 500},
        {"kind": "status", "code": 500, "accepts": True},
        {"kind": "status", "code": 504, "description": "Gateway Timeout"},
        {"kind": "html_502"},
        {"kind": "html_502", "accepts": True},
        {"kind": "reset"},
        {"kind": "reset", "accepts": True},
        {"kind": "lost"},
        {"kind": "cut"},
    ],
    ids=lambda fault: f"{fault['kind']}{'-accepted' if fault.get('accepts') else ''}",
)
async def test_without_a_clear_answer_nobody_knows(
    channel: TelegramChannel, server: BotApiServer, fault: dict[str, Any]
) -> None:
    server.fault(**fault)
    with pytest.raises(OutcomeUnknown) as unknown:
        await channel.send(parcel())
    assert "<html" not in str(unknown.value)
    await channel.send(parcel())  # and the next one goes through


async def test_a_late_answer_is_not_waited_for(server: BotApiServer, slow_channel: TelegramChannel) -> None:
    server.fault("late", seconds=1.0)
    with pytest.raises(OutcomeUnknown, match="TimedOut"):
        await slow_channel.send(parcel())
    assert len(server.ledger) == 1


async def test_once_a_part_has_arrived_the_outcome_is_unknown(channel: TelegramChannel, server: BotApiServer) -> None:
    server.fault("too_many", skip=1, retry_after=3)
    with pytest.raises(OutcomeUnknown, match="part"):
        await channel.send(parcel(Draft().text("字" * 6000).reply()))


async def test_a_server_that_is_not_there_got_nothing_and_pauses_grow(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    await server.stop()
    await asyncio.sleep(0.05)  # until the client has seen its connection close
    pauses = []
    for _ in range(8):
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(parcel())
        assert not failed.value.counted
        assert failed.value.retry_at is not None
        pauses.append((failed.value.retry_at - clock.now()).total_seconds())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_pool_without_a_free_connection_sent_nothing(
    server: BotApiServer, slow_channel: TelegramChannel
) -> None:
    server.fault("late", seconds=1.0, chat=502)
    blocking, waiting = await asyncio.gather(
        slow_channel.send(parcel(address="502")), slow_channel.send(parcel()), return_exceptions=True
    )
    assert isinstance(blocking, OutcomeUnknown)
    assert isinstance(waiting, DeliveryFailed)
    assert server.calls["sendMessage"] == 1


async def test_a_token_that_is_no_longer_valid_keeps_letters_waiting(
    channel: TelegramChannel, server: BotApiServer
) -> None:
    server.token = "123456789:" + "B" * 36
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(parcel())
    assert failed.value.retry_at
    assert not failed.value.counted


async def test_data_made_for_one_person_is_foreign_to_another(
    channel: TelegramChannel, server: BotApiServer, ann: Person
) -> None:
    await channel.send(parcel())
    server.person(502).presses_data(ann.messages[0].data_of("自查"), 1)
    assert channel.read(json.dumps(server.updates[-1])).kind == "foreign_press"
