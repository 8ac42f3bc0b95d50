"""A small faulty ledger with what was found in it, as the outputs get it. All names are made up."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from hegui.capabilities.ledger.model import Book, Entry, Field, Finding, LedgerKind, Severity, Sheet, Unread
from hegui.capabilities.ledger.output.model import Examined, LeftOut, NotChecked, Told

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BUY, STOCK = "3月购买", "库存'一"
BUY_HEADER = ["日期", "品名", "数量\n(kg)", "供应商", "经办人电话", "付款方式"]
STOCK_HEADER = ["日期", "品名", "单位", "期初", "入库", "出库", "期末"]
ATTACK = '=HYPERLINK("http://evil.example","点这里")'
BUYING: list[list[object]] = [
    [date(2026, 3, 2), "盐酸", 50, "示例化工有限公司", "13800000000", "现金"],
    [date(2026, 3, 9), "丙酮", 20.5, ATTACK, "13900000000", "银行转账"],
    [date(2026, 3, 16), "盐酸", "", "@SUM(A1)", "-", "银行转账"],
]
STOCKING: list[list[object]] = [
    [date(2026, 3, 2), "盐酸", "kg", 100, 50, 30, 110],
    [date(2026, 3, 9), "盐酸", "kg", 110, 0, 20, 90],
    [date(2026, 3, 16), "盐酸", "kg", 90, 10, 25, 75],
]


def ledger(path: Path) -> Path:
    """Two sheets, each with a merged title above its header."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, header, rows in ((BUY, BUY_HEADER, BUYING), (STOCK, STOCK_HEADER, STOCKING)):
        page = book.add_worksheet(name)
        page.merge_range(0, 0, 0, len(header) - 1, f"示例制造有限公司{name}台账")
        page.write_row(1, 0, header)
        for number, row in enumerate(rows, 2):
            page.write_row(number, 0, row)
            page.write_datetime(number, 0, row[0], day)
    book.close()
    return path


def told(check: str, severity: Severity, sheet: str, row: int | None, column: str, sentence: str, mend: str) -> Told:
    return Told(Finding(check, severity, sheet, row, column), sentence, mend, _basis(check))


def _basis(check: str) -> str:
    return "《易制毒化学品管理条例》第五条第三款" if check == "L16" else ""


def examined(file_name: str = "3月台账.xlsx", **changes: object) -> Examined:
    found = (
        told("L01", "B", STOCK, 3, "期末", "期末应为 120 kg，登记 110 kg，少 10 kg。", "核对当天出入库单据。"),
        told("L16", "A", BUY, 3, "付款方式", "这笔盐酸用现金付款。", "改用银行转账，并向公安机关说明。"),
        told("L08", "A", BUY, 5, "数量\n(kg)", "没有填数量。", "照发票补填。"),
        told("L31", "C", BUY, 5, "规格", "没有“规格”一栏。", "增加这一栏。"),
        told("L32", "B", BUY, None, "", "没有看到上一年度的报告。", "3 月 31 日前报送。"),
    )
    base = Examined(
        file_name=file_name,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        checked_at=AT,
        book=Book(
            (Sheet(BUY, "purchase", 2, _columns(BUY_HEADER[:2]), 3), Sheet(STOCK, "stock", 2, {}, 3)), entries(), ()
        ),
        told=found,
        left_out=(LeftOut(Unread(STOCK, 9, "", "ledger.unread.total"), "合计行，没有当作业务读取。"),),
        not_checked=(NotChecked("L33", "年度报告的数字没有提供，没有核对。"),),
        rules="易制毒化学品 2026.11",
        unsigned=("易制毒化学品",),
        enterprise="示例制造有限公司",
    )
    return Examined(**{**{name: getattr(base, name) for name in base.__slots__}, **changes})  # type: ignore[arg-type]


def _columns(header: list[str]) -> dict[Field, str]:
    return dict(zip(("day", "chemical"), header, strict=True))  # type: ignore[arg-type]


def entries(kind: LedgerKind = "stock") -> tuple[Entry, ...]:
    return tuple(
        Entry(STOCK, number, kind, {"day": day, "chemical": name, "unit": unit, "closing": Decimal(str(closing))})  # type: ignore[dict-item]
        for number, (day, name, unit, *_, closing) in enumerate(STOCKING, 3)
    )
