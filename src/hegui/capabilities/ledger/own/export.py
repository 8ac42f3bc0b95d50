"""Writes the ledger as a workbook with the canonical headers. No text of it is ever a formula or a link."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from hegui.capabilities.ledger.own import columns
from hegui.capabilities.ledger.own.as_book import SHEET_KINDS, as_book
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping
from hegui.capabilities.ledger.own.decisions import standing
from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry
from hegui.foundation.language.catalogue import CHINA

Cells = Mapping[str, Any]
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
WIDTH, WIDE = 12, 22  # characters
WIDE_COLUMNS = frozenset({"supplier", "buyer", "receiver", "certificate", "remarks", "why", "columns", "recorded_at"})


def writing(
    keeping: Bookkeeping, entries: Sequence[LedgerEntry], certificates: Sequence[Certificate]
) -> Callable[[Path], Awaitable[None]]:
    """Fills a file with the whole ledger, beside the loop."""

    async def write(target: Path) -> None:
        await asyncio.to_thread(write_workbook, target, keeping, entries, certificates)

    return write


def write_workbook(
    target: Path, keeping: Bookkeeping, entries: Sequence[LedgerEntry], certificates: Sequence[Certificate]
) -> None:
    """Sheets of the five kinds, even where they are empty; corrections and certificates where there are any.

    Raises OSError where the file cannot be written.
    """
    target.open("wb").close()  # the writer would leave its temporary files open where this is not possible
    book = as_book(entries, certificates, keeping.certificate_words)
    by_number = {entry.number: entry for entry in entries}
    with xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheets = _Sheets(workbook, keeping)
        for kind in SHEET_KINDS:
            lines = (line for line in book.entries if line.kind == kind)
            rows = (
                {**line.values, **_cas(keeping, by_number[line.row]), **_ours(by_number, line.row)} for line in lines
            )
            sheets.add(kind, (*columns.CANONICAL[kind], *columns.OURS), rows)
        if corrections := list(_corrections(keeping, entries, by_number)):
            sheets.add("corrections", columns.CORRECTIONS, corrections)
        if certificates:
            sheets.add("certificates", columns.CERTIFICATES, (_certificate(keeping, one) for one in certificates))


class _Sheets:
    """Adds sheets to a workbook, each cell by what it holds."""

    def __init__(self, workbook: Any, keeping: Bookkeeping) -> None:
        self._workbook = workbook
        self._keeping = keeping
        self._head = workbook.add_format({"bold": True, "bottom": 1})
        self._day = workbook.add_format({"num_format": DAY})
        self._moment = workbook.add_format({"num_format": MOMENT})

    def add(self, name: str, wanted: Sequence[str], rows: Iterator[Cells] | Sequence[Cells]) -> None:
        say = self._keeping.catalogue.say
        sheet = self._workbook.add_worksheet(say("zh", f"ledger_book.sheet.{name}"))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(wanted):
            sheet.set_column(place, place, WIDE if column in WIDE_COLUMNS else WIDTH)
        for place, column in enumerate(wanted):
            sheet.write_string(0, place, say("zh", columns.header_key(name, column)), self._head)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(wanted):
                if (value := row.get(column)) not in (None, ""):
                    self._cell(sheet, number, place, value)

    def _cell(self, sheet: Any, row: int, place: int, value: Any) -> None:
        match value:
            case datetime():
                sheet.write_datetime(row, place, value.astimezone(CHINA).replace(tzinfo=None), self._moment)
            case date():
                sheet.write_datetime(row, place, value, self._day)
            case Decimal():
                sheet.write_number(row, place, float(value))
            case _:
                sheet.write_string(row, place, str(value))


def _cas(keeping: Bookkeeping, entry: LedgerEntry) -> Cells:
    item = keeping.chemical(entry.chemical)
    return {columns.CAS: item.cas[0]} if item and item.cas else {}


def _ours(by_number: Mapping[int, LedgerEntry], number: int) -> Cells:
    entry = by_number[number]
    ids = {one.id: one.reference for one in by_number.values()} if entry.replaces else {}
    return {
        columns.NUMBER: entry.reference,
        columns.REPLACES: ids.get(entry.replaces or ""),
        columns.WHY: entry.why,
        columns.RECORDED_BY: entry.recorded_by,
        columns.RECORDED_AT: entry.recorded_at,
    }


def _corrections(
    keeping: Bookkeeping, entries: Sequence[LedgerEntry], by_number: Mapping[int, LedgerEntry]
) -> Iterator[Cells]:
    held = {entry.id for entry in standing(entries)}
    references = {entry.id: entry.reference for entry in entries}
    for entry in entries:
        if entry.id in held:
            continue
        yield {
            **_ours(by_number, entry.number),
            "kind": keeping.catalogue.say("zh", f"ledger_book.kind.{entry.kind}"),
            "day": entry.day,
            "chemical": entry.name,
            "unit": entry.unit,
            "quantity": entry.amount,
            "columns": json.dumps(dict(entry.fields), ensure_ascii=False, sort_keys=True),
            "cancels": references.get(entry.cancels or ""),
        }


def _certificate(keeping: Bookkeeping, one: Certificate) -> Cells:
    return {
        "certificate_number": one.number,
        "chemical": one.name,
        "permitted": one.permitted,
        "unit": one.unit,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "certificate_kind": keeping.certificate_words[one.kind],
        "withdrawn": one.withdrawn_at,
        columns.WHY: one.why,
        columns.RECORDED_BY: one.recorded_by,
        columns.RECORDED_AT: one.recorded_at,
    }
