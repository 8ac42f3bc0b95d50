"""`hegui ledger`: for members only, never without being allowed, audited, and beside a program that runs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.unit.cli.commands import ANOTHER_INSTANCE, FINDINGS, USAGE, Commands

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
    before = migrated.json("state-hash")
    for command in (("record", *COUNTED), ("balance",), ("export", "x.xlsx")):
        done = migrated("ledger", *command, *by)
        assert (done.returncode, done.stdout) == (FINDINGS, "")
        assert "cli.acts_for_people" in done.stderr
    assert migrated.json("state-hash") == before


def test_an_entry_is_recorded_corrected_and_totalled(migrated: Commands, by: tuple[str, ...], tmp_path: Path) -> None:
    made = migrated.json("ledger", "record", *COUNTED, *by, **ALLOWED)
    assert (made["recorded"], made["entry"]) == (True, "0001")
    assert made["balance"] == {"chemical": "甲苯", "amount": "100", "unit": "kg"}
    changed = migrated.json("ledger", "correct", "1", "--why", "磅秤没有归零", "--amount", "95", *by, **ALLOWED)
    assert (changed["counter"], changed["entry"], changed["balance"]["amount"]) == ("0002", "0003", "95")
    (line,) = migrated.json("ledger", "totals", "--year", "2026", *by, **ALLOWED)["totals"]
    assert (line["chemical"], line["counted"], line["closing"]) == ("甲苯", "95", "95")
    held = migrated.json("ledger", "balance", "--on", "2026-01-04", *by, **ALLOWED)
    assert (held["balances"], held["certificates"]) == ([], [])
    file = tmp_path / "out.xlsx"
    assert migrated.json("ledger", "export", str(file), *by, **ALLOWED)["entries"] == 3
    assert file.read_bytes()[:2] == b"PK"
    acts = audited(migrated)
    assert [act for act, *_ in acts] == [
        "ledger entry recorded",
        "ledger entry corrected",
        "ledger totals looked at",
        "ledger balance looked at",
        "ledger exported",
    ]
    assert all(detail["os_user"] for _, _, detail in acts)
    again = migrated("ledger", "import", str(file), *by, **ALLOWED)
    assert (again.returncode, "Import only into an empty one" in again.stderr) == (FINDINGS, True)


def test_warnings_must_be_confirmed(migrated: Commands, by: tuple[str, ...]) -> None:
    bought = ("--kind", "purchase", *COUNTED[2:], "--field", "supplier=某厂", "--field", "payment=现金")
    before = migrated.json("state-hash")
    told = migrated.json("ledger", "record", *bought, *by, code=FINDINGS, **ALLOWED)
    assert [one["check"] for one in told["warnings"]] == ["L10", "L16", "L25"]
    assert "第十七条" in told["warnings"][0]["basis"]
    assert migrated.json("state-hash") == before
    assert migrated.json("ledger", "record", *bought, "--confirm", *by, **ALLOWED)["recorded"]


def test_it_works_while_the_program_runs_on_the_same_store(running: Commands, by: tuple[str, ...]) -> None:
    assert running.json("ledger", "record", *COUNTED, *by, **ALLOWED)["entry"] == "0001"
    used = ("--kind", "use", "--chemical", "甲苯", "--amount", "120", "--unit", "kg", "--day", "2026-01-06")
    refused = running("ledger", "record", *used, *by, "--json", **ALLOWED)
    assert (refused.returncode, refused.stdout) == (FINDINGS, "")
    assert "100 kg" in refused.stderr
    assert running.json("ledger", "balance", *by, **ALLOWED)["balances"][0]["amount"] == "100"


def test_a_program_that_runs_and_cannot_be_asked_is_said(running: Commands, by: tuple[str, ...]) -> None:
    (running.data_dir / "hegui.sock").unlink()
    done = running("ledger", "balance", *by, **ALLOWED)
    assert (done.returncode, done.stdout) == (ANOTHER_INSTANCE, "")
    assert "does not listen" in done.stderr


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        ({"--by": "nobody"}, FINDINGS, "There is no person nobody."),
        ({"--enterprise": CREDIT_CODES["second"]}, FINDINGS, "cannot be found"),
        ({"--enterprise": "none"}, FINDINGS, "There is no enterprise"),
        ({"--amount": "lots"}, FINDINGS, "not an amount"),
        ({"--unit": "k g!"}, FINDINGS, "not a unit"),
        ({"--chemical": "水"}, FINDINGS, "not exactly one item"),
        ({"--kind": "gift"}, FINDINGS, "not a kind"),
        ({"--day": "2026-02-30"}, FINDINGS, "not a column"),
        ({"--day": "2200-01-01"}, FINDINGS, "has not come yet"),
        ({"--field": "colour=red"}, FINDINGS, "not a column"),
        ({"--field": "colour"}, USAGE, "no column with its value"),
    ],
)
def test_wrong_input_is_one_sentence(
    migrated: Commands, furnished: Furnished, changed: dict[str, str], code: int, said: str
) -> None:
    pairs = dict(zip(COUNTED[::2], COUNTED[1::2], strict=True))
    given = {**pairs, "--enterprise": FIRM, "--by": furnished.member, **changed}
    done = migrated("ledger", "record", *(part for pair in given.items() for part in pair), COLUMNS="200", **ALLOWED)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_workbook_is_said(migrated: Commands, by: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(os.urandom(2000))
    done = migrated("ledger", "import", str(file), *by, **ALLOWED)
    assert done.returncode == FINDINGS
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_ledger_comes_back_through_the_commands(migrated: Commands, by: tuple[str, ...], tmp_path: Path) -> None:
    assert migrated.json("ledger", "record", *COUNTED, *by, **ALLOWED)["recorded"]
    file = tmp_path / "out.xlsx"
    migrated.json("ledger", "export", str(file), *by, **ALLOWED)
    engine = create_engine(f"sqlite:///{migrated.data_dir / 'hegui.db'}")
    with engine.begin() as connection:  # as on a new installation
        connection.execute(text("delete from ledger_entry"))
    engine.dispose()
    assert migrated.json("ledger", "import", str(file), *by, **ALLOWED) == {"entries": 1, "certificates": 0}
    assert migrated.json("ledger", "balance", *by, **ALLOWED)["balances"][0]["amount"] == "100"
