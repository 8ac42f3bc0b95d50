"""`hegui enterprise`, `user` and `invite` as scripts use them, with and without a program running."""

import json
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands
from tests.unit.registry.codes import credit_code

from hegui.cli.invite import checked_moment
from hegui.cli.ordering import MOST_BYTES, parts
from hegui.cli.qr_code import write

DISTRICT = "CN-33-06-03"
ADD = ("enterprise", "add", "--name", "绍兴甲厂", "--district", DISTRICT, "--tag", "network=yes", "--uscc")


@pytest.fixture
def running(migrated: Commands) -> Iterator[subprocess.Popen[bytes]]:
    """The program that runs on the same store."""
    command = [sys.executable, "-m", "hegui", "run"]
    with (migrated.data_dir / "run.log").open("wb") as log:
        process = subprocess.Popen(command, env=migrated.environment(), stdout=log, stderr=log)
    end = time.monotonic() + 60
    while not (migrated.data_dir / "hegui.sock").exists():
        assert time.monotonic() < end, (migrated.data_dir / "run.log").read_text()
        assert process.poll() is None
        time.sleep(0.05)
    yield process
    process.terminate()
    assert process.wait(20) == 0


def test_every_command_works_while_the_program_runs(
    migrated: Commands, running: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    made = migrated.json(*ADD, credit_code(1))
    assert made == {"enterprise": made["enterprise"], "name": "绍兴甲厂", "uscc": credit_code(1)}
    file = tmp_path / "list.csv"
    file.write_text(f"name,uscc,district\n乙厂,{credit_code(2)},柯桥\n丙厂,1,柯桥\n", encoding="utf-8")
    done = migrated.json("enterprise", "import", str(file), code=FINDINGS)
    assert (done["added"], [one["row"] for one in done["refused"]]) == (1, [3])

    officer = migrated.json("user", "add", "--name", "张", "--role", "officer", "--district", "CN-33-06")
    assert set(officer) == {"person", "token", "link", "expires"}
    (tmp_path / "wanted.jsonl").write_text(json.dumps({"enterprise": made["enterprise"]}) + "\nx\n", encoding="utf-8")
    batch = migrated("invite", "--batch", str(tmp_path / "wanted.jsonl"), "--expires", "2030-12-24T18:00")
    first, second = map(json.loads, batch.stdout.splitlines())
    assert (batch.returncode, first["expires"], set(second)) == (FINDINGS, "2030-12-24T18:00:00+08:00", {"refused"})

    assert "绍兴甲厂" in migrated("chat", "--plain", "--invitation", first["token"]).stdout
    assert running.poll() is None


def test_commands_that_come_at_once_wait_for_each_other(migrated: Commands) -> None:
    command = [sys.executable, "-m", "hegui", *ADD]
    started = [subprocess.Popen([*command, credit_code(n)], env=migrated.environment()) for n in range(2)]
    assert [process.wait(60) for process in started] == [FINE] * 2


@pytest.mark.parametrize(
    "given", [(), ("--enterprise", "a", "--person", "b"), ("--enterprise", "a", "--expires", "soon")]
)
def test_wrong_usage_of_invite_is_told_as_such(hegui: Commands, given: tuple[str, ...]) -> None:
    assert hegui("invite", *given).returncode == USAGE


def test_a_moment_without_a_zone_is_one_in_china() -> None:
    assert checked_moment("2026-12-24T18:00") == "2026-12-24T18:00:00+08:00"
    assert checked_moment("2026-12-24T18:00:00+00:00") == "2026-12-24T18:00:00+00:00"
    assert checked_moment("2026-12-24") == "2026-12-24T00:00:00+08:00"
    assert checked_moment(None) is None


def test_the_user_of_the_machine_is_not_the_one_that_a_variable_names() -> None:
    forged = dict.fromkeys(("LOGNAME", "USER", "USERNAME"), "somebody-else")
    asked = "from hegui.cli.ordering import os_user; print(os_user())"
    done = subprocess.run([sys.executable, "-c", asked], env=os.environ | forged, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == pwd.getpwuid(os.getuid()).pw_name


def test_an_order_is_never_longer_than_the_program_takes() -> None:
    items = ["长" * 5000] * 7 + ["x"] * 450
    made = list(parts(items))
    assert [one for part in made for one in part] == items
    assert all(len(json.dumps(part, ensure_ascii=False).encode()) < MOST_BYTES + 1024 for part in made)


def test_a_qr_code_is_for_its_maker_alone_and_only_where_there_is_something_to_open(tmp_path: Path) -> None:
    code, none = tmp_path / "code.png", tmp_path / "none.png"
    write("https://t.me/hegui_test_bot?start=" + "A" * 43, code)
    assert code.read_bytes().startswith(b"\x89PNG")
    assert code.stat().st_mode & 0o077 == 0
    write("hegui chat --invitation " + "A" * 43, none)
    assert not none.exists()
