"""Reads the log and writes it out for others: rows, checkpoints, keys, proofs, a verifier, a page about them."""

import json
import shutil
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select, type_coerce

from hegui.foundation.audit import chain
from hegui.foundation.audit.checkpoints import KEYS_FILE, Checkpoint
from hegui.foundation.audit.merkle import Tree
from hegui.foundation.audit.tables import audit_checkpoint, audit_log
from hegui.foundation.database.metadata import BigInt
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal

BATCH = 5000
Row = Mapping[str, Any]


async def rows(tx: Transaction, where: Sequence[ColumnElement[bool]] = ()) -> AsyncIterator[Row]:
    """Rows by their numbers as they are now, `at` in milliseconds; rows that come later are left out."""
    columns = [audit_log.c[name] for name in (*chain.FIELDS, "sealed", "hash") if name != "at"]
    wanted = select(*columns, type_coerce(audit_log.c.at, BigInt).label("at")).order_by(audit_log.c.seq).limit(BATCH)
    wanted = wanted.where(*where)
    last = await tx.scalar(select(func.coalesce(func.max(audit_log.c.seq), 0)))
    after = -1
    while found := await tx.all(wanted.where(audit_log.c.seq > after, audit_log.c.seq <= last)):
        for row in found:
            yield {str(name): value for name, value in row._mapping.items()}  # noqa: SLF001  its public name is odd
        after = found[-1].seq


async def checkpoints(tx: Transaction) -> list[Checkpoint]:
    """Those that stand in the store."""
    held = await tx.all(select(audit_checkpoint).order_by(audit_checkpoint.c.size))
    return [Checkpoint(row.note, row.signature, row.public_key) for row in held]


async def write_rows(tx: Transaction, file: Path) -> int:
    """The whole log as JSON lines; says how many."""
    count = 0
    with file.open("x", encoding="utf-8") as written:
        async for row in rows(tx):
            written.write(_line(row))
            count += 1
    return count


async def write_proven(tx: Transaction, file: Path, where: Sequence[ColumnElement[bool]], size: int) -> int:
    """Some rows, each with the proof that it is among the first `size`; later ones have none yet."""
    held = await tx.all(select(audit_log.c.hash).where(audit_log.c.seq <= size).order_by(audit_log.c.seq))
    if len(held) != size:
        raise Refusal("audit.not_whole")
    hashes = [bytes.fromhex(row.hash) for row in held]
    tree, count = Tree(hashes), 0
    with file.open("x", encoding="utf-8") as written:
        async for row in rows(tx, [*where, audit_log.c.seq <= size]):
            place = row["seq"] - 1
            before = hashes[place - 1] if place else chain.BEGINNING
            path = [one.hex() for one in tree.path(place)]
            written.write(_line({**row, "previous": before.hex(), "size": size, "path": path}))
            count += 1
    return count


def _line(row: Row) -> str:
    return json.dumps(dict(row), sort_keys=True, ensure_ascii=False) + "\n"


def write_beside(folder: Path, notes: Iterable[Checkpoint], keys: Iterable[str], verifier: Path, page: str) -> None:
    """All that belongs to the rows."""
    (folder / "checkpoints.jsonl").write_text("".join(one.line() for one in notes), encoding="utf-8")
    (folder / KEYS_FILE).write_text("".join(f"{key}\n" for key in sorted(keys)), encoding="ascii")
    shutil.copyfile(verifier, folder / verifier.name)
    (folder / "README.txt").write_text(page, encoding="utf-8")
