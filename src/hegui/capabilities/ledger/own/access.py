"""The door of the own ledger: members of its enterprise only, and nobody learns here what else there is.

What is not theirs is refused in the same words as what does not exist.
"""

from hegui.capabilities.ledger.own import decisions, store
from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry, Quota
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal

NOT_YOURS = "ledger_book.not_yours"


async def members_only(tx: Transaction, enterprise: str, person: str) -> None:
    """Raises Refusal for everybody else, officers too."""
    if not await store.is_member(tx, enterprise, person):
        raise Refusal(NOT_YOURS)


async def get(tx: Transaction, entry_id: str, person: str) -> LedgerEntry:
    found = await store.entry(tx, entry_id)
    if found is None or not await store.is_member(tx, found.enterprise, person):
        raise Refusal(NOT_YOURS)
    return found


async def get_certificate(tx: Transaction, certificate_id: str, person: str) -> Certificate:
    found = await store.certificate(tx, certificate_id)
    if found is None or not await store.is_member(tx, found.enterprise, person):
        raise Refusal(NOT_YOURS)
    return found


async def entries(tx: Transaction, enterprise: str, person: str) -> tuple[LedgerEntry, ...]:
    """Every row of the enterprise's ledger, in the order in which they were recorded."""
    await members_only(tx, enterprise, person)
    return await store.entries(tx, enterprise)


async def quotas(tx: Transaction, enterprise: str, person: str) -> tuple[Quota, ...]:
    await members_only(tx, enterprise, person)
    return decisions.quotas(await store.certificates(tx, enterprise), await store.entries(tx, enterprise))
