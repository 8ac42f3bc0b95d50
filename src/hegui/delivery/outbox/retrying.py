"""Letters that did not arrive, or perhaps not, sent once more because a person says so."""

from datetime import datetime

from sqlalchemy import func, or_, select

from hegui.delivery.outbox import store
from hegui.delivery.outbox.decisions import marked
from hegui.delivery.outbox.model import Letter
from hegui.delivery.outbox.tables import outbox
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import people
from hegui.registry.tables import address

ON_ITS_WAY = ("queued", "sending", "sent")


async def retry(tx: Transaction, which: str, *, by: str, catalogue: Catalogue, now: datetime) -> str:
    """Queues a copy of a letter that failed or whose outcome is unknown, and returns its id.

    The first keeps its state. A copy of a letter that may have arrived says that it is one. `by` is the user of the
    operating system. Raises Refusal; that is audited like the act itself.
    """
    letter = await _refusable(tx, which, now)
    reply = letter.reply
    if letter.state == "unknown":
        person = await people.get(tx, letter.person)
        reply = marked(reply, catalogue.say(person.language if person else "zh", "conversation.repeated"))
    copies = select(func.count()).select_from(outbox).where(outbox.c.copy_of == which)
    key = f"{which}:retry{await tx.scalar(copies) + 1}"
    await store.queue_copy(tx, letter, reply=reply, to=(letter.channel, letter.address), now=now, key=key)
    await audit.record(tx, "letter retried", at=now, actor=f"operator:{by}", door="command", about=which, copy=key)
    return key


async def _refusable(tx: Transaction, which: str, now: datetime) -> Letter:
    row = await tx.one(select(outbox).where(outbox.c.id == which))
    if row is None:
        raise Refusal("outbox.no_such_letter", id=which)
    letter = store.letter(row)
    if letter.state not in ("failed", "unknown"):
        raise Refusal("outbox.not_to_be_repeated", id=which, state=letter.state)
    if letter.expires_at and letter.expires_at <= now:
        raise Refusal("outbox.out_of_date", id=which)
    # Copies of one letter, and the letter that this one is a copy of, speak of the same thing.
    origin = letter.copy_of or which
    same = or_(outbox.c.id == origin, outbox.c.copy_of.in_({origin, which}))
    others = await tx.all(select(outbox.c.id).where(same, outbox.c.id != which, outbox.c.state.in_(ON_ITS_WAY)))
    if others:
        raise Refusal("outbox.repeated_already", id=which, copy=others[0].id)
    here = (address.c.channel == letter.channel, address.c.address == letter.address)
    if (await tx.scalar(select(address.c.on).where(*here))) is False:
        raise Refusal("outbox.address_is_off", id=which)
    return letter
