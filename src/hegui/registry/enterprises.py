"""Enterprises: their tags, their contact officer, who belongs to them, and which of them lead others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, or_, select, tuple_, update

from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry import credit_codes
from hegui.registry.model import Enterprise, Membership
from hegui.registry.tables import affiliation, contact_officer, enterprise, enterprise_tag, membership
from hegui.registry.tags import Tags

AT_ONCE = 400  # pairs in one statement


async def add(
    tx: Transaction, *, name: str, uscc: str, district: str, now: datetime, randomness: Randomness, tags: Tags = ()
) -> Enterprise:
    """Raises Refusal when the credit code fails its check digit or is registered already."""
    code = credit_codes.read(uscc)
    made = Enterprise(id=new_id(randomness), name=name, uscc=code, district=district, created_at=now)
    if not await tx.insert_new(enterprise, made.model_dump()):
        raise Refusal("registry.uscc_taken")
    await set_tags(tx, {made.id: tags})
    return made


async def add_all(tx: Transaction, made: Sequence[Enterprise]) -> tuple[Enterprise, ...]:
    """Adds those whose credit code is not registered; gives those that were added."""
    await tx.insert_all_new(enterprise, [one.model_dump() for one in made])
    landed = await by_codes(tx, [one.uscc for one in made])
    return tuple(one for one in made if landed[one.uscc].id == one.id)


async def change(tx: Transaction, enterprise_id: str, *, name: str, district: str) -> None:
    await tx.execute(update(enterprise).where(enterprise.c.id == enterprise_id).values(name=name, district=district))


async def get(tx: Transaction, enterprise_id: str) -> Enterprise | None:
    row = await tx.one(select(enterprise).where(enterprise.c.id == enterprise_id))
    return Enterprise.model_validate(row) if row else None


async def named(tx: Transaction, given: str) -> Enterprise | None:
    """By id or unified social credit code."""
    row = await tx.one(select(enterprise).where(or_(enterprise.c.id == given, enterprise.c.uscc == given)))
    return Enterprise.model_validate(row) if row else None


async def by_codes(tx: Transaction, codes: Iterable[str]) -> dict[str, Enterprise]:
    """Those that are registered, by their credit codes."""
    rows = await tx.all(select(enterprise).where(enterprise.c.uscc.in_(list(codes))))
    return {row.uscc: Enterprise.model_validate(row) for row in rows}


# ---- tags --------------------------------------------------------------------------------------------------------


async def set_tags(tx: Transaction, tags: Mapping[str, Tags]) -> None:
    """Every key that is named for an enterprise gets these values and no others; other keys stay."""
    keys = sorted({(its, key) for its, those in tags.items() for key, _ in those})
    for some in range(0, len(keys), AT_ONCE):
        named = tuple_(enterprise_tag.c.enterprise, enterprise_tag.c.key).in_(keys[some : some + AT_ONCE])
        await tx.execute(delete(enterprise_tag).where(named))
    rows = [{"enterprise": its, "key": k, "value": v} for its, those in tags.items() for k, v in those]
    await tx.insert(enterprise_tag, rows)


async def tags_of(tx: Transaction, enterprises: Sequence[str]) -> Mapping[str, Tags]:
    rows = await tx.all(select(enterprise_tag).where(enterprise_tag.c.enterprise.in_(enterprises)))
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.enterprise, []).append((row.key, row.value))
    return {key: tuple(sorted(tags)) for key, tags in found.items()}


# ---- the contact officer -----------------------------------------------------------------------------------------


async def set_officers(tx: Transaction, officers: Mapping[str, str]) -> None:
    """The officer of each enterprise; one before is no longer."""
    await tx.put(contact_officer, [{"enterprise": its, "officer": officer} for its, officer in officers.items()])


async def officers_of(tx: Transaction, enterprises: Sequence[str]) -> Mapping[str, str]:
    rows = await tx.all(select(contact_officer).where(contact_officer.c.enterprise.in_(enterprises)))
    return {row.enterprise: row.officer for row in rows}


async def officer_of(tx: Transaction, enterprise_id: str) -> str | None:
    found = await tx.scalar(select(contact_officer.c.officer).where(contact_officer.c.enterprise == enterprise_id))
    return str(found) if found else None


async def release(tx: Transaction, officer: str) -> int:
    """Leaves an officer's enterprises without one; says how many."""
    return (await tx.execute(delete(contact_officer).where(contact_officer.c.officer == officer))).rowcount


async def transfer(tx: Transaction, officer: str, to: str, enterprises: Sequence[str] = ()) -> int:
    """Gives an officer's enterprises, all or those named, to another; says how many."""
    which = [contact_officer.c.officer == officer]
    if enterprises:
        which.append(contact_officer.c.enterprise.in_(enterprises))
    return (await tx.execute(update(contact_officer).where(*which).values(officer=to))).rowcount


# ---- members -----------------------------------------------------------------------------------------------------


async def join(tx: Transaction, enterprise_id: str, person: str, role: Literal["owner", "staff"]) -> None:
    await tx.put(membership, [{"enterprise": enterprise_id, "person": person, "role": role}])


async def leave(tx: Transaction, enterprise_id: str, person: str) -> bool:
    """Ends a membership, from the next act on; says whether there was one."""
    which = (membership.c.enterprise == enterprise_id, membership.c.person == person)
    return (await tx.execute(delete(membership).where(*which))).rowcount == 1


async def of_person(tx: Transaction, person: str) -> tuple[Enterprise, ...]:
    """Enterprises a person belongs to, by name."""
    rows = await tx.all(
        select(enterprise)
        .join(membership, membership.c.enterprise == enterprise.c.id)
        .where(membership.c.person == person)
        .order_by(enterprise.c.name)
    )
    return tuple(Enterprise.model_validate(row) for row in rows)


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


# ---- lead enterprises --------------------------------------------------------------------------------------------


async def affiliate(tx: Transaction, lead: str, to: str, now: datetime) -> None:
    """`to` becomes an affiliate of `lead`. Raises Refusal for an enterprise and itself, and for a circle of two."""
    turned_round = select(affiliation.c.lead).where(affiliation.c.lead == to, affiliation.c.affiliate == lead)
    if lead == to or await tx.scalar(turned_round):
        raise Refusal("registry.affiliation_circle")
    await tx.insert_all_new(affiliation, [{"lead": lead, "affiliate": to, "since": now}])


async def part(tx: Transaction, lead: str, affiliated: str) -> bool:
    """Ends an affiliation; says whether there was one."""
    which = (affiliation.c.lead == lead, affiliation.c.affiliate == affiliated)
    return (await tx.execute(delete(affiliation).where(*which))).rowcount == 1


async def affiliates(tx: Transaction, lead: str) -> tuple[Enterprise, ...]:
    """Affiliates of a lead enterprise, by name."""
    rows = await tx.all(
        select(enterprise)
        .join(affiliation, affiliation.c.affiliate == enterprise.c.id)
        .where(affiliation.c.lead == lead)
        .order_by(enterprise.c.name)
    )
    return tuple(Enterprise.model_validate(row) for row in rows)
