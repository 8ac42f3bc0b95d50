"""What an auditor and a court are given: the check with the settings' keys and places, and the export with proofs."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.audit_log import Forger, act, alone
from tests.fakes import FixedClock

from hegui.bootstrap import auditing
from hegui.foundation.audit.verifying import Report
from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem, Refusal
from hegui.settings import AuditSettings, Settings


@dataclass
class Kept:
    """A data folder with its store, and the place elsewhere."""

    settings: Settings
    database: Database
    elsewhere: Path

    @property
    def forger(self) -> Forger:
        return Forger(Path(self.database.url.removeprefix("sqlite:///")))

    def knowing_elsewhere(self) -> Settings:
        return self.settings.model_copy(update={"audit": AuditSettings(export_dir=self.elsewhere)})

    async def verify(self, *files: Path, keys: Path | None = None, settings: Settings | None = None) -> Report:
        async with self.database.read() as tx:
            return await auditing.verify(tx, settings or self.settings, list(files), keys)

    async def export(self, out: Path, **which: Any) -> dict[str, int]:
        async with self.database.read() as tx:
            return await auditing.write_export(tx, self.settings, out, **which)


@pytest.fixture
async def kept(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> AsyncIterator[Kept]:
    """Nine acts of three enterprises, the first eight under a checkpoint that is kept elsewhere too."""
    (tmp_path / "data").mkdir()
    made = Kept(Settings(data_dir=tmp_path / "data"), Database(sqlite_url), tmp_path / "elsewhere")
    signing = auditing.notary(made.knowing_elsewhere(), made.database, clock)
    for n in range(1, 10):
        await act(made.database, clock, f"act {n}", enterprise=f"e{n % 3}")
        if n == 8:
            await signing.checkpoint()
    yield made
    await made.database.close()


async def test_a_whole_log_is_said_to_be_whole(kept: Kept) -> None:
    assert await kept.verify() == Report(rows=9, checkpoints=1, covered=8, faults=())
    assert oct((kept.settings.data_dir / "audit.key").stat().st_mode & 0o777) == "0o600"


async def test_a_cut_is_found_by_the_checkpoints_kept_elsewhere(kept: Kept) -> None:
    kept.forger.change("delete from audit_log where seq > 6", "delete from audit_checkpoint")
    assert (await kept.verify()).ok  # nothing here tells of it
    for found in (await kept.verify(kept.elsewhere), await kept.verify(settings=kept.knowing_elsewhere())):
        assert [(fault.seq, fault.kind) for fault in found.faults] == [(7, "cut")]


async def test_only_the_keys_that_are_named_are_trusted(kept: Kept, tmp_path: Path) -> None:
    assert (await kept.verify(keys=kept.elsewhere / "public.keys")).ok
    other = tmp_path / "other.keys"
    other.write_text("A" * 43 + "=\n")
    assert [fault.kind for fault in (await kept.verify(keys=other)).faults] == ["key"]
    other.write_text("")
    with pytest.raises(EnvironmentProblem, match="holds no public key"):
        await kept.verify(keys=other)


async def test_what_cannot_be_read_is_said_in_one_sentence(kept: Kept, tmp_path: Path) -> None:
    notes = tmp_path / "notes.jsonl"
    for wrong in ("{}", "[]", "no JSON", '{"note": "a\\nb\\nc\\nd", "signature": "", "public_key": ""}'):
        notes.write_text(wrong + "\n")
        with pytest.raises(EnvironmentProblem, match=r"notes\.jsonl:1 is not a checkpoint\."):
            await kept.verify(notes)
    (kept.settings.data_dir / "audit.key").write_bytes(b"short")
    with pytest.raises(EnvironmentProblem, match="is damaged"):
        await kept.verify()


async def test_the_export_is_whole_to_the_verifier_that_stands_alone(kept: Kept, tmp_path: Path) -> None:
    out = tmp_path / "for the court"
    assert await kept.export(out) == {"rows": 9, "checkpoints": 1, "covered": 8}
    assert {file.name for file in out.iterdir()} == {
        "README.txt", "checkpoints.jsonl", "public.keys", "rows.jsonl", "verify_audit.py",
    }  # fmt: skip
    assert "9 rows; rows up to 8 are covered" in alone(out)[1]
    assert alone(out, "--checkpoints", kept.elsewhere, "--keys", kept.elsewhere / "public.keys")[0] == 0
    lines = (out / "rows.jsonl").read_text().splitlines(keepends=True)
    (out / "rows.jsonl").write_text("".join(lines[:7]))
    assert "the log ends at row 7" in alone(out)[1]
    with pytest.raises(Refusal):
        await kept.export(out)


async def test_rows_of_one_enterprise_are_proven_without_those_of_others(kept: Kept, tmp_path: Path) -> None:
    out = tmp_path / "e1"
    assert await kept.export(out, enterprise="e1") == {"rows": 3, "checkpoints": 1, "covered": 8}
    shown = [json.loads(line) for line in (out / "rows.jsonl").read_text().splitlines()]
    assert [(row["seq"], row["enterprise"]) for row in shown] == [(1, "e1"), (4, "e1"), (7, "e1")]
    assert alone(out)[0] == 0
    first, *rest = shown
    for name, wrong in (("outcome", "other"), ("seq", 5), ("previous", "11" * 32), ("path", []), ("size", 7)):
        (out / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ({**first, name: wrong}, *rest)))
        code, found = alone(out)
        assert (code, found[:4]) == (1, "row "), name


async def test_nothing_is_proven_without_a_checkpoint_or_from_a_broken_log(kept: Kept, tmp_path: Path) -> None:
    kept.forger.change("delete from audit_log where seq = 3")
    with pytest.raises(Refusal, match="not_whole"):
        await kept.export(tmp_path / "broken", about="case:c1")
    kept.forger.change("delete from audit_checkpoint")
    with pytest.raises(Refusal, match="no_checkpoint"):
        await kept.export(tmp_path / "out", about="case:c1")
    assert not (tmp_path / "out").exists()
