"""An audit log to tamper with: rows and checkpoints as they stand in a store, and both verifiers over them."""

import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hegui.foundation import audit
from hegui.foundation.audit import chain
from hegui.foundation.audit.checkpoints import Signer, read_checkpoints
from hegui.foundation.audit.export import checkpoints, rows
from hegui.foundation.audit.notary import Notary
from hegui.foundation.audit.verifying import Report, verify
from hegui.foundation.database.store import Database
from tests.fakes import FixedClock

VERIFIER = Path(__file__).parents[1] / "src" / "hegui" / "verify_audit.py"
SECRET, OTHER_SECRET = b"k" * 32, b"o" * 32
KEY = Signer(SECRET).public_key


def notary(database: Database, clock: FixedClock, outside: Path | None = None, secret: bytes = SECRET) -> Notary:
    return Notary(database, lambda: Signer(secret), clock, outside)


async def act(database: Database, clock: FixedClock, *names: str, enterprise: str | None = None) -> None:
    """One transaction that records these acts."""
    async with database.write() as tx:
        for name in names:
            await audit.record(
                tx, name, at=clock.now(), actor="p1", about="case:c1", enterprise=enterprise, reason=f"为{name}"
            )
    clock.advance(timedelta(seconds=1))


async def report(database: Database, outside: Path | None = None, keys: frozenset[str] = frozenset({KEY})) -> Report:
    """What Hegui's own verifier finds."""
    async with database.read() as tx:
        notes = [*await checkpoints(tx), *(read_checkpoints([outside]) if outside else ())]
        return verify([row async for row in rows(tx)], notes, keys)


def alone(place: Path, *arguments: object) -> tuple[int, str]:
    """What the verifier says that stands alone, started outside the package without any of its imports."""
    command = [sys.executable, "-I", str(VERIFIER), str(place), *map(str, arguments)]
    done = subprocess.run(command, cwd=place.parent, capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    return done.returncode, done.stdout


@dataclass
class Forger:
    """Has the database file, and no key: drops the triggers, then does as it likes."""

    file: Path

    def change(self, *statements: str) -> None:
        store = sqlite3.connect(self.file)
        for act in ("update", "delete"):
            store.execute(f"drop trigger if exists audit_log_no_{act}")
        for statement in statements:
            store.execute(statement)
        store.commit()
        store.close()

    def link_anew(self, first: int = 1) -> None:
        """Makes the hashes from row `first` on fit again, as somebody who has read the source can."""
        store = sqlite3.connect(self.file)
        store.row_factory = sqlite3.Row
        held = [dict(row) for row in store.execute("select * from audit_log order by seq")]
        previous = chain.BEGINNING
        for row in held:
            if row["seq"] >= first:
                row["hash"] = chain.link(previous, row).hex()
                store.execute("update audit_log set hash = :hash where seq = :seq", row)
            previous = bytes.fromhex(row["hash"])
        store.commit()
        store.close()
