"""Enterprises and who belongs to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry.model import Enterprise, Membership
from hegui.registry.tables import enterprise, membership


async def add(
    tx: Transaction, *, name: str, uscc: str, district: str, now: datetime, randomness: Randomness
) -> Enterprise:
    """Raises Refusal when the credit code fails its check digit or is registered already."""
    try:
        code = credit_code.validate(uscc)
    except ValidationError as wrong:
        raise Refusal("registry.wrong_uscc") from wrong
    made = Enterprise(id=new_id(randomness), name=name, uscc=code, district=district, created_at=now)
    if not await tx.insert_new(enterprise, made.model_dump()):
        raise Refusal("registry.uscc_taken")
    return made


async def join(tx: Transaction, enterprise_id: str, person: str, role: Literal["owner", "staff"]) -> None:
    await tx.put(membership, [{"enterprise": enterprise_id, "person": person, "role": role}])


async def of_person(tx: Transaction, person: str) -> tuple[Enterprise, ...]:
    """Enterprises a person belongs to, by name."""
    rows = await tx.all(
        select(enterprise)
        .join(membership, membership.c.enterprise == enterprise.c.id)
        .where(membership.c.person == person)
        .order_by(enterprise.c.name)
    )
    return tuple(Enterprise.model_validate(row) for row in rows)


async def get(tx: Transaction, enterprise_id: str) -> Enterprise | None:
    row = await tx.one(select(enterprise).where(enterprise.c.id == enterprise_id))
    return Enterprise.model_validate(row) if row else None


async def named(tx: Transaction, given: str) -> Enterprise | None:
    """By id or unified social credit code."""
    row = await tx.one(select(enterprise).where(or_(enterprise.c.id == given, enterprise.c.uscc == given)))
    return Enterprise.model_validate(row) if row else None


async def members(tx: Transaction, enterprises: Sequence[str]) -> dict[str, tuple[Membership, ...]]:
    """Members of each enterprise, owners first."""
    rows = await tx.all(
        select(membership)
        .where(membership.c.enterprise.in_(enterprises))
        .order_by(membership.c.role, membership.c.person)
    )
    found: dict[str, tuple[Membership, ...]] = {}
    for row in rows:
        found[row.enterprise] = (*found.get(row.enterprise, ()), Membership.model_validate(row))
    return found
