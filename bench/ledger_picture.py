"""Draws the annotated copy of a small faulty ledger, for the README: bench/pictures/annotated-copy.{zh,en}.png.

    python -m bench.ledger_picture

The ledger is written, annotated as for anybody, and what is drawn is read from the copy. Names are made up.
"""

import asyncio
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from bench.measuring import folder
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.handing_out import handed_out
from hegui.capabilities.ledger.output.copying import write_copy
from hegui.capabilities.ledger.output.model import Examined
from hegui.capabilities.ledger.service import LedgerBooks, doctor
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue, Language, Texts
from hegui.foundation.typesetting.typesetter import Typesetter
from hegui.rulebook.loader import default_folder, load

PICTURES = Path(__file__).with_name("pictures")
PIXELS_PER_INCH = 92
SHOWN_COLUMNS = 7  # of the sheet of findings
AS_OF = date(2026, 6, 30)
MADE_AT = datetime(2026, 6, 30, 2, tzinfo=UTC)
BUY, STOCK = "购买", "库存"
SELLER, LICENCE = "示例化工有限公司", "(浙)3J00117"
HEADS = ["日期", "品名", "单位", "数量", "供应商", "供应商许可证号", "购买备案证明编号", "备案有效期止", "付款方式"]
LEDGERS: dict[str, list[list[object]]] = {
    BUY: [
        HEADS,
        [date(2026, 5, 11), "盐酸", "kg", 50, SELLER, LICENCE, "浙绍-0117", date(2026, 5, 31), "银行转账"],
        [date(2026, 5, 25), "丙酮", "kg", 20, SELLER, LICENCE, "浙绍-0131", date(2026, 6, 20), "现金"],
        [date(2026, 6, 9), "盐酸", "kg", 50, SELLER, LICENCE, "浙绍-0117", date(2026, 5, 31), "银行转账"],
    ],
    STOCK: [
        ["日期", "品名", "单位", "期初", "入库", "出库", "损耗", "期末", "保管人"],
        [date(2026, 5, 11), "盐酸", "kg", 100, 50, 30, 0, 120, "张三"],
        [date(2026, 5, 18), "盐酸", "kg", 120, 0, 20, 0, 90, "张三"],
        [date(2026, 5, 25), "盐酸", "kg", 90, 0, 25, 0, 65, "张三"],
    ],
}


async def examined(source: Path, language: Language) -> Examined:
    """What the doctor finds, in one language."""
    rulebook = load(default_folder())
    books = LedgerBooks.of(rulebook)
    report = await doctor(source, books, Facts(today=AS_OF))
    say = Texts(Catalogue.load(), language)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    name = "台账.xlsx" if language == "zh" else "ledger.xlsx"
    return handed_out(report, books.rules, rulebook, say, file_name=name, sha256=digest, at=MADE_AT)


def ledger(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in LEDGERS.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
            if isinstance(row[0], date):
                page.write_datetime(number, 0, row[0], day)
                if name == BUY:
                    page.write_datetime(number, 7, row[7], day)
    book.close()
    return path


def shown(copy: Path, language: Language) -> dict[str, Any]:
    """What the picture shows of a copy."""
    book = openpyxl.load_workbook(copy)
    first = book.worksheets[0].title
    return {"language": language, "sheets": [_sheet(page, first=page.title == first) for page in book.worksheets]}


def _sheet(page: Any, *, first: bool) -> dict[str, Any]:
    columns = SHOWN_COLUMNS if first else page.max_column
    rows = list(page.iter_rows(max_col=columns))
    if first:  # of the heading only the title and the counts
        rows = [row for row in rows if row[0].row in (1, 3) or len([c for c in row if c.value not in (None, "")]) > 1]
    return {
        "name": page.title,
        "letters": [get_column_letter(place + 1) for place in range(columns)],
        "widths": _widths(page)[:columns],
        "rows": [{"number": row[0].row, "cells": _cells(row)} for row in rows],
        "comments": [
            {"place": cell.coordinate, "text": cell.comment.text} for row in rows for cell in row if cell.comment
        ],
    }


def _cells(row: Any) -> list[dict[str, Any]]:
    """A line of the heading runs over the empty cells beside it."""
    if len([cell for cell in row if cell.value not in (None, "")]) == 1 and len(row) == SHOWN_COLUMNS:
        return [_cell(row[0], len(row))]
    return [_cell(cell, 1) for cell in row]


def _cell(cell: Any, span: int) -> dict[str, Any]:
    value = cell.value.strftime("%Y-%m-%d") if isinstance(cell.value, datetime) else cell.value
    fill = f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else ""
    number = isinstance(value, int | float)
    text = "" if value is None else str(value)
    return {"text": text, "fill": fill, "number": number, "span": span, "link": bool(cell.hyperlink)}


def _widths(page: Any) -> list[float]:
    """Columns of equal width that stand together are held as one."""
    return [held.width for _, held in sorted(page.column_dimensions.items()) for _ in range(held.min, held.max + 1)]


async def draw() -> None:
    setter = Typesetter(root=PICTURES)
    for language in LANGUAGES:
        with folder() as where:
            copy = where / "copy.xlsx"
            source = ledger(where / "ledger.xlsx")
            await write_copy(source, await examined(source, language), copy, Texts(Catalogue.load(), language))
            made = await setter.picture(PICTURES / "workbook.typ", shown(copy, language), ppi=PIXELS_PER_INCH)
        (PICTURES / f"annotated-copy.{language}.png").write_bytes(made)
    setter.close()


if __name__ == "__main__":
    asyncio.run(draw())
