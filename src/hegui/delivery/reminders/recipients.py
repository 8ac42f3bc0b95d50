"""Whom a reminder goes to: its person, or every member of its enterprise, each at the address used last."""

from collections.abc import Sequence

from sqlalchemy import select

from hegui.conversation.turn import Speaker
from hegui.delivery.reminders.model import Reminder
from hegui.foundation.database.transaction import Transaction
from hegui.registry import enterprises
from hegui.registry.people import is_present_only
from hegui.registry.tables import address, person


async def people_of(tx: Transaction, reminders: Sequence[Reminder]) -> dict[str, tuple[str, ...]]:
    """The people of each reminder, by its id. An enterprise that lost all its members falls back to the person."""
    named = sorted({r.enterprise for r in reminders if r.enterprise})
    members = await enterprises.members(tx, named) if named else {}
    return {r.id: tuple(m.person for m in members.get(r.enterprise or "", ())) or (r.person,) for r in reminders}


async def contacts(tx: Transaction, people: Sequence[str]) -> dict[str, Speaker]:
    """The address of each person that is switched on and was used last; people without one are missing."""
    rows = await tx.all(
        select(person.c.id.label("person"), person.c.role, person.c.language, address.c.channel, address.c.address)
        .join(address, address.c.person == person.c.id)
        .where(person.c.id.in_(people), address.c.on == True)  # noqa: E712  a column, not a truth value
        .order_by(is_present_only().desc(), address.c.changed_at, address.c.channel.desc())
    )
    return {row.person: Speaker.model_validate(row, from_attributes=True) for row in rows}  # the last one stays
