"""Made-up ledgers as files, in the shapes that people keep them: titles, other headers, totals, dittos, loose cells."""

import csv
import io
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from hegui.capabilities.ledger.model import Field, LedgerKind, Value
from tests.ledgers import COLUMNS, Made, Row, Table

OTHER_HEADERS: dict[LedgerKind, dict[Field, tuple[str, ...]]] = {
    "purchase": {
        "day": ("购买日期", "采购日期"), "chemical": ("化学品名称", "物料名称"), "quantity": ("购买数量", "采购数量"),
        "supplier": ("供货单位", "供应商名称"), "certificate": ("备案证明编号", "购买备案证明号"),
        "invoice": ("发票号码",),
    },
    "use": {"day": ("领用日期",), "chemical": ("试剂名称",), "taken": ("领用数量",), "used": ("使用数量",),
            "taker": ("领料人",)},
    "stock": {"chemical": ("名称",), "opening": ("上期结存", "期初库存"), "closing": ("期末结存", "结存"),
              "keeper": ("保管员",)},
    "sale": {"day": ("销售日期",), "quantity": ("销售数量",), "buyer": ("购货单位", "购买单位")},
    "transfer": {"quantity": ("转让数量",), "receiver": ("受让单位",)},
}  # fmt: skip
DITTO: tuple[Field, ...] = ("supplier", "taker", "issuer", "keeper", "reviewer", "unit")
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
Grid = list[list[Any]]


def write_workbook(made: Made, path: Path, seed: int) -> None:
    """All tables in one workbook. Their row numbers become those of the file."""
    rng = random.Random(seed)  # noqa: S311
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in made.tables.values():
            sheet = book.add_worksheet(table.name)
            for number, cells in enumerate(_grid(made, table, rng)):
                for column, value in enumerate(cells):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, day_format)
                    elif isinstance(value, Decimal):
                        sheet.write_number(number, column, float(value))
                    elif value is not None:
                        sheet.write_string(number, column, value)


def write_csv(made: Made, kind: LedgerKind, path: Path, seed: int, encoding: str = "gb18030") -> None:
    """One table as text, called after the file."""
    rng = random.Random(seed)  # noqa: S311
    text = io.StringIO()
    csv.writer(text).writerows(_grid(made, made.tables[kind], rng))
    path.write_bytes(text.getvalue().encode(encoding))


def _grid(made: Made, table: Table, rng: random.Random) -> Grid:
    """The cells of a sheet; notes down where the header and the rows stand."""
    columns = list(COLUMNS[table.kind])
    if rng.random() < 0.3:
        rng.shuffle(columns)
    grid: Grid = [[f"{made.factory}易制毒化学品{table.name}台账"]] if rng.random() < 0.6 else []
    grid.append([_header(table.kind, name, rng) for name in columns])
    table.header_row = len(grid)
    table.numbers = []
    pattern, loose, ditto = rng.choice((None, *DAYS)), rng.random() < 0.4, rng.random() < 0.5
    before: Row = {}
    for row in table.rows:
        if rng.random() < 0.01:
            grid.append([None] * len(columns))
        table.numbers.append(len(grid) + 1)
        grid.append(list(_cells(row, before if ditto else {}, columns, pattern, loose=loose, rng=rng)))
        before = row
    if rng.random() < 0.5:
        grid.append(_total(table, columns))
    return grid


def _header(kind: LedgerKind, name: Field, rng: random.Random) -> str:
    others = OTHER_HEADERS[kind].get(name, ())
    return rng.choice(others) if others and rng.random() < 0.5 else COLUMNS[kind][name]


def _cells(
    row: Row, before: Row, columns: list[Field], pattern: str | None, *, loose: bool, rng: random.Random
) -> Iterator[Any]:
    for name in columns:
        value: Value | None = row.get(name)
        if name in DITTO and value is not None and value == before.get(name):
            yield rng.choice(("同上", "〃"))
        elif isinstance(value, date) and pattern:
            yield value.strftime(pattern)
        elif isinstance(value, Decimal) and loose and row.get("unit") == "kg" and rng.random() < 0.1:
            yield rng.choice((f"{value}公斤", f"{value} kg", str(value)))
        else:
            yield value


def _total(table: Table, columns: list[Field]) -> list[Any]:
    """A last row that is no entry."""
    cells: list[Any] = [
        sum((row[name] for row in table.rows if isinstance(row.get(name), Decimal)), Decimal(0)) or None
        for name in columns
    ]
    cells[0] = "合计"
    return cells
