"""Invitations (邀请): a token of 256 bits that works once. The store holds its SHA-256 only.

Which invitations are open is one condition of one update, so that of two who redeem at once one wins, on both stores.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, select, update

from hegui.foundation.database.transaction import Transaction
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry.model import Invitation
from hegui.registry.tables import invitation, wrong_invitation

TOKEN_BYTES = 32
LASTS = timedelta(hours=72)
MOST_WRONG = 5  # a chat in an hour
ALARMING = 50  # wrong tries of all chats in an hour: somebody guesses
HOUR = timedelta(hours=1)
KNOWN = tuple(column for column in invitation.c if column.name != "token_sha256")
OPEN = (invitation.c.used_at.is_(None), invitation.c.revoked_at.is_(None))


class Issued(NamedTuple):
    """An invitation with its token, which exists nowhere else."""

    invitation: Invitation
    token: str


async def make(
    tx: Transaction,
    *,
    enterprise: str | None = None,
    role: Literal["owner", "staff"] | None = None,
    person: str | None = None,
    by: str,
    now: datetime,
    expires: datetime,
    randomness: Randomness,
) -> Issued:
    """Into an enterprise with a role, or to the account of a person."""
    token = urlsafe_b64encode(randomness.secret(TOKEN_BYTES)).rstrip(b"=").decode()
    made = Invitation(
        id=new_id(randomness),
        enterprise=enterprise,
        role=role,
        person=person,
        made_by=by,
        made_at=now,
        expires_at=expires,
    )
    await tx.insert(invitation, [{**made.model_dump(), "token_sha256": _digest(token)}])
    return Issued(made, token)


async def take(tx: Transaction, token: str, person: str, now: datetime) -> Invitation | None:
    """Uses an invitation up for this person; None where it is wrong, used, revoked or expired."""
    digest = _digest(token)
    this = (invitation.c.token_sha256 == digest, *OPEN, invitation.c.expires_at > now)
    taken = await tx.execute(update(invitation).where(*this).values(used_by=person, used_at=now))
    found = await look(tx, token)
    return found if taken.rowcount == 1 else None


async def look(tx: Transaction, token: str) -> Invitation | None:
    row = await tx.one(select(*KNOWN).where(invitation.c.token_sha256 == _digest(token)))
    return Invitation.model_validate(row) if row else None


async def revoke(tx: Transaction, person: str, now: datetime) -> None:
    """Closes what is still open of the invitations to a person's account."""
    await tx.execute(update(invitation).where(invitation.c.person == person, *OPEN).values(revoked_at=now))


# ---- wrong tries -------------------------------------------------------------------------------------------------


async def may_try(tx: Transaction, chat: str, now: datetime) -> bool:
    """Whether a chat has not been wrong too often in the last hour."""
    mine = (wrong_invitation.c.chat == chat, wrong_invitation.c.at > now - HOUR)
    return int(await tx.scalar(select(func.count()).where(*mine))) < MOST_WRONG


async def note_wrong(tx: Transaction, chat: str, now: datetime) -> bool:
    """Counts a wrong try; says whether this one makes it look as if somebody guessed."""
    await tx.execute(delete(wrong_invitation).where(wrong_invitation.c.at <= now - HOUR))
    await tx.insert(wrong_invitation, [{"chat": chat, "at": now}])
    return int(await tx.scalar(select(func.count()).select_from(wrong_invitation))) == ALARMING


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
