"""`hegui ledger`: for members only, never without being allowed, audited, and beside a program that runs."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.unit.cli.commands import ANOTHER_INSTANCE, FINDINGS, Commands

from hegui.cli.demo_data import CREDIT_CODES, Furnished

FIRM = CREDIT_CODES["first"]
STARTS_WITHIN = 30  # seconds
ALLOWED = {"CLI__ACTS_FOR_PEOPLE": "true"}
COUNTED = ("--kind", "stock-take", "--chemical", "甲苯", "--amount", "100", "--unit", "公斤", "--day", "2026-01-05")


@pytest.fixture
def by(furnished: Furnished) -> tuple[str, ...]:
    return ("--enterprise", FIRM, "--by", furnished.member)


@pytest.fixture
def running(migrated: Commands, furnished: Furnished) -> Iterator[Commands]:
    """A program that runs on the same store."""
    del furnished
    program = subprocess.Popen(
        [sys.executable, "-m", "hegui", "run"],
        env=migrated.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    socket, until = migrated.data_dir / "hegui.sock", time.monotonic() + STARTS_WITHIN
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield migrated
    program.send_signal(signal.SIGTERM)
    program.wait(STARTS_WITHIN)


def audited(hegui: Commands) -> list[tuple[str, str, dict[str, object]]]:
    engine = create_engine(f"sqlite:///{hegui.data_dir / 'hegui.db'}")
    with engine.connect() as connection:
        rows = connection.execute(text("select act, door, detail from audit_log where door = 'command' order by seq"))
        found = [(row.act, row.door, json.loads(row.detail)) for row in rows]
    engine.dispose()
    return found


def test_nothing_is_done_for_people_unless_it_is_allowed(migrated: Commands, by: tuple[str, ...]) -> None:
    done = migrated("ledger", "balance", *by)
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert "cli.acts_for_people" in done.stderr
    assert audited(migrated) == []


def test_without_a_running_program_the_command_does_it_itself(migrated: Commands, by: tuple[str, ...]) -> None:
    bought = ("--kind", "purchase", *COUNTED[2:], "--field", "supplier=某厂", "--field", "payment=现金")
    told = migrated.json("ledger", "record", *bought, *by, code=FINDINGS, **ALLOWED)
    assert (told["recorded"], [one["check"] for one in told["warnings"]]) == (False, ["L10", "L16", "L25"])
    assert audited(migrated) == []


def test_beside_a_running_program_everything_goes_through_it(
    running: Commands, by: tuple[str, ...], tmp_path: Path
) -> None:
    made = running.json("ledger", "record", *COUNTED, *by, **ALLOWED)
    assert (made["recorded"], made["entry"], made["balance"]["amount"]) == (True, "0001", "100")
    changed = running.json("ledger", "correct", "1", "--why", "磅秤没有归零", "--amount", "95", *by, **ALLOWED)
    assert (changed["counter"], changed["entry"], changed["balance"]["amount"]) == ("0002", "0003", "95")
    (line,) = running.json("ledger", "totals", "--year", "2026", *by, **ALLOWED)["totals"]
    assert (line["chemical"], line["counted"], line["closing"]) == ("甲苯", "95", "95")
    said = running("ledger", "balance", "--lang", "zh", *by, **ALLOWED)
    assert (said.returncode, said.stdout) == (0, "甲苯：95 kg\n")
    file = tmp_path / "out.xlsx"
    assert running.json("ledger", "export", str(file), *by, **ALLOWED)["entries"] == 3
    again = running("ledger", "import", str(file), *by, **ALLOWED)
    assert (again.returncode, "Import only into an empty one" in again.stderr) == (FINDINGS, True)
    used = ("--kind", "use", "--chemical", "甲苯", "--amount", "120", "--unit", "kg", "--day", "2026-01-06")
    refused = running("ledger", "record", *used, *by, "--json", **ALLOWED)
    assert (refused.returncode, refused.stdout, "95 kg" in refused.stderr) == (FINDINGS, "", True)
    acts = audited(running)
    assert [act for act, *_ in acts if act != "refused"] == [
        "ledger entry recorded",
        "ledger entry corrected",
        "ledger totals looked at",
        "ledger balance looked at",
        "ledger exported",
    ]
    assert sum(act == "refused" for act, *_ in acts) == 2
    assert all(detail["os_user"] for act, _, detail in acts if act != "refused")
    (running.data_dir / "hegui.sock").unlink()
    unheard = running("ledger", "balance", *by, **ALLOWED)
    assert (unheard.returncode, unheard.stdout) == (ANOTHER_INSTANCE, "")
    assert "Another Hegui runs" in unheard.stderr
