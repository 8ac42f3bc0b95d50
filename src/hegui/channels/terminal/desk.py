"""What a session needs of the house: who somebody is, the inbox, and when an act has been answered."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from hegui.channels.terminal.channel import NAME
from hegui.conversation.incoming import Incoming
from hegui.conversation.turn import Speaker
from hegui.delivery.inbox.store import Arrival, inbox
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.tables import QUEUED, SENDING
from hegui.delivery.outbox.tables import outbox as letters
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Language
from hegui.foundation.randomness import Randomness
from hegui.registry import people

LOOK_AGAIN = 0.02  # seconds
SOON = timedelta(seconds=1)  # what is to leave later than that waits for something else
Put = Callable[[str, str, list[Arrival]], Awaitable[None]]
Orders = Callable[[str, dict[str, Any]], Awaitable[Any]]


async def no_orders(name: str, given: dict[str, Any]) -> Any:
    """Where no orders are taken."""
    raise Refusal("terminal.bad_line")


class Desk:
    """`put` keeps updates in the inbox and wakes its worker; `letters_waiting` wakes the sender.

    `order` carries out what a command hands over.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        randomness: Randomness,
        put: Put,
        letters_waiting: Callable[[], None],
        language: Language = "zh",
        order: Orders = no_orders,
    ) -> None:
        self._database = database
        self._clock = clock
        self._randomness = randomness
        self._put = put
        self._letters_waiting = letters_waiting
        self._language = language
        self.order = order

    async def introduce(self, person: str | None, name: str, language: Language | None) -> Speaker:
        """The speaker behind a hello. Raises Refusal where a person is named that does not exist."""
        address = person or "local-" + re.sub(r"[^\w.-]", "_", name)
        async with self._database.write() as tx:
            speaker = await self._speaker(tx, (NAME, address), person, language)
            if language and language != speaker.language:
                await people.set_language(tx, speaker.person, language)
                speaker = speaker.model_copy(update={"language": language})
        return speaker

    async def _speaker(
        self, tx: Transaction, contact: people.Contact, person: str | None, language: Language | None
    ) -> Speaker:
        now = self._clock.now()
        if known := (await people.speakers(tx, [contact])).get(contact):
            if not known[1]:
                await people.switch(tx, contact, on=True, reason=None, now=now)
            return known[0]
        if person is None:
            return await people.introduce(
                tx, contact, language=language or self._language, now=now, randomness=self._randomness
            )
        found = await people.get(tx, person)
        if found is None:
            raise Refusal("terminal.unknown_person")
        await people.add_address(tx, found.id, contact, now)
        return Speaker(
            person=found.id, role=found.role, language=found.language, channel=contact[0], address=contact[1]
        )

    async def submit(self, source: str, address: str, update_id: int, incoming: Incoming) -> None:
        """On disk when this returns."""
        arrival = Arrival(update_id=update_id, address=address, body=incoming.model_dump_json())
        await self._put(source, NAME, [arrival])

    async def settled(self, source: str, update_id: int) -> None:
        """Returns when the update is handled and nothing that it says is still on its way."""
        while not await self._is_settled(source, update_id):  # noqa: ASYNC110  another process may handle it
            await asyncio.sleep(LOOK_AGAIN)

    async def _is_settled(self, source: str, update_id: int) -> bool:
        which = select(inbox.c.seq, inbox.c.state).where(inbox.c.source == source, inbox.c.update_id == update_id)
        async with self._database.read() as tx:
            update = await tx.one(which)
            if update is None or update.state == "open":
                return update is None
            on_its_way = or_(SENDING, and_(QUEUED, letters.c.ready_at <= self._clock.now() + SOON))
            left = select(func.count()).select_from(letters).where(letters.c.turn == update.seq, on_its_way)
            return not await tx.scalar(left)

    async def here(self, address: str) -> None:
        """Somebody is there now: what waits for them may go."""
        async with self._database.write() as tx:
            await outbox.hurry(tx, (NAME, address), self._clock.now())
            tx.after_commit(self._letters_waiting)

    async def language_of(self, address: str) -> Language:
        """The language a person speaks now; it may have changed in the conversation."""
        contact = (NAME, address)
        async with self._database.read() as tx:
            known = await people.speakers(tx, [contact])
        return known[contact][0].language
