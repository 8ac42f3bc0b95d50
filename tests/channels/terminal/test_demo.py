"""`hegui demo`: a world that is made up, a reminder that comes while one watches, and nothing left behind."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from stdnum.cn import uscc
from tests.channels.terminal.clients import Terminal, piped
from tests.fakes import FixedClock

from hegui.bootstrap.program import Program
from hegui.capabilities.rectification import service as rectification
from hegui.capabilities.self_check import service as self_check
from hegui.cli.demo_data import CREDIT_CODES, furnish
from hegui.delivery.outbox.tables import outbox
from hegui.foundation.database.store import Database
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

MORNINGS_NIGHTS_AND_DAYS_OFF = (0, 5, 9, 30, 60, 24 * 4, 24 * 5, 24 * 38, 24 * 75)  # hours after a Tuesday at ten


def test_credit_codes_are_valid_and_of_no_place() -> None:
    assert len(set(CREDIT_CODES.values())) >= 3
    for code in CREDIT_CODES.values():
        assert uscc.is_valid(code)
        assert code[2:8] == "990000"


@pytest.mark.parametrize("hours", MORNINGS_NIGHTS_AND_DAYS_OFF)
async def test_at_any_hour_the_reminder_comes_when_it_is_announced(
    settings: Settings, rulebook: Rulebook, sqlite_database: Database, clock: FixedClock, hours: int
) -> None:
    clock.advance(timedelta(hours=hours))
    program = Program(settings, rulebook, sqlite_database, channels={}, clock=clock)
    await furnish(program, "zh", timedelta(seconds=25))
    assert await program.reminder_worker.tick() == 0
    clock.advance(timedelta(seconds=25))
    assert await program.reminder_worker.tick() == 1
    async with sqlite_database.read() as tx:
        (letter,) = await tx.all(select(outbox.c.kind, outbox.c.ready_at))
    assert letter.kind == "reminder-early"
    assert letter.ready_at == clock.now()


async def test_the_demo_has_a_finished_self_check_behind_its_case(
    settings: Settings, rulebook: Rulebook, sqlite_database: Database, clock: FixedClock
) -> None:
    program = Program(settings, rulebook, sqlite_database, channels={}, clock=clock)
    furnished = await furnish(program, "en", timedelta(seconds=25))
    async with sqlite_database.read() as tx:
        (run,) = await self_check.runs_of(tx, furnished.member)
        (case,) = await rectification.still_open(tx, furnished.member)
        faults = await self_check.findings_of(tx, run.id, furnished.member)
    assert run.state == "finished"
    assert case.reference == furnished.case
    assert {fault.finding.case for fault in faults} == {case.id}


@pytest.mark.parametrize(("language", "notice"), [("zh", "── 通知 ──\n整改-0001"), ("en", "── Notice ──\nCase 0001")])
def test_through_a_pipe_the_reminder_is_awaited_and_nothing_is_left(tmp_path: Path, language: str, notice: str) -> None:
    done = piped(tmp_path, "demo", "--fast", "--lang", language, lines="/cases\n1\n", TMPDIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "0001" in done.stdout
    assert notice in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_the_reminder_appears_above_the_prompt() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Terminal(Path(folder), "demo", "--fast", TMPDIR=folder)
        try:
            demo.shows("编的")
            demo.shows("── 通知 ──")
            demo.shows("T-3")
            demo.shows("[1] 查看")
            demo.types("1\r")
            demo.shows("整改-0001 · 进行中")
            demo.shows("Ctrl-D：离开")
            demo.types("\x04")
            assert demo.ends() == 0
            assert list(Path(folder).iterdir()) == []
        finally:
            demo.close()
