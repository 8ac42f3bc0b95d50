"""The child process: what goes in and comes out, and that nothing it does reaches beyond it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.child import FaultInChild, in_child
from hegui.foundation.untrusted.guard import TABLES
from hegui.foundation.untrusted.limits import READING, WRITING

HURRIED = replace(READING, wall_seconds=1)


PARENT = """
import asyncio, json, os, sys
from pathlib import Path
from hegui.foundation.untrusted.child import in_child
os.set_inheritable(os.open(sys.executable, os.O_RDONLY), True)
task, name, given = sys.argv[1:]
print(json.dumps(asyncio.run(in_child(f"tests.child_tasks:{task}", Path(name), json.loads(given)))))
"""


def _command(task: str, name: str, **given: str) -> list[str]:
    """A program that has a child open a file, and prints what comes back."""
    return [sys.executable, "-c", PARENT, task, name, json.dumps(given)]


def _surroundings(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)} | more


def _parent(file: Path, task: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(task, file.name), env=_surroundings(**variables), cwd=file.parent, capture_output=True, text=True
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "台账.csv"
    made.write_text("日期,品名\n", encoding="utf-8")
    return made


async def _run(name: str, file: Path, **given: object) -> object:
    return await in_child(f"tests.child_tasks:{name}", file, given)


async def _dies(name: str, file: Path, limits: object = READING, **given: object) -> None:
    with pytest.raises(Refusal) as refused:
        await in_child(f"tests.child_tasks:{name}", file, given, limits=limits)  # type: ignore[arg-type]
    assert refused.value.key == "upload.too_heavy"


async def _is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8"):
            return True
        await asyncio.sleep(0.05)
    return False


async def _pid_in(note: Path) -> int:
    for _ in range(200):
        if note.exists() and (said := note.read_text(encoding="utf-8")):
            return int(said)
        await asyncio.sleep(0.05)
    raise AssertionError("the child did not start")


# ---- in and out --------------------------------------------------------------------------------------------------


async def test_the_task_gets_the_file_and_what_is_given_and_its_answer_comes_back(file: Path) -> None:
    answer = await _run("echo", file, words="盐酸", rows=[1, None, 2.5])
    assert answer == {"name": "台账.csv", "given": {"words": "盐酸", "rows": [1, None, 2.5]}}


async def test_the_guard_looks_first_and_tells_the_kind(file: Path) -> None:
    answer = await in_child("tests.child_tasks:echo", file, {}, wanted=TABLES)
    assert answer["given"] == {"kind": "csv"}


async def test_a_refusal_in_the_child_is_one_in_the_parent(file: Path) -> None:
    with pytest.raises(Refusal) as refused:
        await _run("refuse", file, limit=5)
    assert (refused.value.key, refused.value.params) == ("upload.too_many_rows", {"limit": 5})


async def test_an_error_in_the_child_is_the_files_fault_and_its_words_stay_there(
    file: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refusal) as refused:
        await _run("fail", file)
    assert refused.value.key == "upload.damaged"
    shown = capsys.readouterr()
    said = shown.out + shown.err + caplog.text
    assert "ZeroDivisionError at" in said
    assert "secret words" not in said


@pytest.mark.parametrize(
    "task", ["tests.child_tasks:none", "tests.nowhere:echo", "echo", "tests.child_tasks:return_no_json"]
)
async def test_a_wrong_task_is_our_fault(task: str, file: Path) -> None:
    with pytest.raises(FaultInChild):
        await in_child(task, file, {})


async def test_what_libraries_print_does_not_disturb_the_answer(file: Path) -> None:
    assert await _run("print_garbage", file) == "clean"


# ---- misbehaviour ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["abort", "swell", "answer_much", "answer_garbage"])
async def test_a_child_that_misbehaves_is_a_refusal(name: str, file: Path) -> None:
    await _dies(name, file)


async def test_a_child_that_hangs_is_ended(file: Path, tmp_path: Path) -> None:
    await _dies("hang", file, HURRIED, started=str(tmp_path / "pid"))
    assert await _is_gone(await _pid_in(tmp_path / "pid"))


async def test_a_child_that_computes_too_long_is_ended(file: Path) -> None:
    await _dies("spin", file, replace(READING, cpu_seconds=1))


async def test_a_child_writes_no_large_file_unless_it_may(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with pytest.raises(Refusal):
        await _run("write_much", file, target=str(target))
    assert target.stat().st_size <= READING.file_bytes
    await in_child("tests.child_tasks:write_much", file, {"target": str(target)}, limits=WRITING)
    assert target.stat().st_size == 2 * 1024 * 1024


async def test_a_file_that_a_child_writes_is_for_its_owner_alone(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    await in_child("tests.child_tasks:write_little", file, {"target": str(target)}, limits=WRITING)
    assert target.stat().st_mode & 0o777 == 0o600


async def test_a_child_leaves_no_process_behind(file: Path, tmp_path: Path) -> None:
    started = tmp_path / "pid"
    with pytest.raises(Refusal):
        await in_child("tests.child_tasks:fork", file, {"started": str(started)}, limits=HURRIED)
    assert sys.platform != "linux" or not started.exists()  # elsewhere nothing filters calls: only the group is ended


async def test_a_child_may_use_threads(file: Path) -> None:
    assert await _run("start_thread", file) == ["from a thread"]


async def test_a_child_reaches_no_network(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert await _run("reach_network", file, port=server.getsockname()[1]) == "not reached"


async def test_a_child_cannot_lift_its_limits(file: Path) -> None:
    assert await _run("lift_limits", file) == "kept"


def test_a_child_knows_no_secrets_and_has_no_files_of_its_parent(file: Path) -> None:
    answer = json.loads(_parent(file, "surroundings", HEGUI_TELEGRAM__TOKEN="1:secret", PGPASSWORD="secret").stdout)
    assert "secret" not in str(answer["variables"])
    assert len(answer["opened"]) == 1  # the pipe for the answer


def test_a_command_finds_a_file_beside_it_and_leaves_nothing_in_the_temporary_folder(file: Path) -> None:
    folder = file.parent / "temporary"
    folder.mkdir()
    assert json.loads(_parent(file, "echo", TMPDIR=str(folder)).stdout)["name"] == file.name
    assert _parent(file, "abort", TMPDIR=str(folder)).returncode == 1
    assert list(folder.iterdir()) == []


# ---- no longer wanted --------------------------------------------------------------------------------------------


async def test_a_child_ends_when_its_turn_is_cancelled(file: Path, tmp_path: Path) -> None:
    turn = asyncio.create_task(_run("hang", file, started=str(tmp_path / "pid")))
    pid = await _pid_in(tmp_path / "pid")
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert await _is_gone(pid)


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
async def test_a_child_ends_with_its_parent(blow: signal.Signals, file: Path, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = subprocess.Popen(
        _command("hang", str(file), started=str(note)), env=_surroundings(), stderr=subprocess.DEVNULL
    )
    pid = await _pid_in(note)
    parent.send_signal(blow)
    parent.wait()
    assert await _is_gone(pid)
