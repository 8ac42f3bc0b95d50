"""The inbox table and its queries.

A row is open until it is done or set aside (dead). The transaction that handles it is its lease: on PostgreSQL
other processes skip locked rows, and a later row of a chat waits while an earlier one is open.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import (
    Column,
    Identity,
    Index,
    Integer,
    Select,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from hegui.foundation.database.metadata import BigInt, Moment, metadata
from hegui.foundation.database.transaction import Transaction

inbox = Table(
    "inbox",
    metadata,
    Column("seq", BigInt, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("update_id", BigInt, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("file", Text),
    Column("received_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment),
    Column("problem", Text),
    Column("settled_at", Moment),
    UniqueConstraint("source", "update_id"),
    sqlite_strict=True,
)
OPEN = inbox.c.state == "open"
Index("ix_inbox_open", inbox.c.chat, inbox.c.seq, sqlite_where=OPEN, postgresql_where=OPEN)

KEPT = timedelta(days=7)  # redelivery by Telegram ends after 24 hours


class Arrival(BaseModel):
    """An update as a channel hands it in: raw, with what is needed to put it in order."""

    model_config = ConfigDict(frozen=True)

    update_id: int
    address: str
    body: str


class Update(BaseModel):
    """An open row. `file` is an Attachment as JSON once the file that belongs to it was fetched."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    seq: int
    channel: str
    address: str
    chat: str
    body: str
    file: str | None
    attempts: int


async def put(tx: Transaction, source: str, channel: str, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Adds what is new; an update_id that is known already is a repeat and is left alone."""
    rows = [
        {
            "source": source,
            "update_id": a.update_id,
            "channel": channel,
            "address": a.address,
            "chat": f"{channel}:{a.address}",
            "body": a.body,
            "received_at": now,
            "state": "open",
            "attempts": 0,
        }
        for a in arrivals
    ]
    await tx.insert_all_new(inbox, rows)


async def backlog(tx: Transaction) -> int:
    return int(await tx.scalar(select(func.count()).select_from(inbox).where(OPEN)))


async def claim(
    tx: Transaction, now: datetime, limit: int, *, channels: Sequence[str], but_not: Sequence[int] = ()
) -> tuple[Update, ...]:
    """The oldest open row of each chat, oldest chats first, for handling in this transaction."""
    heads = _heads(now).where(inbox.c.channel.in_(channels), inbox.c.seq.not_in(but_not))
    rows = await tx.all(heads.order_by(inbox.c.seq).limit(limit).with_for_update(skip_locked=True))
    return tuple(Update.model_validate(row) for row in rows)


def _heads(now: datetime) -> "Select[tuple[object, ...]]":
    earlier = inbox.alias("earlier")
    waits = (
        select(earlier.c.seq)
        .where(earlier.c.chat == inbox.c.chat, earlier.c.state == "open", earlier.c.seq < inbox.c.seq)
        .exists()
    )
    columns = (
        inbox.c.seq,
        inbox.c.channel,
        inbox.c.address,
        inbox.c.chat,
        inbox.c.body,
        inbox.c.file,
        inbox.c.attempts,
    )
    return select(*columns).where(OPEN, ~waits, _due(now))


def _due(now: datetime) -> ColumnElement[bool]:
    return (inbox.c.not_before.is_(None)) | (inbox.c.not_before <= now)


async def settle(
    tx: Transaction,
    seqs: Iterable[int],
    state: Literal["done", "dead"],
    now: datetime,
    problem: str | None = None,
) -> None:
    if numbers := list(seqs):
        values = {"state": state, "settled_at": now, "problem": problem}
        await tx.execute(update(inbox).where(inbox.c.seq.in_(numbers), OPEN).values(**values))


async def attempted(tx: Transaction, seq: int, attempts: int, not_before: datetime | None, problem: str) -> None:
    """Counts an attempt that failed, or is about to be made."""
    values = {"attempts": attempts, "not_before": not_before, "problem": problem}
    await tx.execute(update(inbox).where(inbox.c.seq == seq).values(**values))


async def put_off(tx: Transaction, seq: int, until: datetime) -> None:
    """Lets an update wait, and the chat with it: nothing is wrong with it."""
    await tx.execute(update(inbox).where(inbox.c.seq == seq).values(not_before=until, attempts=0, problem=None))


async def shed(tx: Transaction, chat: str, *, after: int, keep: int, now: datetime) -> int:
    """Ends the updates of a chat beyond the next `keep` without handling them; says how many."""
    waiting = select(inbox.c.seq).where(OPEN, inbox.c.chat == chat, inbox.c.seq > after).order_by(inbox.c.seq)
    last = waiting.offset(keep).limit(1).scalar_subquery()
    beyond = update(inbox).where(OPEN, inbox.c.chat == chat, inbox.c.seq >= last)
    return (await tx.execute(beyond.values(state="done", settled_at=now, problem="too many at once"))).rowcount


async def keep_file(tx: Transaction, seq: int, attachment: str) -> None:
    await tx.execute(update(inbox).where(inbox.c.seq == seq).values(file=attachment))


async def newest_of(tx: Transaction, chats: Sequence[str]) -> dict[str, int]:
    """The number of the newest row of each chat."""
    newest = (
        select(inbox.c.chat, func.max(inbox.c.seq).label("seq")).where(inbox.c.chat.in_(chats)).group_by(inbox.c.chat)
    )
    return {row.chat: row.seq for row in await tx.all(newest)}


async def purge(tx: Transaction, now: datetime, limit: int = 1000) -> int:
    """Forgets finished rows that no repeat can reach any more, in small pieces. The newest row stays: SQLite counts on
    from it, and letters are named by these numbers."""
    newest = select(func.max(inbox.c.seq)).scalar_subquery()
    finished = (inbox.c.state == "done", inbox.c.settled_at < now - KEPT, inbox.c.seq < newest)
    old = select(inbox.c.seq).where(*finished).limit(limit)
    return (await tx.execute(delete(inbox).where(inbox.c.seq.in_(old)))).rowcount
