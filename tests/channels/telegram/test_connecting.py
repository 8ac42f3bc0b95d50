"""Connecting: the commands are named, a wrong token is refused without being shown, and no library prints one."""

import asyncio
import logging
import subprocess
import sys
import traceback
from typing import Any

import pytest
from tests.bot_api_server import TOKEN, BotApiServer, Person
from tests.fakes import FixedClock

from hegui.channels.telegram.channel import TelegramChannel
from hegui.channels.telegram.connect import connect
from hegui.conversation.incoming import Attachment
from hegui.conversation.reply import Draft
from hegui.delivery.channel import Parcel
from hegui.foundation.errors import EnvironmentProblem, HeguiError

SECRET = TOKEN.partition(":")[2]
COMMANDS = {"zh": {"start": "从头开始"}, "en": {"start": "Start"}}


async def _connect(server: BotApiServer, token: str = TOKEN, **more: Any) -> TelegramChannel:
    return await connect(
        token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        signing_key=bytes(32),
        clock=FixedClock(),
        commands=COMMANDS,  # type: ignore[arg-type]
        **{"pauses": (), **more},
    )


async def test_the_commands_stand_in_both_languages_and_for_everybody_else(server: BotApiServer) -> None:
    channel = await _connect(server, f" {TOKEN}\n")
    shown = {menu: commands[0]["description"] for menu, commands in server.commands.items()}
    assert shown == {
        "all_private_chats/": "从头开始",
        "all_private_chats/zh": "从头开始",
        "all_private_chats/en": "Start",
    }
    assert channel.bot_id == 123456789
    await channel.close()


async def test_a_menu_that_cannot_be_set_does_not_stop_the_bot(server: BotApiServer) -> None:
    server.fault("too_many", "setMyCommands", retry_after=3)
    await (await _connect(server)).close()


@pytest.mark.parametrize(
    "token", ["123456789:" + "B" * 36, "123456789", "", "ABC:DEF", "1:2/../getMe", "123456789:A\nB", f"{TOKEN}/x"]
)
async def test_a_wrong_token_is_refused_and_not_shown(server: BotApiServer, token: str) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        await _connect(server, token)
    shown = "".join(traceback.format_exception(problem.value))
    assert not token or token not in shown
    assert "B" * 36 not in shown
    assert problem.value.__context__ is None


async def test_a_proxy_that_cannot_be_used_is_named(server: BotApiServer) -> None:
    with pytest.raises(EnvironmentProblem, match=r"telegram\.proxy"):
        await _connect(server, proxy="socks5://127.0.0.1:1")


async def test_telegram_out_of_reach_is_tried_again_and_then_named(server: BotApiServer) -> None:
    server.fault("html_502", "getMe", times=2)
    await (await _connect(server, pauses=(0.01, 0.01))).close()
    server.fault("html_502", "getMe", times=2)
    with pytest.raises(EnvironmentProblem, match=r"cannot be reached .*Bad Gateway") as problem:
        await _connect(server, pauses=(0.01,))
    assert SECRET not in str(problem.value)


async def test_no_library_prints_the_token_even_at_debug(
    server: BotApiServer, ann: Person, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = await _connect(server)
    errors: list[BaseException] = []
    parcel = Parcel(id="x", address="501", person="ann", reply=Draft().text("hello").reply())
    for kind in ("html_502", "reset", "cut", "lost", "blocked", "too_many"):
        server.fault(kind)  # type: ignore[arg-type]
        with pytest.raises(HeguiError) as failed:
            await channel.send(parcel)
        errors.append(failed.value)
    with pytest.raises(HeguiError):
        await channel.fetch(Attachment(source="nothing", name="x"), tmp_path / "x")
    await server.stop()
    await asyncio.sleep(0.05)
    with pytest.raises(HeguiError) as failed:
        await channel.send(parcel)
    errors.append(failed.value)
    await channel.close()
    shown = "".join("".join(traceback.format_exception(error)) for error in errors)
    assert SECRET not in caplog.text
    assert SECRET not in shown
    assert "hello" not in caplog.text


def test_only_this_package_brings_the_telegram_library() -> None:
    look = "import sys, hegui.__main__, hegui.bootstrap; print('telegram' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "False", run.stderr
