"""Opens a file from outside in a process of its own, because readers abort, hang and swell where no `try` helps.

The process is started fresh, with a clean environment and limits that it sets on itself before it touches anything
(`inside.py`). It is killed with its group when it is done, late, or no longer wanted. One JSON document comes back.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import structlog

from hegui.foundation.errors import HeguiError, Refusal
from hegui.foundation.untrusted.guard import glance
from hegui.foundation.untrusted.limits import MEGABYTE, READING, Limits
from hegui.foundation.untrusted.recognising import FileKind

log = structlog.get_logger(__name__)

REQUEST = "request.json"
PIECE_BYTES = 64 * 1024
KEY = re.compile(r"^[a-z_]+(\.[a-z_0-9]+)+$")
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ")


class FaultInChild(HeguiError):
    """The task itself is wrong: its name, or an answer that is no JSON. Never the file's fault."""


async def in_child(
    task: str,
    path: Path,
    given: dict[str, Any],
    *,
    limits: Limits = READING,
    wanted: frozenset[FileKind] | None = None,
) -> Any:
    """Runs `package.module:function` as `function(path, given)` in a child, and gives what it returns.

    With `wanted`, the guard looks at the file first, in the child too, and `given["kind"]` tells what it is. `path`
    and what the function returns must be what JSON can hold. Raises Refusal: one that was raised in the child, or
    that the file is damaged or too heavy; FaultInChild for a mistake of ours.
    """
    if wanted is not None:
        glance(path, wanted)
    with tempfile.TemporaryDirectory(prefix="hegui-child-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        request = {
            "task": task,
            "path": str(path.absolute()),
            "given": given,
            "limits": asdict(limits),
            "wanted": sorted(wanted) if wanted is not None else None,
        }
        (folder / REQUEST).write_text(json.dumps(request, ensure_ascii=False), encoding="utf-8")
        raw = await _run(folder, limits)
    return _answer(raw, task, limits)


async def _run(folder: Path, limits: Limits) -> bytes | None:
    """What the child wrote, or None where it broke a limit or died.

    The pipe is our own: asyncio waits for a pipe of its making to end before it says that the process has, and a
    child that wrote more than we read would never be said to.
    """
    ours, theirs = os.pipe()
    with open(ours, "rb", buffering=0) as answers:  # noqa: PTH123, ASYNC230  a descriptor
        try:
            process = await _started(folder, theirs)
        finally:
            os.close(theirs)
        try:
            async with asyncio.timeout(limits.wall_seconds):
                raw = await _bounded(answers, limits.output_bytes)
                return raw if raw is not None and await process.wait() == 0 else None
        except TimeoutError:
            return None
        finally:
            await _end(process)


async def _started(folder: Path, answers: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "hegui.foundation.untrusted.inside", str(os.getpid()),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=answers,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )  # fmt: skip


async def _bounded(answers: IO[bytes], limit: int) -> bytes | None:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), answers
    )
    raw = bytearray()
    try:
        while piece := await reader.read(PIECE_BYTES):
            raw += piece
            if len(raw) > limit:
                return None
    finally:
        transport.close()
    return bytes(raw)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kills what is left of the child and of anything that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of our own settings and secrets; temporary files go where they are removed."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "MALLOC_ARENA_MAX": "1",  # each arena reserves address space that counts against the limit
        "OMP_NUM_THREADS": "1",
    }


def _answer(raw: bytes | None, task: str, limits: Limits) -> Any:
    said = _parsed(raw)
    if said is None:
        log.warning("child died", task=task)
        raise Refusal("upload.too_heavy", seconds=round(limits.wall_seconds), limit=limits.memory_bytes // MEGABYTE)
    if "refusal" in said:
        raise Refusal(_key(said["refusal"]), **_params(said.get("params")))
    if "fault" in said:
        raise FaultInChild(str(said["fault"]))
    if "failure" in said:
        log.warning("child failed", task=task, where=str(said["failure"])[:2000])
        raise Refusal("upload.damaged")
    return said.get("result")


def _parsed(raw: bytes | None) -> dict[str, Any] | None:
    try:
        said = json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _key(key: object) -> str:
    return key if isinstance(key, str) and KEY.match(key) else "upload.damaged"


def _params(params: object) -> dict[str, Any]:
    if not isinstance(params, dict):
        return {}
    return {str(name): value for name, value in params.items() if isinstance(value, str | int | float | None)}
