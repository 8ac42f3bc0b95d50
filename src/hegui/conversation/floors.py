"""Keeps the floor of every chat (对话状态) as a row, so that a restart or another process goes on from there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Table, Text, delete, select

from hegui.conversation.turn import Floor
from hegui.foundation.database.metadata import Moment, metadata
from hegui.foundation.database.transaction import Transaction

floor = Table(
    "floor",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    sqlite_strict=True,
)


async def load(tx: Transaction, chats: Sequence[str]) -> dict[str, Floor]:
    rows = await tx.all(select(floor.c.chat, floor.c.state).where(floor.c.chat.in_(chats)))
    return {row.chat: Floor.model_validate_json(row.state) for row in rows}


async def save(tx: Transaction, floors: Mapping[str, Floor], now: datetime) -> None:
    rows = [{"chat": chat, "state": held.model_dump_json(), "changed_at": now} for chat, held in floors.items()]
    await tx.put(floor, rows)


async def clear(tx: Transaction, chats: Iterable[str]) -> None:
    if keys := list(chats):
        await tx.execute(delete(floor).where(floor.c.chat.in_(keys)))
