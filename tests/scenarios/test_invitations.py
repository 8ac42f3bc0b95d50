"""How an operator brings people in while the program runs, and what a passed-on link comes to."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.bot_api_server import BOT, BotApiServer
from tests.scenarios.drivers import InTelegram
from tests.scenarios.processes import hegui, telegram
from tests.unit.registry.codes import credit_code


@pytest.fixture
async def owner(data_dir: Path, server: BotApiServer) -> AsyncIterator[InTelegram]:
    made = InTelegram(data_dir, server)
    await made.start()
    yield made
    await made.kill()


async def test_an_invitation_is_a_deep_link_that_works_once_and_its_second_use_is_reported(
    owner: InTelegram, server: BotApiServer, data_dir: Path
) -> None:
    async def command(*arguments: str) -> Any:
        done = await asyncio.to_thread(hegui, data_dir, *arguments, "--json", settings=telegram(server))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    await owner.says("/help")  # which is how one sees that the program is there
    await owner.sees("我能做什么")
    registered = ("--name", "绍兴甲厂", "--uscc", credit_code(1), "--district", "CN-33-06-03")
    its = (await command("enterprise", "add", *registered))["enterprise"]
    made = await command("invite", "--enterprise", its, "--role", "owner")
    assert made["link"] == f"https://t.me/{BOT['username']}?start={made['token']}"

    await owner.says(f"/start {made['token']}")
    await owner.sees("您已加入：绍兴甲厂")
    stranger = server.person(502)
    stranger.says(f"/start {made['token']}")
    await stranger.sees("这个邀请用不了", 30)
    await owner.sees("有人又打开了一个已经用过的邀请")
    assert not [text for text in stranger.texts if "绍兴甲厂" in text]
    assert await owner.program.stop() == 0
