"""Tables of uploaded files and of the work on them, and their queries."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Row, Table, Text, func, or_, select, update

from hegui.capabilities.file_check.model import FileTask, TaskState, UploadedFile
from hegui.foundation.database.metadata import BigInt, Moment, metadata
from hegui.foundation.database.transaction import Transaction

uploaded_file = Table(
    "uploaded_file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("enterprise", Text),
    Column("name", Text, nullable=False),
    Column("stored", Text),
    Column("sha256", Text, nullable=False),
    Column("size", BigInt, nullable=False),
    Column("kind", Text),
    Column("received_at", Moment, nullable=False),
    Column("forget_at", Moment, nullable=False),
    Index("ix_uploaded_file_person", "person"),
    Index("ix_uploaded_file_enterprise", "enterprise"),
    Index("ix_uploaded_file_forget_at", "forget_at"),
    sqlite_strict=True,
)

file_task = Table(
    "file_task",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file", Text, ForeignKey("uploaded_file.id"), nullable=False),
    Column("work", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("given", Text, nullable=False),
    Column("result", Text),
    Column("refusal", Text),
    Column("made", Text),
    Column("asked_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_file_task_state", "state", "asked_at"),
    Index("ix_file_task_file", "file"),
    sqlite_strict=True,
)

OPEN: tuple[TaskState, ...] = ("waiting", "working")


async def add_file(tx: Transaction, new: UploadedFile) -> None:
    await tx.insert(uploaded_file, [new.model_dump()])


async def get_file(tx: Transaction, file_id: str) -> UploadedFile | None:
    row = await tx.one(select(uploaded_file).where(uploaded_file.c.id == file_id))
    return UploadedFile.model_validate(row) if row else None


async def set_kind(tx: Transaction, file_id: str, kind: str) -> None:
    await tx.execute(update(uploaded_file).where(uploaded_file.c.id == file_id).values(kind=kind))


async def take_back(tx: Transaction, file_id: str) -> None:
    """The rows stay as proof of what was done; the file and what was made of it are named by no row any more."""
    await tx.execute(update(uploaded_file).where(uploaded_file.c.id == file_id).values(stored=None))
    await tx.execute(update(file_task).where(file_task.c.file == file_id).values(made=None, result=None))


async def to_forget(tx: Transaction, now: datetime, limit: int) -> Sequence[str]:
    asked = select(uploaded_file.c.id).where(uploaded_file.c.forget_at <= now, uploaded_file.c.stored.is_not(None))
    return [row.id for row in await tx.all(asked.limit(limit))]


async def add_task(tx: Transaction, new: FileTask) -> None:
    await tx.insert(file_task, [_values(new)])


async def get_task(tx: Transaction, task_id: str) -> FileTask | None:
    row = await tx.one(select(file_task).where(file_task.c.id == task_id))
    return _task(row) if row else None


async def latest_found(tx: Transaction, file_id: str) -> FileTask | None:
    """The newest examination of a file that came to its end."""
    asked = select(file_task).where(
        file_task.c.file == file_id, file_task.c.work == "examine", file_task.c.state == "done"
    )
    row = (await tx.execute(asked.order_by(file_task.c.asked_at.desc(), file_task.c.id).limit(1))).one_or_none()
    return _task(row) if row else None


async def open_of(tx: Transaction, person: str) -> int:
    """How many tasks of a person are not at their end."""
    asked = select(func.count()).select_from(file_task)
    return int(await tx.scalar(asked.where(file_task.c.person == person, file_task.c.state.in_(OPEN))))


async def next_waiting(tx: Transaction, but_not: Collection[str], limit: int) -> Sequence[FileTask]:
    """The oldest waiting task of each of so many people; `but_not` are those for whom one is under way."""
    first = (
        select(func.min(file_task.c.asked_at).label("at"), file_task.c.person)
        .where(file_task.c.state == "waiting", file_task.c.person.not_in(list(but_not)))
        .group_by(file_task.c.person)
        .order_by(func.min(file_task.c.asked_at))
        .limit(limit)
        .subquery()
    )
    asked = select(file_task).join(first, (file_task.c.person == first.c.person) & (file_task.c.asked_at == first.c.at))
    rows = await tx.all(asked.where(file_task.c.state == "waiting").order_by(file_task.c.asked_at, file_task.c.id))
    return list({row.person: _task(row) for row in reversed(rows)}.values())


async def begin(tx: Transaction, task_id: str) -> bool:
    """Marks a waiting task as begun; False where another has."""
    done = await tx.execute(
        update(file_task)
        .where(file_task.c.id == task_id, file_task.c.state == "waiting")
        .values(state="working", attempts=file_task.c.attempts + 1)
    )
    return bool(done.rowcount == 1)


async def left_behind(tx: Transaction) -> int:
    """What a stopped process was working on waits again; says how many."""
    done = await tx.execute(update(file_task).where(file_task.c.state == "working").values(state="waiting"))
    return int(done.rowcount)


async def again(tx: Transaction, task_id: str) -> None:
    """A task whose result could not be noted waits again."""
    working = (file_task.c.id == task_id) & (file_task.c.state == "working")
    await tx.execute(update(file_task).where(working).values(state="waiting"))


async def settle(
    tx: Transaction,
    task_id: str,
    state: TaskState,
    now: datetime,
    *,
    result: dict[str, Any] | None = None,
    refusal: dict[str, Any] | None = None,
    made: str | None = None,
) -> bool:
    """Ends a task that is being worked on; False where it is not."""
    done = await tx.execute(
        update(file_task)
        .where(file_task.c.id == task_id, file_task.c.state == "working")
        .values(state=state, settled_at=now, result=_text(result), refusal=_text(refusal), made=made)
    )
    return bool(done.rowcount == 1)


async def stored_files(tx: Transaction) -> set[str]:
    """Names of the data folder that rows point to."""
    names = select(uploaded_file.c.stored).where(uploaded_file.c.stored.is_not(None))
    made = select(file_task.c.made).where(file_task.c.made.is_not(None))
    return {row[0] for row in await tx.all(names)} | {row[0] for row in await tx.all(made)}


async def of_person(tx: Transaction, person: str, enterprises: Sequence[str], limit: int) -> Sequence[UploadedFile]:
    """The newest files that the person may see and that are still held."""
    mine = or_(uploaded_file.c.person == person, uploaded_file.c.enterprise.in_(enterprises))
    asked = select(uploaded_file).where(mine, uploaded_file.c.stored.is_not(None), uploaded_file.c.kind.is_not(None))
    rows = await tx.all(asked.order_by(uploaded_file.c.received_at.desc(), uploaded_file.c.id).limit(limit))
    return [UploadedFile.model_validate(row) for row in rows]


def _values(task: FileTask) -> dict[str, Any]:
    told = task.model_dump()
    return told | {"given": _text(task.given), "result": _text(task.result), "refusal": _text(task.refusal)}


def _task(row: Row[Any]) -> FileTask:
    told = row._asdict()
    for name in ("given", "result", "refusal"):
        told[name] = json.loads(told[name]) if told[name] is not None else None
    return FileTask.model_validate(told)


def _text(told: dict[str, Any] | None) -> str | None:
    return None if told is None else json.dumps(told, ensure_ascii=False)
