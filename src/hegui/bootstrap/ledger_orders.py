"""Orders of `hegui ledger`: for a member of the enterprise, named by the operating-system user who gives them."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import FileCreateError

from hegui.bootstrap.program import Program
from hegui.capabilities.ledger.own import access, confirming, decisions, importing, pages, reading_back, service, store
from hegui.capabilities.ledger.own.bookkeeping import By
from hegui.capabilities.ledger.own.export import write_workbook
from hegui.capabilities.ledger.own.model import KINDS, Certificate, LedgerEntry, NewEntry, Quota, YearTotals
from hegui.capabilities.ledger.own.typed import LONGEST_NAME, chemicals_called, one_line
from hegui.capabilities.ledger.own.units import Units, decimal_of, shown
from hegui.capabilities.ledger.own.weighing import Weighed
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Texts
from hegui.foundation.randomness import new_id
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.recognising import FileKind
from hegui.registry import enterprises, people
from hegui.rulebook.checks.dated import read_date

DOOR = "command"
Given = dict[str, Any]


async def record(program: Program, given: Given) -> Given:
    """Records an entry, or says what is to be looked at first: then it must come again, confirmed."""
    keeping, say = program.bookkeeping, _say(program, given)
    new = new_entry(program, given)
    async with program.database.write() as tx:
        by = await _by(tx, given)
        now, enterprise = program.clock.now(), await _enterprise(tx, given)
        weighed = await service.weigh(tx, keeping, enterprise, new, person=by.person, now=now)
        told: Given = {"recorded": False, "warnings": _warnings(program, say, weighed)}
        if told["warnings"] and not given.get("confirmed"):
            return told
        made, _ = await service.record(tx, keeping, enterprise, new, by=by, say=say, now=now, warned=weighed.checks)
        return told | {"recorded": True} | await _outcome(tx, made)


async def correct(program: Program, given: Given) -> Given:
    """Takes an entry back; with anything that is to be otherwise, the entry is recorded anew with that."""
    keeping, say = program.bookkeeping, _say(program, given)
    async with program.database.write() as tx:
        by, now = await _by(tx, given), program.clock.now()
        every = await access.entries(tx, await _enterprise(tx, given), by.person)
        wrong = next((one for one in every if one.number == given["number"]), None)
        if wrong is None:
            raise Refusal(access.NOT_YOURS)
        right = _replacement(program, wrong, given)
        made = await service.correct(tx, keeping, wrong.id, str(given["why"]), right, by=by, say=say, now=now)
        return {"corrected": wrong.reference, "counter": made[0].reference} | await _outcome(tx, made[-1])


async def bring_in(program: Program, given: Given) -> Given:
    """Reads an exported workbook in a child process, then brings it in, all or nothing."""
    words = importing.words_for_reading(program.bookkeeping)
    rows = await in_child(reading_back.TASK, Path(given["file"]), words, wanted=frozenset({FileKind.xlsx}))
    async with program.database.write() as tx:
        brought = await importing.bring_in(
            tx,
            program.bookkeeping,
            await _enterprise(tx, given),
            rows,
            by=await _by(tx, given),
            say=_say(program, given),
            now=program.clock.now(),
        )
    return brought._asdict()


async def balance(program: Program, given: Given) -> Given:
    """What should be in stock at the end of a day, and what is left on the certificates."""
    say, today = _say(program, given), program.clock.now().astimezone(CHINA).date()
    async with program.database.write() as tx:
        its, entries, certificates = await _looked_at(tx, program, given, "ledger balance looked at")
    on = date.fromisoformat(given["on"]) if given["on"] else None
    held, quotas = decisions.balances(entries, on), decisions.quotas(certificates, entries)
    lines = [say("ledger_book.line.balance", name=b.name, amount=shown(b.amount), unit=b.account.unit) for b in held]
    return {
        "enterprise": its,
        "balances": [{"chemical": b.name, "amount": shown(b.amount), "unit": b.account.unit} for b in held],
        "certificates": [_quota(quota) for quota in quotas],
        "lines": lines + [pages.quota_line(say, quota, today) for quota in quotas],
    }


def _quota(quota: Quota) -> Given:
    held = quota.certificate
    return {
        "number": held.number,
        "chemical": held.name,
        "permitted": shown(held.permitted),
        "left": None if quota.left is None else shown(quota.left),
        "unit": held.unit,
        "valid_to": held.valid_to.isoformat(),
        "kind": held.kind,
    }


async def totals(program: Program, given: Given) -> Given:
    """The figures of the annual report."""
    say, year = _say(program, given), int(given["year"])
    async with program.database.write() as tx:
        its, entries, _ = await _looked_at(tx, program, given, "ledger totals looked at")
    found = decisions.totals(entries, year)
    figures = [{name: shown(getattr(one, name)) for name in YearTotals._fields[2:]} for one in found]
    rows = zip(found, figures, strict=True)
    return {
        "enterprise": its,
        "year": year,
        "totals": [{"chemical": one.name, "unit": one.account.unit} | told for one, told in rows],
        "lines": [pages.totals(say, its, year, found, ()).reply().plain()],
    }


async def export(program: Program, given: Given) -> Given:
    """Writes the workbook; nothing is held up meanwhile."""
    async with program.database.write() as tx:
        its, entries, certificates = await _looked_at(tx, program, given, "ledger exported")
    try:
        await asyncio.to_thread(write_workbook, Path(given["file"]), program.bookkeeping, entries, certificates)
    except (OSError, FileCreateError):
        raise Refusal("ledger_book.not_writable", file=given["file"]) from None
    lines = [_say(program, given)("ledger_book.export.done", count=len(entries)), given["file"]]
    return {"enterprise": its, "file": given["file"], "entries": len(entries), "lines": lines}


async def _looked_at(
    tx: Transaction, program: Program, given: Given, act: str
) -> tuple[str, tuple[LedgerEntry, ...], tuple[Certificate, ...]]:
    """The enterprise and its ledger, for a member; with the audit line."""
    by, its = await _by(tx, given), await _enterprise(tx, given)
    entries = await access.entries(tx, its, by.person)
    await service.note(tx, act, f"enterprise:{its}", by, program.clock.now())
    return its, entries, await store.certificates(tx, its)


async def _enterprise(tx: Transaction, given: Given) -> str:
    """By id or credit code."""
    found = await enterprises.named(tx, str(given["enterprise"]))
    if found is None:
        raise Refusal("ledger_book.no_such_enterprise", text=given["enterprise"])
    return found.id


async def _by(tx: Transaction, given: Given) -> By:
    person = str(given["person"])
    if await people.get(tx, person) is None:
        raise Refusal("ledger_book.no_such_person", person=person)
    return By(person, DOOR, str(given["os_user"]))


def _say(program: Program, given: Given) -> Texts:
    return Texts(program.catalogue, given.get("language") or program.settings.language)


async def _outcome(tx: Transaction, made: LedgerEntry) -> Given:
    account = decisions.account_of(made)
    balance = decisions.balance_of(await store.entries(tx, made.enterprise), account)
    return {
        "entry": made.reference,
        "id": made.id,
        "balance": {"chemical": made.name, "amount": shown(balance), "unit": account.unit},
    }


def _warnings(program: Program, say: Texts, weighed: Weighed) -> list[Given]:
    told = confirming.told(say, program.bookkeeping, weighed)
    return [{"check": one.check, "message": one.sentence, "basis": one.articles} for one in told]


def _replacement(program: Program, wrong: LedgerEntry, given: Given) -> NewEntry | None:
    """The entry as it was with what is given otherwise; an empty column is taken out. None where nothing is given."""
    otherwise, fields = given["otherwise"], given["fields"]
    if not otherwise and not fields:
        return None
    kept = {name: text for name, text in {**wrong.fields, **fields}.items() if text}
    return new_entry(program, _as_it_was(wrong) | otherwise | {"fields": kept})


def _as_it_was(wrong: LedgerEntry) -> Given:
    return {
        "kind": wrong.kind,
        "chemical": wrong.name,
        "unlisted": not wrong.chemical,
        "amount": str(wrong.amount),
        "unit": wrong.unit,
        "day": wrong.day.isoformat(),
    }


def new_entry(program: Program, given: Given) -> NewEntry:
    """The entry that the words of a command mean. Raises Refusal for the first that means nothing."""
    if given["kind"] not in KINDS:
        raise Refusal("ledger_book.bad_kind", text=given["kind"])
    item, name = _chemical(program, str(given["chemical"]), unlisted=bool(given.get("unlisted")))
    amount = decimal_of(str(given["amount"]), zero=given["kind"] == "stock_take")
    if amount is None:
        raise Refusal("ledger_book.bad_amount", text=given["amount"])
    unit = Units(program.catalogue).read(str(given["unit"]))
    if unit is None:
        raise Refusal("ledger_book.bad_unit", text=given["unit"])
    return NewEntry(
        id=new_id(program.randomness),
        kind=given["kind"],
        chemical=item,
        name=name,
        unit=unit,
        amount=amount,
        day=_day(str(given["day"])),
        fields=given.get("fields") or {},
    )


def _day(text: str) -> date:
    day = read_date(text)
    if day is None:
        raise Refusal("ledger_book.bad_field", text=text)
    return day


def _chemical(program: Program, typed: str, *, unlisted: bool) -> tuple[str, str]:
    name = one_line(typed, LONGEST_NAME)
    found = chemicals_called(name, program.bookkeeping.chemicals) if name else ()
    if len(found) == 1:
        return found[0].id, found[0].name.zh
    if name is None or found or not unlisted:
        raise Refusal("ledger_book.unknown_chemical", text=typed)
    return "", name
