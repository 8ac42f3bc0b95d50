"""Adds the rows of a transaction to the chain, just before it is committed: no gap, no two rows with one number.

On SQLite there is one writer. On PostgreSQL the end of the chain is locked until the commit, so that transactions with
audit rows are committed one after another; those without are not held up.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from hegui.foundation.audit import chain, sealing
from hegui.foundation.audit.tables import audit_log
from hegui.foundation.database import dialect
from hegui.foundation.database.metadata import to_milliseconds
from hegui.foundation.database.transaction import Transaction

SALT_BYTES = 8


@dataclass(frozen=True)
class Book:
    """How rows are written: the hash, and where the key that wraps the keys of people comes from."""

    algorithm: str = "sha256"
    wrapping_key: sealing.WrappingKey = sealing.no_key


async def head(tx: Transaction) -> tuple[int, bytes]:
    """Number and hash of the last row."""
    last = await tx.one(select(audit_log.c.seq, audit_log.c.hash).order_by(audit_log.c.seq.desc()).limit(1))
    return (last.seq, bytes.fromhex(last.hash)) if last else (0, chain.BEGINNING)


async def write_down(tx: Transaction, noted: Sequence[Mapping[str, Any]], book: Book) -> None:
    """Chains and adds what was noted."""
    if not noted:
        return
    await dialect.hold_chain(tx.connection)
    seq, previous = await head(tx)
    rows = [
        {**row, "seq": seq + n, "algorithm": book.algorithm, "salt": os.urandom(SALT_BYTES).hex()}
        for n, row in enumerate(noted, 1)
    ]
    await sealing.seal(tx, rows, book.wrapping_key)
    for row in rows:
        previous = chain.link(previous, {**row, "at": to_milliseconds(row["at"])})
        row["hash"] = previous.hex()
    await tx.insert(audit_log, rows)
