"""The state hash (状态哈希): one number for all business state, the same on both stores, whatever the order of rows."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, Table, select

from hegui.foundation.database.transaction import Transaction


class Counted(NamedTuple):
    """A table that counts as business state, the columns left out (times of contact), and which rows count."""

    table: Table
    without: tuple[str, ...] = ()
    where: Any = None


async def state_hash(tx: Transaction, counted: Sequence[Counted]) -> str:
    """SHA-256 over the sorted hashes of all rows: it does not depend on how a store sorts text."""
    digest = hashlib.sha256()
    for part in sorted(counted, key=lambda c: c.table.name):
        rows = [_hash(row) async for row in (await tx.connection.stream(_rows(part))).mappings()]
        digest.update(f"[{part.table.name} {len(rows)}]\n".encode())
        digest.update(b"".join(sorted(rows)))
    return digest.hexdigest()


def _hash(row: RowMapping) -> bytes:
    line = json.dumps(dict(row), sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(line.encode()).digest()


def _rows(part: Counted) -> "Select[Any]":
    wanted = select(*(column for column in part.table.columns if column.name not in part.without))
    return wanted if part.where is None else wanted.where(part.where)
