"""Letters sent a second: what the limits allow, and what happens where the limit is lower than anybody thought.

The Bot API server (a process of its own) answers after 50 ms and refuses what is over its limit with 429. The letters
wait in the store before `hegui run` starts; measured is from the first that was accepted to the last.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from bench.measuring import folder, line
from hegui.bootstrap.stores import register_tables
from hegui.conversation.reply import Draft
from hegui.delivery.outbox import store
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.foundation.database.migrate import upgrade
from hegui.foundation.database.store import Database

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"
ANSWERS_MS = 50
DEADLINE_SECONDS = 180


class Case(NamedTuple):
    """What is sent, how fast it may, and how much the server takes."""

    name: str
    letters: int
    wanted: float
    limit: int
    settings: dict[str, str]


PAID = {"HEGUI_TELEGRAM__PAID_UP_TO_LANE": "4"}
CASES = (
    Case("sending, paid at 950/s, limit 1000/s", 12_000, 950, 1000, {**PAID, "HEGUI_TELEGRAM__PAID_PER_SECOND": "950"}),
    Case("sending, paid at 300/s, limit 330/s", 4_000, 300, 330, {**PAID, "HEGUI_TELEGRAM__PAID_PER_SECOND": "300"}),
    Case("sending, default (25/s), limit 30/s", 500, 25, 30, {}),
    Case("sending, set to 50/s, limit 30/s", 500, 30, 30, {"HEGUI_TELEGRAM__PER_SECOND": "50"}),
)


@asynccontextmanager
async def server(limit: int) -> AsyncIterator[tuple[dict[str, str], str]]:
    """Settings that lead to it, and its control address."""
    options = ["--token", TOKEN, "--latency-ms", str(ANSWERS_MS), "--per-second", str(limit)]
    command = [sys.executable, "-m", "tests.bot_api_server", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    try:
        yield (
            {"HEGUI_TELEGRAM__BASE_URL": said["base_url"], "HEGUI_TELEGRAM__BASE_FILE_URL": said["base_file_url"]},
            said["base_url"].rsplit("/", 1)[0] + "/control/counts",
        )
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


async def fill(data_dir: Path, letters: int) -> None:
    """As many letters, each to a chat of its own."""
    data_dir.mkdir(mode=0o700)
    register_tables()
    url = f"sqlite:///{data_dir / 'hegui.db'}"
    await upgrade(url)
    database, now = Database(url), datetime(2026, 11, 24, tzinfo=UTC)
    for begin in range(0, letters, 1000):
        async with database.write() as tx:
            await store.queue(tx, [letter(n, now) for n in range(begin, min(begin + 1000, letters))], now=now)
    await database.close()


def letter(number: int, now: datetime) -> NewLetter:
    return NewLetter(
        key=f"bench:{number}",
        kind=LetterKind.HAND_OVER,
        person=f"p{number}",
        channel="telegram",
        address=str(number + 1),
        about="bench",
        reply=Draft().text(f"通知 {number}").reply(),
        ready_at=now,
    )


async def one(case: Case, where: Path) -> None:
    await fill(where, case.letters)
    async with server(case.limit) as (leading, counts), aiohttp.ClientSession() as session:
        settings = {"HEGUI_DATA_DIR": str(where), "HEGUI_LOG_LEVEL": "ERROR", "HEGUI_TELEGRAM__TOKEN": TOKEN}
        environment = {**os.environ, **settings, **leading, **case.settings}
        bot = subprocess.Popen([sys.executable, "-m", "hegui", "run"], env=environment)
        try:
            first = await _until(session, counts, 1)
            begun, before = time.perf_counter(), _cpu_seconds(bot.pid)
            last = await _until(session, counts, case.letters)
            seconds, cpu = time.perf_counter() - begun, _cpu_seconds(bot.pid) - before
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait()
    sent = last["accepted"] - first["accepted"]
    line(
        case.name,
        per_second=sent / seconds,
        of_wanted=sent / seconds / case.wanted,
        refused_429=float(last["flooded"]),
        copies=float(last["accepted"] - case.letters),
        cpu_us_a_letter=cpu / sent * 1e6,
    )


async def _until(session: aiohttp.ClientSession, counts: str, wanted: int) -> dict[str, Any]:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            async with session.get(counts) as answer:
                found: dict[str, Any] = await answer.json()
            if found["accepted"] >= wanted:
                return found
            await asyncio.sleep(0.01)


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def run() -> None:
    for case in CASES:
        with folder() as where:
            await one(case, where / "data")


if __name__ == "__main__":
    asyncio.run(run())
