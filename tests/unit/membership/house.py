"""Enterprises, people and invitations around the real dialogues, for tests that talk."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from tests.fakes import FixedClock, SeededRandomness
from tests.talk import Parrot, Talk
from tests.unit.registry.codes import credit_code

from hegui.capabilities.membership.dialogue import LeaveDialogue
from hegui.capabilities.welcome.dialogue import WelcomeDialogue
from hegui.conversation.router import Router
from hegui.conversation.turn import Role
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import enterprises, invitations, people
from hegui.registry.model import Enterprise


class Silent(Parrot):
    """Takes free text; the commands belong to the others."""

    commands = ()


class House:
    """Everything that invitations need, on one store."""

    def __init__(self, database: Database, clock: FixedClock, catalogue: Catalogue, folder: Path) -> None:
        self.database = database
        self.clock = clock
        self.catalogue = catalogue
        self.randomness = SeededRandomness(5)
        parrot = Silent()
        router = Router([WelcomeDialogue(), LeaveDialogue(), parrot], free_text=parrot, catalogue=catalogue)
        self.talk = Talk(database, clock, catalogue, folder, router=router)
        self._made = 0

    def text(self, key: str, **params: Any) -> str:
        return self.catalogue.say("zh", f"membership.{key}", **params)

    async def enterprise(self, name: str = "甲厂") -> Enterprise:
        self._made += 1
        async with self.database.write() as tx:
            return await enterprises.add(
                tx,
                name=name,
                uscc=credit_code(self._made),
                district="CN-33-06",
                now=self.clock.now(),
                randomness=self.randomness,
            )

    async def official(self, role: Role = "officer", name: str = "张警官") -> str:
        async with self.database.write() as tx:
            made = await people.add_person(
                tx, role=role, language="zh", now=self.clock.now(), randomness=self.randomness, name=name
            )
        return made.id

    async def token(self, *, lasts: timedelta = invitations.LASTS, **to: Any) -> str:
        now: datetime = self.clock.now()
        async with self.database.write() as tx:
            issued = await invitations.make(
                tx, **to, by="os:tester", now=now, expires=now + lasts, randomness=self.randomness
            )
        return issued.token

    async def opens(self, token: str, who: str = "ann") -> str:
        """What is answered first to `/start TOKEN`."""
        before = len(self.talk.channel.texts(who))
        return (await self.talk.says(f"/start {token}", address=who))[before]

    async def says(self, what: Any, who: str = "ann") -> str:
        return (await self.talk.says(what, address=who))[-1]

    async def person(self, who: str) -> str:
        async with self.database.read() as tx:
            known = await people.speakers(tx, [(self.talk.channel.name, who)])
        return known[(self.talk.channel.name, who)][0].person

    async def belongs(self, who: str) -> list[str]:
        async with self.database.read() as tx:
            return [one.name for one in await enterprises.of_person(tx, await self.person(who))]

    async def audited(self, act: str) -> list[str]:
        """The outcomes of the lines of this act."""
        async with self.database.read() as tx:
            rows = await tx.all(select(audit_log.c.outcome).where(audit_log.c.act == act).order_by(audit_log.c.seq))
        return [row.outcome for row in rows]
