"""What nobody can need any more goes; what a row points to stays."""

import os
from datetime import timedelta
from pathlib import Path

from tests.fakes import FixedClock, SeededRandomness

from hegui.bootstrap.housekeeping import Housekeeper
from hegui.capabilities.self_check.store import checklist_snapshot, evidence, run
from hegui.foundation.database.store import Database
from hegui.foundation.files import FileFolder
from hegui.registry.tables import person


async def _kept_file(database: Database, clock: FixedClock, name: str) -> None:
    """A run with one piece of evidence, written as rows."""
    started = {"id": "run1", "person": "p", "pack": "x", "rules_digest": "d", "snapshot": "s", "state": "running"}
    piece = {
        "id": "e1",
        "run": "run1",
        "question": "Q01",
        "stored": name,
        "name": "plan.pdf",
        "media_type": "",
        "size": 1,
        "sha256": "0",
        "received_at": clock.now(),
    }
    async with database.write() as tx:
        await tx.insert(person, [{"id": "p", "role": "member", "language": "zh", "created_at": clock.now()}])
        await tx.insert(checklist_snapshot, [{"digest": "s", "body": "{}"}])
        await tx.insert(run, [{**started, "started_at": clock.now(), "updated_at": clock.now()}])
        await tx.insert(evidence, [piece])


async def test_files_that_were_taken_back_are_swept_after_a_day(
    sqlite_database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    for name, age in (("named", 3), ("taken-back", 3), ("just-arrived", 0)):
        file = tmp_path / name
        file.write_bytes(b"x")
        written = (clock.now() - timedelta(days=age)).timestamp()
        os.utime(file, (written, written))
    await _kept_file(sqlite_database, clock, "named")
    keeper = Housekeeper(sqlite_database, FileFolder(tmp_path, SeededRandomness()), clock)
    await keeper.tidy()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["just-arrived", "named"]
