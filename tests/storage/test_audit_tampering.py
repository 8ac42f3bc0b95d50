"""Whoever changes history is found by both verifiers, with the checkpoints that are kept elsewhere."""

import shutil
from pathlib import Path

import pytest
from tests.audit_log import KEY, OTHER_SECRET, Forger, act, alone, notary, report
from tests.fakes import FixedClock

from hegui.foundation.audit.checkpoints import Checkpoint, Signer, read_checkpoints
from hegui.foundation.database.store import Database

ROWS, COVERED = 12, 10


@pytest.fixture
async def log(sqlite_url: str, clock: FixedClock, tmp_path: Path) -> tuple[Path, Path]:
    """A store of twelve rows, ten of which are covered by checkpoints; and the folder of checkpoints elsewhere."""
    database, outside = Database(sqlite_url), tmp_path / "elsewhere"
    signing = notary(database, clock, outside)
    for n in range(1, ROWS + 1):
        await act(database, clock, f"act {n}", enterprise=f"e{n % 3}")
        if n in (4, COVERED):
            await signing.checkpoint()
    await database.close()
    return Path(sqlite_url.removeprefix("sqlite:///")), outside


async def both(log: tuple[Path, Path], keys: frozenset[str] = frozenset({KEY})) -> tuple[list[str], str]:
    """Kinds of faults that our verifier finds, and what the other one says; they must agree."""
    file, outside = log
    database = Database(f"sqlite:///{file}")
    found = await report(database, outside, keys)
    await database.close()
    trusted = outside.parent / "trusted"
    trusted.write_text("\n".join(sorted(keys)))
    code, said = alone(file, "--checkpoints", outside, "--keys", trusted)
    assert (code == 0) is found.ok, said
    return [fault.kind for fault in found.faults], said


async def test_a_log_that_nobody_touched_is_whole(log) -> None:
    assert await both(log) == (
        [],
        f"12 rows; rows up to 10 are covered by a signed checkpoint\ntrusted keys: {KEY}\nwhole\n",
    )


def move(old: int, new: int) -> str:
    return f"update audit_log set seq = {new} where seq = {old}"  # noqa: S608  numbers


MADE_UP = """insert into audit_log select 6, at, actor, door, 'made up', about, outcome, detail, enterprise, subject,
    sealed, salt, algorithm, hash from audit_log where seq = 5"""
FORGERIES: dict[str, tuple[tuple[str, ...], str]] = {
    "a field is edited": (("update audit_log set outcome = 'done!' where seq = 3",), "changed"),
    "the time is edited": (("update audit_log set at = at - 1 where seq = 3",), "changed"),
    "detail is edited": (("update audit_log set detail = '{}' where seq = 12",), "changed"),
    "an enterprise is taken off": (("update audit_log set enterprise = null where seq = 4",), "changed"),
    "a ciphertext is put in": (("update audit_log set sealed = 'x' where seq = 5",), "changed"),
    "the hash has another name": (("update audit_log set algorithm = 'md5' where seq = 5",), "changed"),
    "a row is deleted": (("delete from audit_log where seq = 6",), "missing"),
    "the first row is deleted": (("delete from audit_log where seq = 1",), "missing"),
    "a row is deleted and the rest moved up": (
        ("delete from audit_log where seq = 6", *(move(n, n - 1) for n in range(7, 13))),
        "changed",
    ),
    "a row is inserted": ((*(move(n, n + 1) for n in range(12, 5, -1)), MADE_UP), "changed"),
    "two rows change places": ((move(7, 99), move(8, 7), move(99, 8)), "changed"),
    "the tail is cut": (("delete from audit_log where seq > 7",), "cut"),
    "everything is deleted": (("delete from audit_log",), "cut"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_tampering_is_found(log, forgery: str) -> None:
    statements, kind = FORGERIES[forgery]
    Forger(log[0]).change(*statements)
    kinds, said = await both(log)
    assert kind in kinds
    assert said.endswith("NOT whole\n")


@pytest.mark.parametrize("first", [1, 5, 10])
async def test_a_chain_that_was_written_anew_is_found_by_its_checkpoints(log, first: int) -> None:
    forger = Forger(log[0])
    forger.change(f"update audit_log set actor = 'x' where seq = {first}", "delete from audit_checkpoint")  # noqa: S608
    forger.link_anew(first)
    kinds, _ = await both(log)
    assert set(kinds) == {"rewritten"}


async def test_a_log_and_checkpoints_written_anew_need_the_key(log, clock: FixedClock) -> None:
    file, outside = log
    forger = Forger(file)
    forger.change("update audit_log set actor = 'another' where seq = 2", "delete from audit_checkpoint")
    forger.link_anew()
    shutil.rmtree(outside)
    database = Database(f"sqlite:///{file}")
    await notary(database, clock, outside, OTHER_SECRET).checkpoint()
    await database.close()
    assert (await both(log))[0] == ["key"]
    other = Signer(OTHER_SECRET).public_key
    assert (await both(log, frozenset({other})))[0] == []  # the key is all that tells them apart


@pytest.mark.parametrize("part", ["size", "root", "head", "when", "signature"])
async def test_an_edited_checkpoint_is_found(log, part: str) -> None:
    file, outside = log
    (kept,) = outside.glob("checkpoints*.jsonl")
    first, last = read_checkpoints([outside])
    note, signature = last.note.split("\n"), last.signature
    match part:
        case "size":
            note[1] = "9"
        case "root" | "head":
            note[2 if part == "root" else 3] = first.note.split("\n")[2 if part == "root" else 3]
        case "when":
            note[4] = "2020-01-01T00:00:00Z"
        case "signature":
            signature = first.signature
    kept.write_text(first.line() + Checkpoint("\n".join(note), signature, last.public_key).line())
    assert (await both((file, outside)))[0] == ["signature"]


async def test_the_window_is_what_no_checkpoint_covers(log) -> None:
    """Said in the README: the last minute rests on the chain alone, and a cut there leaves no trace."""
    Forger(log[0]).change("delete from audit_log where seq = 12")
    assert (await both(log))[0] == []


async def test_the_notary_signs_nothing_that_does_not_continue(log, clock: FixedClock) -> None:
    file, outside = log
    forger = Forger(file)
    forger.change("delete from audit_log where seq > 7")
    database = Database(f"sqlite:///{file}")
    signing = notary(database, clock, outside)
    assert await signing.checkpoint() is None
    for n in range(5):
        await act(database, clock, f"later {n}")
    assert await signing.checkpoint() is None
    assert signing.alarmed
    await database.close()
    assert "rewritten" in (await both(log))[0]
