"""Tables of the program's own ledger and their queries. Entries are added and never changed."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Row, Table, Text, UniqueConstraint, select, update

from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry
from hegui.foundation.database.metadata import Day, Moment, metadata
from hegui.foundation.database.transaction import Transaction
from hegui.registry.tables import enterprise, membership

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", Text, primary_key=True),
    Column("enterprise", Text, ForeignKey("enterprise.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("chemical", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("amount", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("fields", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("cancels", Text, ForeignKey("ledger_entry.id"), unique=True),
    Column("replaces", Text, ForeignKey("ledger_entry.id"), unique=True),
    Column("why", Text, nullable=False),
    UniqueConstraint("enterprise", "number"),
    sqlite_strict=True,
)

filing_certificate = Table(
    "filing_certificate",
    metadata,
    Column("id", Text, primary_key=True),
    Column("enterprise", Text, ForeignKey("enterprise.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("chemical", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("permitted", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("why", Text, nullable=False),
    Index("ix_filing_certificate_enterprise", "enterprise"),
    sqlite_strict=True,
)

annual_report = Table(
    "annual_report",
    metadata,
    Column("enterprise", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("reported_on", Day, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    sqlite_strict=True,
)


async def is_member(tx: Transaction, enterprise_id: str, person: str) -> bool:
    asked = select(membership.c.person).where(membership.c.enterprise == enterprise_id, membership.c.person == person)
    return await tx.scalar(asked) is not None


async def hold(tx: Transaction, enterprise_id: str) -> None:
    """Nobody else writes to this enterprise's ledger until the transaction ends, so that balances stay true."""
    await tx.scalar(select(enterprise.c.id).where(enterprise.c.id == enterprise_id).with_for_update())


async def entries(tx: Transaction, enterprise_id: str) -> tuple[LedgerEntry, ...]:
    """Every row, counter-entries too, in the order in which they were recorded."""
    rows = await tx.all(
        select(ledger_entry).where(ledger_entry.c.enterprise == enterprise_id).order_by(ledger_entry.c.number)
    )
    return tuple(_entry(row) for row in rows)


async def entry(tx: Transaction, entry_id: str) -> LedgerEntry | None:
    row = await tx.one(select(ledger_entry).where(ledger_entry.c.id == entry_id))
    return _entry(row) if row else None


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry.model_validate({**row._mapping, "fields": json.loads(row.fields)})  # noqa: SLF001  its public name


async def add(tx: Transaction, made: Sequence[LedgerEntry]) -> None:
    await tx.insert(
        ledger_entry,
        [
            {
                **one.model_dump(),
                "amount": str(one.amount),
                "fields": json.dumps(dict(one.fields), ensure_ascii=False, sort_keys=True),
            }
            for one in made
        ],
    )


async def certificates(tx: Transaction, enterprise_id: str) -> tuple[Certificate, ...]:
    rows = await tx.all(
        select(filing_certificate)
        .where(filing_certificate.c.enterprise == enterprise_id)
        .order_by(filing_certificate.c.valid_to, filing_certificate.c.number, filing_certificate.c.id)
    )
    return tuple(Certificate.model_validate(row) for row in rows)


async def certificate(tx: Transaction, certificate_id: str) -> Certificate | None:
    row = await tx.one(select(filing_certificate).where(filing_certificate.c.id == certificate_id))
    return Certificate.model_validate(row) if row else None


async def add_certificate(tx: Transaction, made: Certificate) -> None:
    await tx.insert(filing_certificate, [{**made.model_dump(), "permitted": str(made.permitted)}])


async def withdraw(tx: Transaction, certificate_id: str, why: str, now: datetime) -> None:
    await tx.execute(
        update(filing_certificate).where(filing_certificate.c.id == certificate_id).values(withdrawn_at=now, why=why)
    )


async def reported(tx: Transaction, enterprise_id: str) -> frozenset[int]:
    """Years whose report was said to be handed in."""
    rows = await tx.all(select(annual_report.c.year).where(annual_report.c.enterprise == enterprise_id))
    return frozenset(row.year for row in rows)


async def add_report(tx: Transaction, enterprise_id: str, year: int, *, on: date, by: str, now: datetime) -> bool:
    """Whether it was new."""
    row = {"enterprise": enterprise_id, "year": year, "reported_on": on, "recorded_by": by, "recorded_at": now}
    return await tx.insert_new(annual_report, row)
