"""The table of questions handed over."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table, Text, select, update

from hegui.capabilities.hand_over.model import HandOver
from hegui.foundation.database.metadata import Moment, metadata
from hegui.foundation.database.transaction import Transaction

hand_over = Table(
    "hand_over",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("officer", Text, ForeignKey("person.id")),
    Column("answer", Text),
    Column("answered_at", Moment),
    sqlite_strict=True,
)


async def add(tx: Transaction, asked: HandOver) -> None:
    await tx.insert(hand_over, [asked.model_dump()])


async def get(tx: Transaction, which: str) -> HandOver | None:
    row = await tx.one(select(hand_over).where(hand_over.c.id == which))
    return HandOver.model_validate(row) if row else None


async def answer(tx: Transaction, which: str, *, officer: str, text: str, now: datetime) -> bool:
    """Answers it once; says whether it was still open."""
    values = {"state": "answered", "officer": officer, "answer": text, "answered_at": now}
    open_one = (hand_over.c.id == which, hand_over.c.state == "open")
    return (await tx.execute(update(hand_over).where(*open_one).values(**values))).rowcount == 1
