"""The table of reminders and its queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Table, Text, bindparam, func, select, update

from hegui.delivery.reminders.model import Advance, Reminder
from hegui.foundation.database.metadata import Day, Flag, Moment, metadata
from hegui.foundation.database.transaction import Transaction

reminder = Table(
    "reminder",
    metadata,
    Column("id", Text, primary_key=True),
    Column("about", Text, nullable=False, unique=True),
    Column("reference", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("enterprise", Text),
    Column("ladder", Text, nullable=False),
    Column("due", Day, nullable=False),
    Column("zone", Text, nullable=False),
    Column("deadline_version", Integer, nullable=False),
    Column("lead_index", Integer, nullable=False),
    Column("next_due", Moment),
    Column("state", Text, nullable=False),
    Column("calendar_version", Integer, nullable=False),
    Column("provisional", Flag, nullable=False),
    Column("times_fired", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_strict=True,
)
ARMED = reminder.c.state == "armed"
Index("ix_reminder_armed", reminder.c.next_due, reminder.c.id, sqlite_where=ARMED, postgresql_where=ARMED)


async def add(tx: Transaction, made: Reminder) -> None:
    await tx.insert(reminder, [made.model_dump()])


async def by_about(tx: Transaction, abouts: Sequence[str]) -> dict[str, Reminder]:
    rows = await tx.all(select(reminder).where(reminder.c.about.in_(abouts)))
    return {row.about: Reminder.model_validate(row) for row in rows}


async def set_anew(tx: Transaction, changed: Reminder) -> None:
    """Writes a new deadline; the version rises in the store, so that no two changes share one."""
    values = changed.model_dump(exclude={"id", "about", "created_at", "deadline_version"})
    version = reminder.c.deadline_version + 1
    await tx.execute(update(reminder).where(reminder.c.id == changed.id).values(**values, deadline_version=version))


async def cancel(tx: Transaction, about: str) -> None:
    await tx.execute(update(reminder).where(reminder.c.about == about).values(state="cancelled", next_due=None))


async def due(tx: Transaction, now: datetime, limit: int) -> list[Reminder]:
    """Rows whose next lead is due, the longest waiting first; those another process works on are left to it."""
    waiting = (
        select(reminder)
        .where(ARMED, reminder.c.next_due <= now)
        .order_by(reminder.c.next_due, reminder.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Reminder.model_validate(row) for row in await tx.all(waiting)]


async def counted_by_other_calendar(tx: Transaction, version: int, limit: int) -> list[Reminder]:
    other = select(reminder).where(ARMED, reminder.c.calendar_version != version).limit(limit)
    return [Reminder.model_validate(row) for row in await tx.all(other.with_for_update(skip_locked=True))]


async def next_due(tx: Transaction) -> datetime | None:
    moment: datetime | None = await tx.scalar(select(func.min(reminder.c.next_due)).where(ARMED))
    return moment


async def advance(tx: Transaction, rows: Sequence[str], to: Advance) -> None:
    """Moves rows that come to the same next lead, in one statement: due dates cluster, so groups are large."""
    changed = update(reminder).where(reminder.c.id.in_(rows))
    await tx.execute(
        changed.values(
            lead_index=to.lead_index,
            next_due=to.next_due,
            state="armed" if to.next_due else "done",
            times_fired=reminder.c.times_fired + to.fired,
        )
    )


_recount = (
    update(reminder)
    .where(reminder.c.id == bindparam("row"))
    .values(
        next_due=bindparam("to_due"),
        provisional=bindparam("to_provisional"),
        calendar_version=bindparam("to_version"),
    )
)


async def recount(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Writes what another calendar changes: row, to_due, to_provisional, to_version."""
    if rows:
        await tx.execute(_recount, rows)
