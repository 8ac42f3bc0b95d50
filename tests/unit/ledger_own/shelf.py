"""A firm with a ledger, for the tests: people, enterprise, and short ways to record."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from tests.fakes import FixedClock, SeededRandomness

from hegui.capabilities.ledger.own import service
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.doctor import Doctor
from hegui.capabilities.ledger.own.model import (
    Certificate,
    CertificateKind,
    LedgerEntry,
    NewCertificate,
    NewEntry,
    OwnKind,
)
from hegui.conversation.turn import Speaker
from hegui.delivery.quiet_hours import QuietHours
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.randomness import new_id
from hegui.registry import enterprises, people
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)
TOLUENE, ACETONE, ETHER = ("3-1", "甲苯"), ("3-2", "丙酮"), ("2-4", "乙醚")
CODES = ("91110000600037341L", "91990000MADEM0011K")


def bookkeeping(rulebook: Rulebook, catalogue: Catalogue, randomness: SeededRandomness) -> Bookkeeping:
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    reminders = Reminders(timetable, quiet=QuietHours(), catalogue=catalogue, randomness=randomness)
    return Bookkeeping(rulebook, reminders, catalogue, randomness, Doctor.of(rulebook))


class Firm:
    """One enterprise with one member and one stranger."""

    def __init__(self, keeping: Bookkeeping, clock: FixedClock) -> None:
        self.keeping = keeping
        self.clock = clock
        self.id = ""
        self.member = Speaker(person="", role="member", language="zh", channel="recording", address="ann")
        self.stranger = self.member
        self.say = Texts(keeping.catalogue, "zh")

    async def found(self, tx: Transaction, number: int = 0) -> "Firm":
        now, randomness = self.clock.now(), self.keeping.randomness
        for name in ("member", "stranger"):
            contact = ("recording", f"{'ann' if name == 'member' else 'bob'}{number or ''}")
            setattr(
                self,
                name,
                await people.introduce(tx, contact, language="zh", now=now, randomness=randomness),
            )
        made = await enterprises.add(
            tx, name=f"示例化工厂{number}", uscc=CODES[number], district="CN-33-06", now=now, randomness=randomness
        )
        await enterprises.join(tx, made.id, self.member.person, "owner")
        self.id = made.id
        return self

    @property
    def by(self) -> By:
        return By(self.member.person, "recording")

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def entry(
        self,
        kind: OwnKind,
        amount: str,
        *,
        unit: str = "kg",
        day: date = TODAY,
        what: tuple[str, str] = TOLUENE,
        fields: Mapping[str, str] | None = None,
    ) -> NewEntry:
        return NewEntry(
            id=new_id(self.keeping.randomness),
            kind=kind,
            chemical=what[0],
            name=what[1],
            unit=unit,
            amount=Decimal(amount),
            day=day,
            fields=fields or {},
        )

    async def record(self, tx: Transaction, new: NewEntry) -> LedgerEntry:
        made, _ = await service.record(tx, self.keeping, self.id, new, by=self.by, say=self.say, now=self.now)
        return made

    async def correct(
        self, tx: Transaction, wrong: LedgerEntry, right: NewEntry | None = None
    ) -> tuple[LedgerEntry, ...]:
        return await service.correct(
            tx, self.keeping, wrong.id, "称错了", right, by=self.by, say=self.say, now=self.now
        )

    async def certificate(
        self,
        tx: Transaction,
        permitted: str = "100",
        *,
        number: str = "BA-001",
        kind: CertificateKind = "many",
        valid: tuple[date, date] = (date(2026, 11, 1), date(2027, 4, 30)),
        what: tuple[str, str] = TOLUENE,
    ) -> Certificate:
        new = NewCertificate(
            id=new_id(self.keeping.randomness),
            number=number,
            chemical=what[0],
            name=what[1],
            permitted=Decimal(permitted),
            unit="kg",
            valid_from=valid[0],
            valid_to=valid[1],
            kind=kind,
        )
        made, _ = await service.add_certificate(tx, self.keeping, self.id, new, by=self.by, say=self.say, now=self.now)
        return made
