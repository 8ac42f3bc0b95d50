"""Commands of the program as child processes, in an environment that holds nothing of this machine's own settings."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bot_api_server import TOKEN, BotApiServer

COMMAND = (sys.executable, "-m", "hegui")
STARTS_WITHIN = 30


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEGUI_")}
    return {**kept, "HEGUI_DATA_DIR": str(data_dir), "HEGUI_NOTIFICATIONS__QUIET_HOURS": "off", **more}


def telegram(server: BotApiServer) -> dict[str, str]:
    """Settings that lead to this server, without the pauses that a real chat needs."""
    return {
        "HEGUI_TELEGRAM__TOKEN": TOKEN,
        "HEGUI_TELEGRAM__BASE_URL": server.base_url,
        "HEGUI_TELEGRAM__BASE_FILE_URL": server.base_file_url,
        "HEGUI_TELEGRAM__PER_SECOND": "0",
        "HEGUI_TELEGRAM__CHAT_SECONDS": "0",
    }


def hegui(
    data_dir: Path, *arguments: str, settings: Mapping[str, str] | None = None, lines: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(data_dir, **(settings or {})),
    )


class Running:
    """`hegui run` as a child process; what it prints goes to `log`."""

    def __init__(self, data_dir: Path, settings: Mapping[str, str]) -> None:
        self.data_dir = data_dir
        self.log = data_dir.with_suffix(".log")
        self._environment = environment(data_dir, **settings)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, "run", env=self._environment, stdout=log, stderr=log
            )

    async def ends(self) -> int:
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), STARTS_WITHIN)

    async def stop(self) -> int:
        """SIGTERM, and the exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self.ends()

    async def kill(self) -> None:
        """`kill -9`, if it still runs."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")
