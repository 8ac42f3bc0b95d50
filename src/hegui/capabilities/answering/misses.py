"""Answers that did not fit (答非所问), kept for the rule editor."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Column, Index, Table, Text, select

from hegui.foundation.database.metadata import Moment, metadata
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.randomness import Randomness, new_id

missed_answer = Table(
    "missed_answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Index("ix_missed_answer_at", "at"),
    sqlite_strict=True,
)


class Miss(NamedTuple):
    """A question and the entry that was the wrong answer to it. Who asked is no matter of the editor."""

    at: datetime
    question: str
    entry: str


async def note(tx: Transaction, question: str, entry: str, person: str, now: datetime, randomness: Randomness) -> None:
    row = {"id": new_id(randomness), "at": now, "person": person, "question": question, "entry": entry}
    await tx.insert(missed_answer, [row])


async def newest(tx: Transaction, most: int) -> Sequence[Miss]:
    columns = (missed_answer.c.at, missed_answer.c.question, missed_answer.c.entry)
    rows = await tx.all(select(*columns).order_by(missed_answer.c.at.desc(), missed_answer.c.id).limit(most))
    return [Miss(row.at, row.question, row.entry) for row in rows]
