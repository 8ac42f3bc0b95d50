"""Personal detail (个人信息): sealed under a key for each person, so that erasing the key keeps the chain whole.

Keys stand in the database, wrapped by a key that does not. The chain holds the ciphertext and never needs a key.
"""

import base64
import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from hegui.foundation.audit import record
from hegui.foundation.audit.tables import audit_key
from hegui.foundation.database import dialect
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import EnvironmentProblem

KEY_BYTES, NONCE_BYTES = 32, 12
WrappingKey = Callable[[], bytes]


def no_key() -> bytes:
    raise EnvironmentProblem(
        "Personal detail cannot be sealed: this store was opened without the key of the data folder."
    )


async def seal(tx: Transaction, rows: Sequence[dict[str, Any]], wrapping: WrappingKey) -> None:
    """Replaces what is to be sealed by its ciphertext, bound to the number of its row."""
    personal = [row for row in rows if row["sealed"] is not None]
    if not personal:
        return
    keys = await _keys(tx, {row["subject"] for row in personal}, wrapping)
    for row in personal:
        row["sealed"] = _encrypt(keys[row["subject"]], row["sealed"].encode(), f"audit_log|{row['seq']}")


async def unseal(tx: Transaction, row: Mapping[str, Any], wrapping: WrappingKey) -> dict[str, Any] | None:
    """What was sealed; None where nothing was, or where the key was erased."""
    from cryptography.exceptions import InvalidTag

    if row["sealed"] is None:
        return None
    wrapped = await tx.scalar(select(audit_key.c.wrapped).where(audit_key.c.person == row["subject"]))
    if wrapped is None:
        return None
    try:
        key = _decrypt(wrapping(), wrapped, f"audit_key|{row['subject']}")
        told: dict[str, Any] = json.loads(_decrypt(key, row["sealed"], f"audit_log|{row['seq']}"))
    except InvalidTag:  # sealed under an earlier key, which was erased
        return None
    return told


async def erase(tx: Transaction, person: str, *, now: datetime, actor: str) -> bool:
    """Destroys the key of a person, which makes every detail sealed under it unreadable; says whether there was one."""
    await dialect.hold_chain(tx.connection)  # first, as whoever makes keys holds it too
    held = await tx.scalar(select(audit_key.c.wrapped).where(audit_key.c.person == person))
    if held is None:
        return False
    await tx.execute(update(audit_key).where(audit_key.c.person == person).values(wrapped="0" * len(held)))
    await tx.execute(delete(audit_key).where(audit_key.c.person == person))
    await record(tx, "personal detail erased", at=now, actor=actor, about=f"person:{person}")
    return True


async def _keys(tx: Transaction, people: set[str], wrapping: WrappingKey) -> dict[str, bytes]:
    """Their keys; one is made for whoever has none."""
    for person in sorted(people):
        wrapped = _encrypt(wrapping(), os.urandom(KEY_BYTES), f"audit_key|{person}")
        await tx.insert_new(audit_key, {"person": person, "wrapped": wrapped})
    held = await tx.all(select(audit_key).where(audit_key.c.person.in_(people)))
    return {row.person: _decrypt(wrapping(), row.wrapped, f"audit_key|{row.person}") for row in held}


def _encrypt(key: bytes, plain: bytes, bound_to: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())).decode()


def _decrypt(key: bytes, sealed: str, bound_to: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.b64decode(sealed)
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to.encode())
