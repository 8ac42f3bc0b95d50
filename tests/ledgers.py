"""Made-up ledgers of made-up factories: clean, whole, in the shapes that people keep. The same seed, the same ledger.

A table is a list of rows that a planter may change (`tests/planting.py`); `as_book` gives what the reader would.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from hegui.capabilities.ledger.model import Book, Entry, Field, LedgerKind, Sheet, Value

TODAY = date(2026, 11, 24)
Row = dict[Field, Value]

CHEMICALS = {  # name, CAS number, concentration, package in kg
    "盐酸": ("7647-01-0", "36%", 25),
    "硫酸": ("7664-93-9", "98%", 40),
    "丙酮": ("67-64-1", "99.5%", 160),
    "甲苯": ("108-88-3", "99%", 180),
    "丁酮": ("78-93-3", "99%", 165),
    "三氯甲烷": ("67-66-3", "99%", 30),
    "乙醚": ("60-29-7", "99%", 15),
    "高锰酸钾": ("7722-64-7", "99.3%", 50),
}
CLASS_2 = ("三氯甲烷", "乙醚")
EXPLOSIVE = "高锰酸钾"
COLUMNS: dict[LedgerKind, dict[Field, str]] = {
    "purchase": {
        "day": "日期", "chemical": "品名", "cas": "CAS号", "concentration": "浓度", "specification": "规格",
        "unit": "单位", "quantity": "数量", "supplier": "供应商", "supplier_number": "供应商许可或备案证号",
        "certificate": "购买备案证明编号", "certificate_unit": "备案单位", "certificate_chemical": "备案品名",
        "valid_from": "备案有效期起", "valid_to": "备案有效期止", "permitted": "备案许可数量",
        "certificate_kind": "备案证明类型(一次/多次)", "payment": "付款方式", "invoice": "发票号",
        "transport_paper": "运输许可或备案证号", "handler": "经办人", "reviewer": "复核人",
        "reported_on": "向公安报告日期", "remarks": "备注",
    },
    "use": {
        "day": "日期", "chemical": "品名", "unit": "单位", "taken": "领用量", "used": "使用量", "returned": "退回量",
        "wasted": "废弃量", "purpose": "用途", "taker": "领用人", "issuer": "发放人", "remarks": "备注",
    },
    "stock": {
        "day": "日期", "chemical": "品名", "unit": "单位", "opening": "期初", "received": "入库", "issued": "出库",
        "loss": "损耗", "closing": "期末", "stock_take": "盘点数", "difference_reason": "差异原因", "keeper": "保管人",
        "reviewer": "复核人", "reported_on": "向公安报告时间", "remarks": "备注",
    },
    "sale": {
        "day": "日期", "chemical": "品名", "unit": "单位", "quantity": "数量", "buyer": "购买方",
        "buyer_kind": "购买方类型(单位/个人)", "buyer_code": "购买方证号", "handler": "经办人",
        "handler_identity": "经办人身份证号", "mandate": "委托书", "buyer_number": "购买方许可或备案证号",
        "permitted": "备案许可数量", "valid_to": "备案有效期止", "payment": "付款方式", "reported_on": "向公安报告日期",
        "remarks": "备注",
    },
    "transfer": {
        "day": "日期", "chemical": "品名", "unit": "单位", "quantity": "数量", "receiver": "受让方",
        "receiver_number": "受让方备案证号", "reason": "原因", "handler": "经办人",
    },
}  # fmt: skip
NAMES: dict[LedgerKind, str] = {"purchase": "购买", "use": "领用", "stock": "库存", "sale": "销售", "transfer": "转让"}
PEOPLE = ("王建国", "李秀英", "张伟", "刘芳", "陈军", "杨敏", "赵磊", "孙丽")
SUPPLIERS = ("宁波甬江化工有限公司", "杭州钱塘试剂有限公司", "绍兴越城化工有限公司")
BUYERS = ("湖州南浔电镀厂", "嘉兴秀洲制药有限公司", "金华婺城涂料有限公司")
FACTORIES = ("杭州西溪制药有限公司", "绍兴柯桥印染有限公司", "温州鹿城电镀有限公司", "台州黄岩新材料有限公司")
PURPOSES = ("酸洗", "合成反应", "清洗", "调节pH", "萃取", "检验")


@dataclass
class Table:
    """One ledger. `header_row` and the row numbers are those of a plain sheet unless a file says otherwise."""

    kind: LedgerKind
    rows: list[Row]
    name: str = ""
    header_row: int = 1
    numbers: list[int] = field(default_factory=list)

    def number(self, row: Row) -> int:
        at = next(n for n, one in enumerate(self.rows) if one is row)
        return self.numbers[at] if self.numbers else self.header_row + 1 + at


@dataclass
class Made:
    """A ledger of a factory."""

    factory: str
    tables: dict[LedgerKind, Table]

    def rows(self, kind: LedgerKind, chemical: str | None = None) -> list[Row]:
        return [row for row in self.tables[kind].rows if chemical in (None, row.get("chemical"))]

    def as_book(self) -> Book:
        sheets, entries = [], []
        for table in self.tables.values():
            sheets.append(Sheet(table.name, table.kind, table.header_row, COLUMNS[table.kind], len(table.rows)))
            entries.extend(Entry(table.name, table.number(row), table.kind, dict(row)) for row in table.rows)
        return Book(tuple(sheets), tuple(entries), ())


def make(seed: int, months: int = 12) -> Made:
    """A clean ledger: purchases with certificates, use, a stock line for each day with movement, sales, transfers."""
    return _Maker(random.Random(seed), months).made()  # noqa: S311


class _Maker:
    """Lives through the days of a factory and writes down what happens."""

    def __init__(self, rng: random.Random, months: int) -> None:
        self.rng = rng
        self.days = [TODAY - timedelta(days=45 + n) for n in range(months * 30, 0, -1)]
        self.factory = rng.choice(FACTORIES)
        others = [name for name in CHEMICALS if name not in (*CLASS_2, EXPLOSIVE)]
        self.chemicals = [*rng.sample(others, 2), rng.choice(CLASS_2), EXPLOSIVE]
        self.keeper, self.reviewer, self.handler, self.taker, self.issuer = rng.sample(PEOPLE, 5)
        self.rows: dict[LedgerKind, list[Row]] = {kind: [] for kind in COLUMNS}
        self.balance = {name: Decimal(rng.randint(8, 20) * CHEMICALS[name][2]) for name in self.chemicals}
        self.serial = rng.randint(1000, 5000)

    def made(self) -> Made:
        for day in self.days:
            for name in self.chemicals:
                self.one_day(day, name)
        tables = {kind: Table(kind, rows, NAMES[kind]) for kind, rows in self.rows.items() if rows}
        return Made(self.factory, tables)

    def one_day(self, day: date, name: str) -> None:
        chance, package = self.rng.random(), CHEMICALS[name][2]
        received = issued = loss = Decimal(0)
        if self.balance[name] < package * 6:
            received += self.purchase(day, name)
        elif chance < 0.24:
            taken, returned = self.use(day, name)
            issued, received = issued + taken, received + returned
        elif chance < 0.28:
            issued += self.sale(day, name)
        elif chance < 0.283:
            issued += self.transfer(day, name)
        elif chance < 0.286:
            loss = Decimal("0.2")
        if received or issued or loss:
            self.stock(day, name, received, issued, loss)

    def next_number(self, prefix: str) -> str:
        self.serial += self.rng.randint(1, 9)
        return f"{prefix}{self.serial:06d}"

    def amount(self, name: str) -> Decimal:
        return Decimal(self.rng.randint(40, 400)) / 100 * CHEMICALS[name][2] / 4

    def purchase(self, day: date, name: str) -> Decimal:
        cas, concentration, package = CHEMICALS[name]
        quantity = Decimal(package * self.rng.randint(5, 8))
        supplier = self.rng.choice(SUPPLIERS)
        row: Row = {
            "day": day, "chemical": name, "cas": cas, "concentration": concentration,
            "specification": f"{package}kg/桶", "unit": "kg", "quantity": quantity, "supplier": supplier,
            "supplier_number": f"(浙)3J{SUPPLIERS.index(supplier)}{package:04d}",
            "certificate": self.next_number("备购"), "certificate_unit": self.factory, "certificate_chemical": name,
            "valid_from": day - timedelta(days=self.rng.randint(1, 6)),
            "valid_to": day + timedelta(days=self.rng.randint(10, 25)), "permitted": quantity + package,
            "certificate_kind": "一次", "payment": "对公转账", "invoice": self.next_number("33002"),
            "transport_paper": self.next_number("运备"), "handler": self.handler, "reviewer": self.reviewer,
        }  # fmt: skip
        if name == EXPLOSIVE:
            row["reported_on"] = day + timedelta(days=self.rng.randint(0, 3))
        self.rows["purchase"].append(row)
        return quantity

    def use(self, day: date, name: str) -> tuple[Decimal, Decimal]:
        taken = self.amount(name) + Decimal("0.35")
        returned = round(taken / 10, 1) if self.rng.random() < 0.1 else Decimal(0)
        wasted = Decimal("0.1")
        row: Row = {
            "day": day, "chemical": name, "unit": "kg", "taken": taken, "used": taken - returned - wasted,
            "returned": returned, "wasted": wasted, "purpose": self.rng.choice(PURPOSES), "taker": self.taker,
            "issuer": self.issuer,
        }  # fmt: skip
        self.rows["use"].append(row)
        return taken, returned

    def sale(self, day: date, name: str) -> Decimal:
        quantity, buyer = self.amount(name), self.rng.choice(BUYERS)
        within = 3 if name == EXPLOSIVE else 20
        row: Row = {
            "day": day, "chemical": name, "unit": "kg", "quantity": quantity, "buyer": buyer, "buyer_kind": "单位",
            "buyer_code": f"9133050{BUYERS.index(buyer)}MA28A0001X", "handler": self.rng.choice(PEOPLE),
            "handler_identity": f"33050219{self.rng.randint(70, 99)}0101{self.rng.randint(1000, 9999)}",
            "mandate": "有委托书", "buyer_number": self.next_number("备购"), "permitted": quantity * 2,
            "valid_to": day + timedelta(days=20), "payment": "银行转账",
            "reported_on": day + timedelta(days=self.rng.randint(0, within)),
        }  # fmt: skip
        self.rows["sale"].append(row)
        return quantity

    def transfer(self, day: date, name: str) -> Decimal:
        quantity = self.amount(name)
        row: Row = {
            "day": day, "chemical": name, "unit": "kg", "quantity": quantity, "receiver": self.rng.choice(BUYERS),
            "receiver_number": self.next_number("转备"), "reason": "停产", "handler": self.handler,
        }  # fmt: skip
        self.rows["transfer"].append(row)
        return quantity

    def stock(self, day: date, name: str, received: Decimal, issued: Decimal, loss: Decimal) -> None:
        opening = self.balance[name]
        closing = opening + received - issued - loss
        self.balance[name] = closing
        row: Row = {
            "day": day, "chemical": name, "unit": "kg", "opening": opening, "received": received, "issued": issued,
            "loss": loss, "closing": closing, "keeper": self.keeper, "reviewer": self.reviewer,
        }  # fmt: skip
        if loss:
            row["difference_reason"] = "自然挥发"
        if self.rng.random() < 0.1:
            row["stock_take"] = closing
        self.rows["stock"].append(row)
