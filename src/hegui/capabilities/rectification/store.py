"""Tables of cases and their queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Identity, Index, Integer, Table, Text, func, or_, select, update

from hegui.capabilities.rectification.model import Case, Due, Item
from hegui.foundation.database.metadata import BigInt, Day, Flag, Moment, metadata
from hegui.foundation.database.transaction import Transaction

case = Table(
    "rectification_case",
    metadata,
    Column("number", BigInt, Identity(), primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("run", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("enterprise", Text),
    Column("opened_at", Moment, nullable=False),
    Column("due", Day, nullable=False),
    Column("due_source", Text, nullable=False),
    Column("order_day", Day),
    Column("order_period", Text),
    Column("provisional", Flag, nullable=False),
    Column("state", Text, nullable=False),
    Column("done_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_rectification_case_person", "person"),
    Index("ix_rectification_case_enterprise", "enterprise"),
    Index("ix_rectification_case_run", "run"),
    sqlite_strict=True,
)

case_item = Table(
    "case_item",
    metadata,
    Column("case", Text, ForeignKey("rectification_case.id"), primary_key=True),
    Column("finding", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("obligations", Text, nullable=False),
    sqlite_strict=True,
)


async def add(tx: Transaction, values: dict[str, Any], items: Sequence[Item]) -> Case:
    """Adds a case and gives it the next number."""
    made = (await tx.execute(case.insert().returning(case), values)).one()
    rows = [{**item.model_dump(exclude={"obligations"}), "obligations": " ".join(item.obligations)} for item in items]
    await tx.insert(case_item, rows)
    return Case.model_validate(made)


async def get(tx: Transaction, case_id: str, *, to_change: bool = False) -> Case | None:
    asked = select(case).where(case.c.id == case_id)
    row = await tx.one(asked.with_for_update() if to_change else asked)
    return Case.model_validate(row) if row else None


async def items(tx: Transaction, cases: Sequence[str]) -> dict[str, tuple[Item, ...]]:
    rows = await tx.all(
        select(case_item).where(case_item.c.case.in_(cases)).order_by(case_item.c.question, case_item.c.finding)
    )
    found: dict[str, tuple[Item, ...]] = {}
    for row in rows:
        item = Item(
            case=row.case, finding=row.finding, question=row.question, obligations=tuple(row.obligations.split())
        )
        found[row.case] = (*found.get(row.case, ()), item)
    return found


async def page(
    tx: Transaction, person: str, enterprises: Sequence[str], *, size: int, offset: int = 0
) -> tuple[Case, ...]:
    """Cases of the person and of the enterprises: open ones first, by due date."""
    rows = await tx.all(
        select(case)
        .where(or_(case.c.person == person, case.c.enterprise.in_(enterprises)))
        .order_by((case.c.state == "done"), case.c.due, case.c.number)
        .limit(size)
        .offset(offset)
    )
    return tuple(Case.model_validate(row) for row in rows)


async def count(tx: Transaction, person: str, enterprises: Sequence[str]) -> int:
    mine = or_(case.c.person == person, case.c.enterprise.in_(enterprises))
    return int(await tx.scalar(select(func.count()).select_from(case).where(mine)))


async def open_on(tx: Transaction, person: str, enterprises: Sequence[str], limit: int) -> tuple[Case, ...]:
    """Open cases by due date."""
    mine = or_(case.c.person == person, case.c.enterprise.in_(enterprises))
    rows = await tx.all(
        select(case).where(mine, case.c.state == "in_progress").order_by(case.c.due, case.c.number).limit(limit)
    )
    return tuple(Case.model_validate(row) for row in rows)


async def set_due(tx: Transaction, case_id: str, due: Due) -> None:
    await _change(
        tx,
        case_id,
        due=due.day,
        due_source=due.source,
        order_day=due.order_day,
        order_period=due.period,
        provisional=due.provisional,
    )


async def set_state(tx: Transaction, case_id: str, state: str, done_at: datetime | None) -> None:
    await _change(tx, case_id, state=state, done_at=done_at)


async def _change(tx: Transaction, case_id: str, **values: Any) -> None:
    await tx.execute(update(case).where(case.c.id == case_id).values(**values, version=case.c.version + 1))
