"""`hegui simulate`: the letters of the days to come, from the real logic; nothing is sent or stored."""

import subprocess
import sys
import time
from datetime import timedelta

from tests.unit.cli.commands import Commands

from hegui.channels.terminal import place
from hegui.cli.demo_data import Furnished
from hegui.foundation.clock import SystemClock

KEYS = {"at", "kind", "recipient", "about", "lane", "text"}


def _coming(hegui: Commands) -> list[dict[str, str]]:
    today = SystemClock().now().date()
    letters: list[dict[str, str]] = hegui.json(
        "simulate", "--from", str(today), "--to", str(today + timedelta(days=30))
    )
    return letters


def test_the_coming_reminders_of_a_case_are_listed_and_nothing_is_kept(
    migrated: Commands, furnished: Furnished
) -> None:
    before = migrated.json("state-hash"), migrated.json("outbox", "list")
    letters = _coming(migrated)
    assert len(letters) >= 3
    assert all(set(letter) == KEYS for letter in letters)
    assert {letter["recipient"] for letter in letters} == {furnished.member}
    assert len({letter["about"] for letter in letters}) == 1
    assert letters[0]["about"].startswith("case:")
    assert [letter["at"] for letter in letters] == sorted(letter["at"] for letter in letters)
    assert {letter["kind"] for letter in letters} <= {"reminder-early", "reminder-due"}
    assert "还没有标记完成" in letters[-1]["text"]
    assert all(f"整改-{furnished.case}" in letter["text"] for letter in letters)
    assert (migrated.json("state-hash"), migrated.json("outbox", "list")) == before


def test_looking_ahead_works_while_the_program_runs(migrated: Commands, furnished: Furnished) -> None:
    alone = _coming(migrated)
    running = subprocess.Popen(
        [sys.executable, "-m", "hegui", "run"], env=migrated.environment(), stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while not place.find(migrated.data_dir).exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        assert _coming(migrated) == alone
        assert migrated("migrate").returncode == 75
        assert migrated("outbox", "list", "--json").returncode == 0
        assert running.poll() is None
        running.terminate()
        assert running.wait(20) == 0
    finally:
        running.kill()
        running.wait()
