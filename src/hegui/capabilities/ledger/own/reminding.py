"""What the ledger reminds of: the annual report by its yearly date, and certificates before they expire."""

from collections.abc import Sequence
from datetime import date, datetime

from hegui.capabilities.ledger.own import decisions, store
from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry
from hegui.delivery.reminders.service import Reminders
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import CHINA, Texts
from hegui.rulebook.obligation import YearlyDate
from hegui.rulebook.pack import Rulebook

PERIOD = "D25"  # the annual report
YEARLY, EXPIRY = "yearly-report", "expiry"  # ladders
LONGEST_REFERENCE = 24


def yearly_date(rulebook: Rulebook) -> YearlyDate | None:
    """When reports are due; None where the rules in use do not say."""
    period = rulebook.period(PERIOD)
    return period.yearly if period else None


def about_report(enterprise: str) -> str:
    return f"ledger:y.{enterprise}"


async def plan_report(
    tx: Transaction,
    reminders: Reminders,
    rulebook: Rulebook,
    enterprise: str,
    entries: Sequence[LedgerEntry],
    *,
    person: str,
    say: Texts,
    now: datetime,
) -> date | None:
    """Arms the reminder of the next report; one that is armed for that day already stays as it is."""
    yearly = yearly_date(rulebook)
    if yearly is None:
        return None
    reported = await store.reported(tx, enterprise)
    year = decisions.next_report(entries, reported, now.astimezone(CHINA).date(), yearly)
    due, about = decisions.report_due(year, yearly), about_report(enterprise)
    held = (await reminders.about(tx, [about])).get(about)
    if held is None:
        await reminders.plan(
            tx,
            about=about,
            reference=say("ledger_book.reminder.report"),
            person=person,
            enterprise=enterprise,
            due=due,
            now=now,
            ladder=YEARLY,
        )
    elif held.due != due:
        await reminders.replan(tx, about=about, due=due, now=now)
    return due


async def plan_expiry(
    tx: Transaction, reminders: Reminders, certificate: Certificate, *, say: Texts, now: datetime
) -> None:
    """Where the certificate has expired already there is nothing to be reminded of."""
    if certificate.valid_to < now.astimezone(CHINA).date():
        return
    await reminders.plan(
        tx,
        about=certificate.about,
        reference=say("ledger_book.reminder.certificate", number=certificate.number[-LONGEST_REFERENCE:]),
        person=certificate.recorded_by,
        enterprise=certificate.enterprise,
        due=certificate.valid_to,
        now=now,
        ladder=EXPIRY,
    )
