"""The real program as a child process against the Bot API server: talking, kill -9 in the middle, stopping."""

import asyncio
import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.bot_api_server import TOKEN, BotApiServer

CROWD = 60


class Program:
    """`hegui run` in a process of its own; what it prints goes to `log`."""

    def __init__(self, server: BotApiServer, folder: Path) -> None:
        self.log = folder / "log"
        self.database = folder / "data" / "hegui.db"
        self._environment = {
            "PATH": os.environ["PATH"],
            "HEGUI_DATA_DIR": str(folder / "data"),
            "HEGUI_LOG_LEVEL": "DEBUG",
            "HEGUI_TELEGRAM__TOKEN": TOKEN,
            "HEGUI_TELEGRAM__BASE_URL": server.base_url,
            "HEGUI_TELEGRAM__BASE_FILE_URL": server.base_file_url,
            "HEGUI_TELEGRAM__PER_SECOND": "200",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        self._process: asyncio.subprocess.Process | None = None

    def takes_calls(self, port: int) -> str:
        """From its next start Telegram calls it; returns the address."""
        url = f"http://127.0.0.1:{port}/telegram/updates"
        self._environment |= {"HEGUI_WEB__PORT": str(port), "HEGUI_TELEGRAM__WEBHOOK_URL": url}
        return url

    def asks_again(self) -> None:
        """From its next start it asks Telegram for updates."""
        del self._environment["HEGUI_TELEGRAM__WEBHOOK_URL"]

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "hegui", "run", env=self._environment, stdout=log, stderr=log
            )

    async def ends(self) -> int:
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 30)

    def kill(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()

    def terminate(self) -> None:
        assert self._process is not None
        self._process.terminate()


@pytest.fixture
def program(server: BotApiServer, tmp_path: Path) -> Iterator[Program]:
    made = Program(server, tmp_path)
    yield made
    made.kill()


async def test_a_person_talks_through_telegram_and_a_killed_program_answers_everybody_afterwards(
    server: BotApiServer, program: Program
) -> None:
    await program.start()
    ann = server.person(501)
    ann.says("/check 网络安全")
    first = await ann.sees("网络安全自查", 30)
    ann.presses(first.labels[0])
    question = await ann.sees("1/")
    assert (question.message_id, question.edits) == (first.message_id, 1)
    assert len(server.answered) == 1
    server.person(502).presses_data(question.data_of(question.labels[0]), question.message_id)
    await server.person(502).sees("按钮")

    crowd = [server.person(1000 + n) for n in range(CROWD)]
    for person in crowd:
        person.says("/help")
    await server.until(lambda: sum(bool(person.messages) for person in crowd) > CROWD // 4, 20)
    program.kill()
    await program.ends()
    await program.start()
    await server.until(lambda: all(person.messages for person in crowd), 30)

    program.terminate()
    assert await program.ends() == 0
    copies = sum(len(person.messages) for person in crowd) - CROWD
    assert copies <= 4, "no more than were in flight"
    assert TOKEN.partition(":")[2] not in program.log.read_text()


async def test_a_program_that_telegram_calls_loses_nothing_when_it_is_killed_or_told_to_stop(
    server: BotApiServer, program: Program
) -> None:
    url = program.takes_calls(free_port())
    await program.start()
    server.person(501).says("/help")
    await server.person(501).sees("我能做什么", 30)
    assert server.webhook == url
    assert "getUpdates" not in server.calls

    crowd = [server.person(1000 + n) for n in range(CROWD)]
    for person in crowd:
        person.says("/help")
    await server.until(lambda: sum(bool(person.messages) for person in crowd) > CROWD // 4, 20)
    program.kill()
    await program.ends()
    later = [server.person(2000 + n) for n in range(10)]
    for person in later:
        person.says("/help")
    await program.start()
    await server.until(lambda: all(person.messages for person in crowd + later), 30)
    assert not server.updates

    for person in later:
        person.says("/help")
    program.terminate()
    assert await program.ends() == 0
    with sqlite3.connect(program.database) as database:
        kept = {number for (number,) in database.execute("SELECT update_id FROM inbox")}
    waiting = {update["update_id"] for update in server.updates}
    assert kept | waiting >= set(range(1000, server._next_update)), "confirmed means on disk"

    assert server.webhook == url, "Telegram keeps what comes in the meantime"
    program.asks_again()
    await program.start()
    await server.until(lambda: all(len(person.messages) >= 2 for person in later), 30)
    assert server.webhook == "", "the program that asks takes back what the earlier one announced"
    program.terminate()
    assert await program.ends() == 0
    copies = sum(len(person.messages) for person in crowd) - CROWD
    assert copies <= 4, "no more than were in flight"


async def test_an_update_that_was_kept_but_not_confirmed_before_the_program_died_has_one_effect(
    server: BotApiServer, program: Program
) -> None:
    port = free_port()
    program.takes_calls(port)
    await program.start()
    await server.until(lambda: server.webhook, 30)
    server.updates_held = True
    number = server.person(501).says("/help")
    body = json.dumps(server.updates[0]).encode()
    head = (
        f"POST /telegram/updates HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Telegram-Bot-Api-Secret-Token: {server.webhook_secret}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    await server.until(lambda: is_kept(program.database, number), 10)
    program.kill()
    await program.ends()
    writer.close()

    server.updates_held = False
    await program.start()
    await server.until(lambda: not server.updates, 30)
    await server.person(501).sees("我能做什么", 30)
    program.terminate()
    assert await program.ends() == 0
    assert len(server.person(501).messages) <= 2, "the second, if any, is a letter whose outcome was not known"
    with sqlite3.connect(program.database) as database:
        assert database.execute("SELECT count(*) FROM inbox").fetchone() == (1,)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def is_kept(database: Path, number: int) -> bool:
    with sqlite3.connect(database) as looking:
        return looking.execute("SELECT 1 FROM inbox WHERE update_id = ?", (number,)).fetchone() is not None


async def test_a_wrong_token_ends_the_program_with_three_and_is_not_printed(
    server: BotApiServer, program: Program
) -> None:
    server.token = "123456789:" + "B" * 36
    await program.start()
    assert await program.ends() == 3
    printed = program.log.read_text()
    assert "@BotFather" in printed
    assert TOKEN.partition(":")[2] not in printed
