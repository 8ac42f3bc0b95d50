"""`audit verify` and `audit export` as scripts call them; what they find stands in tests/unit/audit."""

import sqlite3
from pathlib import Path

from tests.audit_log import Forger, act
from tests.fakes import FixedClock
from tests.unit.cli.commands import FINDINGS, Commands

from hegui.foundation.database.store import Database


async def test_the_first_bad_row_is_named_and_the_command_ends_with_one(
    migrated: Commands, clock: FixedClock, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{migrated.data_dir / 'hegui.db'}")
    await act(database, clock, *[f"act {n}" for n in range(6)])
    await database.close()
    out = tmp_path / "out"
    assert migrated.json("audit", "export", str(out)) == {"folder": str(out), "rows": 6, "checkpoints": 0, "covered": 0}

    copy = tmp_path / "copy.db"  # as an auditor has it: it cannot be written
    with sqlite3.connect(migrated.data_dir / "hegui.db") as store:
        store.execute("vacuum into ?", [str(copy)])
    copy.chmod(0o400)
    assert migrated.json("audit", "verify", DATABASE__URL=f"sqlite:///{copy}") == {
        "ok": True, "rows": 6, "checkpoints": 0, "covered": 0, "faults": [], "first_bad": None,
    }  # fmt: skip

    Forger(migrated.data_dir / "hegui.db").change("update audit_log set actor = 'x' where seq = 5")
    assert migrated.json("audit", "verify", code=FINDINGS)["first_bad"] == 5
    done = migrated("audit", "verify")
    assert done.stdout.startswith("row 5: row 5 was changed")
    assert "NOT whole" in done.stdout


def test_a_proof_without_a_checkpoint_is_refused_in_one_sentence(migrated: Commands, tmp_path: Path) -> None:
    done = migrated("audit", "export", str(tmp_path / "out"), "--about", "case:c1")
    assert (done.returncode, done.stderr.count("\n")) == (FINDINGS, 1)
    assert "no signed checkpoint yet" in done.stderr
