"""The audit log (审计日志): one row an act, in the same transaction as the change it tells of; refusals too."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Identity, Table, Text

from hegui.foundation.database.metadata import BigInt, Moment, metadata
from hegui.foundation.database.transaction import Transaction

audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", BigInt, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_strict=True,
)


async def record(
    tx: Transaction,
    act: str,
    *,
    at: datetime,
    actor: str,
    about: str,
    door: str = "program",
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Adds a row. `detail` holds ids and numbers, never names, texts or answers."""
    row = {
        "at": at,
        "actor": actor,
        "door": door,
        "act": act,
        "about": about,
        "outcome": outcome,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
    }
    await tx.execute(audit_log.insert(), row)
