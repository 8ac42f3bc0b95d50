"""People and their addresses: found, made at first contact, switched off and on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, tuple_, update

from hegui.conversation.turn import Role, Speaker
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import Language
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry.model import Address, Person
from hegui.registry.tables import address, person

Contact = tuple[str, str]  # channel, address
PRESENT_ONLY = ("terminal",)
COLUMNS = (person.c.id, person.c.role, person.c.language, person.c.name, person.c.district, person.c.unit)


def is_present_only() -> ColumnElement[bool]:
    """Whether an address reaches a person only while they sit there: used where there is no other."""
    return address.c.channel.in_(PRESENT_ONLY)


async def speakers(tx: Transaction, contacts: Sequence[Contact]) -> dict[Contact, tuple[Speaker, bool]]:
    """Those of the contacts that are known, each with role and language, and whether the address is switched on."""
    columns = (address.c.channel, address.c.address, address.c.person, person.c.role, person.c.language, address.c.on)
    known = (
        select(*columns)
        .join(person, person.c.id == address.c.person)
        .where(tuple_(address.c.channel, address.c.address).in_(contacts))
    )
    rows = await tx.all(known)
    return {(row.channel, row.address): (_speaker(row), row.on) for row in rows}


def _speaker(row: Row[Any]) -> Speaker:
    return Speaker(person=row.person, role=row.role, language=row.language, channel=row.channel, address=row.address)


async def introduce(
    tx: Transaction, contact: Contact, *, language: Language, now: datetime, randomness: Randomness
) -> Speaker:
    """Makes a person for a contact never seen before: a member without enterprise, who may ask and check itself."""
    made = await add_person(tx, role="member", language=language, now=now, randomness=randomness)
    await add_address(tx, made.id, contact, now)
    return Speaker(person=made.id, role="member", language=language, channel=contact[0], address=contact[1])


async def add_person(
    tx: Transaction,
    *,
    role: Role,
    language: Language,
    now: datetime,
    randomness: Randomness,
    name: str | None = None,
    district: str | None = None,
    unit: str | None = None,
) -> Person:
    made = Person(id=new_id(randomness), role=role, language=language, name=name, district=district, unit=unit)
    await tx.insert(person, [{**made.model_dump(), "created_at": now}])
    return made


async def add_address(tx: Transaction, person_id: str, contact: Contact, now: datetime) -> None:
    channel, where = contact
    await tx.put(
        address,
        [{"channel": channel, "address": where, "person": person_id, "on": True, "reason": None, "changed_at": now}],
    )


async def move_in(tx: Transaction, person_id: str, contact: Contact, now: datetime) -> None:
    """This address is the person's now, and the only one of its channel: whoever holds an older one is a stranger."""
    others = (address.c.person == person_id, address.c.channel == contact[0], address.c.address != contact[1])
    await tx.execute(delete(address).where(*others))
    await add_address(tx, person_id, contact, now)


async def get(tx: Transaction, person_id: str) -> Person | None:
    row = await tx.one(select(*COLUMNS).where(person.c.id == person_id))
    return Person.model_validate(row) if row else None


async def by_role(tx: Transaction, role: Role) -> tuple[Person, ...]:
    rows = await tx.all(select(*COLUMNS).where(person.c.role == role).order_by(person.c.id))
    return tuple(Person.model_validate(row) for row in rows)


async def dismiss(tx: Transaction, person_id: str) -> bool:
    """Takes the role away, from the next act on; says whether there was one. The name stays, for the record."""
    had = (person.c.id == person_id, person.c.role != "member")
    values = {"role": "member", "unit": None}
    return (await tx.execute(update(person).where(*had).values(**values))).rowcount == 1


async def set_language(tx: Transaction, person_id: str, language: Language) -> None:
    await tx.execute(update(person).where(person.c.id == person_id).values(language=language))


async def switch(tx: Transaction, contact: Contact, *, on: bool, reason: str | None, now: datetime) -> None:
    """Turns an address off (blocked, gone) or on again."""
    channel, where = contact
    await tx.execute(
        update(address)
        .where(address.c.channel == channel, address.c.address == where)
        .values(on=on, reason=reason, changed_at=now)
    )


async def move(tx: Transaction, contact: Contact, new: str, now: datetime) -> None:
    """The chat has a new address; the person stays the same."""
    channel, where = contact
    known = select(address.c.person).where(address.c.channel == channel, address.c.address == where)
    if owner := await tx.scalar(known):
        await add_address(tx, owner, (channel, new), now)
        await switch(tx, contact, on=False, reason="moved", now=now)


async def addresses(tx: Transaction, people: Sequence[str]) -> dict[str, tuple[Address, ...]]:
    """Every address of each person that is switched on: the one used last first, present-only ones at the end."""
    rows = await tx.all(
        select(address.c.channel, address.c.address, address.c.person, address.c.on, address.c.reason)
        .where(address.c.person.in_(people), address.c.on == True)  # noqa: E712  a column, not a truth value
        .order_by(is_present_only(), address.c.changed_at.desc(), address.c.channel)
    )
    found: dict[str, tuple[Address, ...]] = {}
    for row in rows:
        found[row.person] = (*found.get(row.person, ()), Address.model_validate(row))
    return found
