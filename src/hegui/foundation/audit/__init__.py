"""The audit log (审计日志): one row an act, in the same transaction as the change it tells of; refusals too.

Rows are kept in the transaction and added to the chain just before it is committed (`writing.py`), so that
its head is held for a moment only. What is hashed stands in `chain.py`, signed checkpoints in `checkpoints.py`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hegui.foundation.audit.tables import audit_checkpoint, audit_key, audit_log
from hegui.foundation.database.transaction import Transaction

__all__ = ["audit_checkpoint", "audit_key", "audit_log", "record"]


async def record(
    tx: Transaction,
    act: str,
    *,
    at: datetime,
    actor: str,
    about: str,
    door: str = "program",
    outcome: str = "done",
    enterprise: str | None = None,
    personal: tuple[str, Mapping[str, Any]] | None = None,
    **detail: Any,
) -> None:
    """Adds a row. `detail` holds ids and numbers, never names, texts or answers.

    `personal` is whose, and what: it is sealed under a key of that person, and gone for good when the key is erased.
    """
    subject, told = personal or (None, None)
    tx.note(
        {
            "at": at,
            "actor": actor,
            "door": door,
            "act": act,
            "about": about,
            "outcome": outcome,
            "detail": _json(detail),
            "enterprise": enterprise,
            "subject": subject,
            "sealed": None if told is None else _json(told),
        }
    )


def _json(detail: Mapping[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
