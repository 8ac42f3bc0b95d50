"""Runs commands as scripts do: a child process, its exit code, its two outputs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

FINE, FINDINGS, USAGE, ENVIRONMENT, ANOTHER_INSTANCE = 0, 1, 2, 3, 75


class Commands:
    """Commands on one data folder; `settings` are HEGUI_* variables without their prefix."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *arguments: str, lines: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hegui", *arguments],
            input=lines,
            capture_output=True,
            text=True,
            timeout=60,
            env=self.environment(**settings),
        )

    def json(self, *arguments: str, code: int = FINE, **settings: str) -> Any:
        """What a command prints with --json: one document, the whole of stdout."""
        done = self(*arguments, "--json", **settings)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout)

    def environment(self, **settings: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HEGUI_")}
        given = {f"HEGUI_{name}": value for name, value in settings.items()}
        return {**kept, "HEGUI_DATA_DIR": str(self.data_dir), "HEGUI_NOTIFICATIONS__QUIET_HOURS": "off", **given}
