"""Updates handled a second: Hegui, durable, against a bare python-telegram-bot echo bot on the same loopback server.

What people say is /cancel: both answer with one short sentence, so that the answer itself weighs as little as it can.
Each round starts a fresh server and a fresh bot as processes of their own, puts texts of many people into the server,
and measures from the first answer to the last. Rounds alternate, so that a noisy machine is noisy for both.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bench.measuring import folder, line

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"
TEXT = "/cancel"
PEOPLE, TEXTS, ROUNDS = 200, 3_000, 5
DEADLINE_SECONDS = 120


@asynccontextmanager
async def server() -> AsyncIterator[tuple[str, str, str]]:
    """A loopback Bot API server in a process of its own: base address, file address, control address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bot_api_server", "--token", TOKEN], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    try:
        yield said["base_url"], said["base_file_url"], said["base_url"].rsplit("/", 1)[0] + "/control"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def start(name: str, base: str, base_file: str, where: Path) -> "subprocess.Popen[bytes]":
    if name == "echo":
        environment = {"TOKEN": TOKEN, "BASE_URL": base, "BASE_FILE_URL": base_file}
        command = [sys.executable, "-m", "bench.echo_bot"]
    else:
        environment = {
            "HEGUI_DATA_DIR": str(where),
            "HEGUI_LOG_LEVEL": "WARNING",
            "HEGUI_TELEGRAM__TOKEN": TOKEN,
            "HEGUI_TELEGRAM__BASE_URL": base,
            "HEGUI_TELEGRAM__BASE_FILE_URL": base_file,
            "HEGUI_TELEGRAM__PER_SECOND": "0",
            "HEGUI_TELEGRAM__CHAT_SECONDS": "0",
            "HEGUI_TELEGRAM__IN_FLIGHT": "64",
        }
        command = [sys.executable, "-m", "hegui", "run"]
    return subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)


async def one_round(name: str, where: Path) -> tuple[float, int]:
    """Updates a second, and the memory of the bot at the end in MB."""
    async with server() as (base, base_file, control), aiohttp.ClientSession() as session:
        bot = start(name, base, base_file, where)
        try:
            await _say(session, control, [{"person": 1, "text": TEXT}])
            await _until(session, control, 1)
            texts = [{"person": n % PEOPLE + 1, "text": TEXT} for n in range(TEXTS)]
            before = await _accepted(session, control)
            began = time.perf_counter()
            await _say(session, control, texts)
            await _until(session, control, before + TEXTS)
            return TEXTS / (time.perf_counter() - began), _memory(bot.pid)
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait()


async def _say(session: aiohttp.ClientSession, control: str, acts: list[dict[str, Any]]) -> None:
    async with session.post(f"{control}/says", json=acts) as answer:
        answer.raise_for_status()


async def _accepted(session: aiohttp.ClientSession, control: str) -> int:
    async with session.get(f"{control}/counts") as answer:
        return int((await answer.json())["accepted"])


async def _until(session: aiohttp.ClientSession, control: str, count: int) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while await _accepted(session, control) < count:
            await asyncio.sleep(0.05)


def _memory(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS")) // 1024


async def run(rounds: int = ROUNDS) -> None:
    rates: dict[str, list[float]] = {"echo": [], "hegui": []}
    memory = 0
    for number in range(rounds):
        for name, measured in rates.items():
            with folder() as where:
                rate, used = await one_round(name, where / "data")
            measured.append(rate)
            memory = max(memory, used) if name == "hegui" else memory
            line(f"updates, round {number + 1}, {name}", per_second=rate, memory_mb=float(used))
    echo, hegui = (statistics.median(rates[name]) for name in ("echo", "hegui"))
    line("updates, median", echo_per_second=echo, hegui_per_second=hegui, ratio=hegui / echo)
    line("memory of the running bot", mb=float(memory))


if __name__ == "__main__":
    asyncio.run(run())
