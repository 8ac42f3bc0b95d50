"""Looks into the store of a program in the background, and turns its calendar on while it is stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from hegui.capabilities.self_check.store import answer
from hegui.delivery.outbox.tables import outbox
from hegui.delivery.reminders.model import Reminder
from hegui.delivery.reminders.store import ARMED, reminder
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.clock import SystemClock
from hegui.foundation.database.store import Database
from hegui.registry.tables import address
from hegui.rulebook.pack import Rulebook

LONGEST_WAIT = 10  # seconds


@asynccontextmanager
async def store(data_dir: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{data_dir / 'hegui.db'}")
    try:
        yield database
    finally:
        await database.close()


async def answers(data_dir: Path) -> list[tuple[str, str]]:
    """Every answer that is kept, by its question."""
    async with store(data_dir) as database, database.read() as tx:
        rows = await tx.all(select(answer.c.question, answer.c.value).order_by(answer.c.question))
    return [(row.question, row.value) for row in rows]


async def letters(data_dir: Path, kind: str) -> list[str]:
    """The states of the letters of a kind."""
    async with store(data_dir) as database, database.read() as tx:
        return [row.state for row in await tx.all(select(outbox.c.state).where(outbox.c.kind.startswith(kind)))]


async def until_a_letter_is(data_dir: Path, state: str) -> None:
    async with asyncio.timeout(LONGEST_WAIT):
        while state not in await letters(data_dir, ""):  # noqa: ASYNC110  another process writes it
            await asyncio.sleep(0.02)


async def person_at(data_dir: Path, number: int) -> str:
    async with store(data_dir) as database, database.read() as tx:
        return str(await tx.scalar(select(address.c.person).where(address.c.address == str(number))))


async def armed(data_dir: Path) -> int:
    async with store(data_dir) as database, database.read() as tx:
        return int(await tx.scalar(select(func.count()).select_from(reminder).where(ARMED)))


async def let_the_first_reminder_come_due(data_dir: Path, rulebook: Rulebook) -> None:
    """Moves the deadline to where its first lead has just passed and its second is still ahead, as of now."""
    now = SystemClock().now()
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    async with store(data_dir) as database, database.write() as tx:
        (row,) = await tx.all(select(reminder))
        held = Reminder.model_validate(row)
        days = (held.model_copy(update={"due": now.date() + timedelta(days=n)}) for n in range(40))
        due = next(h.due for h in days if (r := timetable.rungs(h))[0].at <= now < r[1].at)
        await tx.execute(update(reminder).values(due=due, next_due=now, lead_index=0))
