"""Where a person is: the place they set, else that of their enterprise."""

from sqlalchemy import select, update

from hegui.foundation.database.transaction import Transaction
from hegui.registry.tables import enterprise, membership, person


async def of_person(tx: Transaction, person_id: str) -> str | None:
    """The code of the place, such as CN-33-06; None where nothing is known."""
    own = await tx.scalar(select(person.c.district).where(person.c.id == person_id))
    if own:
        return str(own)
    of_enterprise = (
        select(enterprise.c.district)
        .join(membership, membership.c.enterprise == enterprise.c.id)
        .where(membership.c.person == person_id)
        .order_by(enterprise.c.name)
        .limit(1)
    )
    found = await tx.scalar(of_enterprise)
    return str(found) if found else None


async def set_place(tx: Transaction, person_id: str, code: str | None) -> None:
    await tx.execute(update(person).where(person.c.id == person_id).values(district=code))
