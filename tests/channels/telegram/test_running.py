"""The real program as a child process against the Bot API server: talking, kill -9 in the middle, stopping."""

import asyncio
import os
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
        self._environment = {
            "PATH": os.environ["PATH"],
            "HEGUI_DATA_DIR": str(folder / "data"),
            "HEGUI_LOG_LEVEL": "DEBUG",
            "HEGUI_TELEGRAM__TOKEN": TOKEN,
            "HEGUI_TELEGRAM__BASE_URL": server.base_url,
            "HEGUI_TELEGRAM__BASE_FILE_URL": server.base_file_url,
            "HEGUI_TELEGRAM__PER_SECOND": "200",
        }
        self._process: asyncio.subprocess.Process | None = None

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


async def test_a_wrong_token_ends_the_program_with_three_and_is_not_printed(
    server: BotApiServer, program: Program
) -> None:
    server.token = "123456789:" + "B" * 36
    await program.start()
    assert await program.ends() == 3
    printed = program.log.read_text()
    assert "@BotFather" in printed
    assert TOKEN.partition(":")[2] not in printed
