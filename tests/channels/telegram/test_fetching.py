"""Files that people send: fetched whole, or refused with a reason."""

from pathlib import Path

import pytest
from tests.bot_api_server import BotApiServer, Person

from hegui.channels.telegram.channel import LARGEST_FILE, TelegramChannel
from hegui.conversation.incoming import Attachment
from hegui.delivery.channel import FileRefused


def _attachment(server: BotApiServer) -> Attachment:
    document = server.updates[-1]["message"]["document"]
    return Attachment(source=document["file_id"], name=document["file_name"], size=document["file_size"])


async def test_a_file_arrives_byte_for_byte(
    channel: TelegramChannel, server: BotApiServer, ann: Person, tmp_path: Path
) -> None:
    content = bytes(range(256)) * 3000
    ann.sends_file("证据.bin", content)
    await channel.fetch(_attachment(server), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == content


async def test_a_large_file_is_refused_before_it_is_fetched(
    channel: TelegramChannel, server: BotApiServer, ann: Person, tmp_path: Path
) -> None:
    ann.sends_file("x.bin", b"x", size=LARGEST_FILE + 1)
    with pytest.raises(FileRefused, match="too_big"):
        await channel.fetch(_attachment(server), tmp_path / "x")
    assert "getFile" not in server.calls


async def test_the_servers_word_counts_where_the_message_said_no_size(
    channel: TelegramChannel, server: BotApiServer, ann: Person, tmp_path: Path
) -> None:
    ann.sends_file("x.bin", b"x", size=LARGEST_FILE + 1)
    with pytest.raises(FileRefused, match="too_big"):
        await channel.fetch(_attachment(server).model_copy(update={"size": None}), tmp_path / "x")


async def test_a_file_that_is_larger_than_it_said_is_not_taken(
    channel: TelegramChannel, server: BotApiServer, ann: Person, tmp_path: Path
) -> None:
    ann.sends_file("x.bin", bytes(LARGEST_FILE + 1), size=5)
    with pytest.raises(FileRefused, match="too_big"):
        await channel.fetch(_attachment(server), tmp_path / "x")


async def test_an_empty_file_is_refused(
    channel: TelegramChannel, server: BotApiServer, ann: Person, tmp_path: Path
) -> None:
    ann.sends_file("x.bin", b"", size=5)
    with pytest.raises(FileRefused, match="empty"):
        await channel.fetch(_attachment(server), tmp_path / "x")


async def test_a_file_that_telegram_no_longer_has_is_gone(channel: TelegramChannel, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="gone"):
        await channel.fetch(Attachment(source="nothing", name="x"), tmp_path / "x")
