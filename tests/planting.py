"""Plants faults into made-up ledgers and says where they should be found: one fault, one finding at one row."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from hegui.capabilities.ledger.model import Field, LedgerKind
from tests.ledgers import CLASS_2, EXPLOSIVE, TODAY, Made, Row

Expected = set[tuple[str, str, int]]
"""Check, sheet, row."""


class NoPlace(Exception):
    """The ledger has no row that a fault could stand in."""


@dataclass
class Planter:
    """Changes a ledger. Rows that were touched are left alone by later faults."""

    made: Made
    rng: random.Random
    touched: list[Row] = field(default_factory=list)
    faults: list[tuple[str, LedgerKind, Row]] = field(default_factory=list)

    def plant(self, check: str) -> bool:
        """Whether there was a place for it."""
        try:
            FAULTS[check](self)
        except NoPlace:
            return False
        return True

    def expected(self) -> Expected:
        return {
            (check, self.made.tables[kind].name, self.made.tables[kind].number(row)) for check, kind, row in self.faults
        }

    def pick(self, kind: LedgerKind, fits: Callable[[Row], object] = lambda row: True) -> Row:
        rows = self.made.rows(kind) if kind in self.made.tables else []
        free = [row for row in rows if not any(row is one for one in self.touched) and fits(row)]
        if not free:
            raise NoPlace
        return self.rng.choice(free)

    def fault(self, check: str, kind: LedgerKind, row: Row) -> None:
        self.faults.append((check, kind, row))
        self.touched.append(row)

    def blank(
        self, check: str, kind: LedgerKind, *names: Field, fits: Callable[[Row], object] = lambda row: True
    ) -> None:
        name = self.rng.choice(names)
        row = self.pick(kind, lambda one: name in one and fits(one))
        del row[name]
        self.fault(check, kind, row)

    def chain(self, row: Row) -> list[Row]:
        """The stock rows of its chemical after it."""
        rows = self.made.rows("stock", str(row["chemical"]))
        return rows[next(n for n, one in enumerate(rows) if one is row) + 1 :]

    def shift(self, rows: list[Row], by: Decimal) -> None:
        """Carries a change of the balance on through later rows."""
        for row in rows:
            for name in ("opening", "closing", "stock_take"):
                if isinstance(value := row.get(name), Decimal):
                    row[name] = value + by


def number(row: Row, name: Field) -> Decimal:
    value = row[name]
    assert isinstance(value, Decimal)
    return value


def bare(row: Row) -> bool:
    return "stock_take" not in row


def balance(p: Planter) -> None:
    row, by = p.pick("stock", bare), Decimal(p.rng.choice([10, -3, 25]))
    way = p.rng.choice(["slip", "carried on", "opening"])
    if way == "opening":
        row["opening"] = number(row, "opening") + by
        row["closing"] = number(row, "closing") + by
    else:
        row["closing"] = number(row, "closing") + by
    if way != "slip":
        p.shift(p.chain(row), by)
    p.fault("L01", "stock", row)


def first_of_chain(p: Planter, row: Row) -> bool:
    return p.made.rows("stock", str(row["chemical"]))[0] is row


def below_zero(p: Planter) -> None:
    row = p.pick("stock", lambda one: bare(one) and p.chain(one))
    by = number(row, "closing") + Decimal("7.5")
    row["issued"] = number(row, "issued") + by
    row["closing"] = Decimal("-7.5")
    after = p.chain(row)[0]
    after["opening"] = Decimal("-7.5")
    after["received"] = number(after, "received") + by
    p.touched.append(after)
    p.fault("L02", "stock", row)


def mixed_units(p: Planter) -> None:
    kind = p.rng.choice(["use", "purchase"])
    row = p.pick(kind)
    row["unit"] = p.rng.choice(["L", "瓶", "升"])
    row["specification"] = ""
    p.fault("L03", kind, row)


def density(p: Planter) -> None:
    row = p.pick("purchase", lambda one: one["chemical"] != EXPLOSIVE)
    row["remarks"] = "20L折合60kg"
    p.fault("L04", "purchase", row)


def out_of_order(p: Planter) -> None:
    rows = p.made.rows("use")
    row = p.pick("use", lambda one: one is not rows[0] and not one["returned"])
    before = rows[next(n for n, one in enumerate(rows) if one is row) - 1]
    row["day"] = before["day"] - timedelta(days=p.rng.randint(5, 40))
    p.touched.append(before)
    p.fault("L05", "use", row)


def future(p: Planter) -> None:
    row = p.pick("use", lambda one: not one["returned"])
    row["day"] = TODAY + timedelta(days=p.rng.randint(2, 400))
    p.fault("L06", "use", row)


def gap(p: Planter) -> None:
    """Rows of two months are left out of a stock ledger."""
    for chemical in p.rng.sample([EXPLOSIVE, *CLASS_2, "盐酸", "硫酸", "丙酮", "甲苯", "丁酮"], 8):
        rows = p.made.rows("stock", chemical)
        if len(rows) < 20 or any(row is one for one in p.touched for row in rows):
            continue
        start = rows[8]["day"]
        gone = [row for row in rows[9:] if row["day"] < start + timedelta(days=100)]
        if len(gone) >= 5 and len(rows) - len(gone) > 12 and gone[-1] is not rows[-1]:
            break
    else:
        raise NoPlace
    after = p.chain(gone[-1])[0]
    table = p.made.tables["stock"]
    table.rows = [row for row in table.rows if not any(row is one for one in gone)]
    for row in p.made.rows("use", chemical):
        if start <= row["day"] <= after["day"]:
            row["used"] = number(row, "used") + number(row, "returned")
            row["returned"] = Decimal(0)
    p.touched.extend(p.made.rows("stock", chemical))
    p.fault("L07", "stock", after)


def missing(p: Planter) -> None:
    kind = p.rng.choice(["purchase", "sale", "use", "stock"])
    names: Mapping[str, tuple[Field, ...]] = {
        "purchase": ("day", "quantity", "supplier"),
        "sale": ("day", "quantity"),
        "use": ("day", "chemical"),
        "stock": ("day", "chemical"),
    }
    p.blank("L08", kind, *names[kind], fits=lambda row: row.get("chemical") != EXPLOSIVE)


def expired(p: Planter) -> None:
    row = p.pick("purchase")
    row["valid_to"] = row["day"] - timedelta(days=p.rng.randint(1, 60))
    row["valid_from"] = row["valid_to"] - timedelta(days=30)
    p.fault("L11", "purchase", row)


def too_much(p: Planter) -> None:
    row = p.pick("purchase")
    row["permitted"] = number(row, "quantity") - Decimal(5)
    p.fault("L12", "purchase", row)


def used_twice(p: Planter) -> None:
    row = p.pick("purchase")
    again = p.pick("purchase", lambda one: one["chemical"] == row["chemical"] and one["day"] > row["day"])
    again["certificate"] = row["certificate"]
    p.touched.append(row)
    p.fault("L13", "purchase", again)


def another(p: Planter) -> None:
    row = p.pick("purchase")
    if p.rng.random() < 0.5:
        row["certificate_unit"] = "衢州柯城化工贸易有限公司"
    else:
        row["certificate_chemical"] = "苯乙酸"
    p.fault("L14", "purchase", row)


def to_person(p: Planter) -> None:
    row = p.pick("sale", lambda one: one["chemical"] in CLASS_2)
    row["buyer_kind"] = "个人"
    p.fault("L15", "sale", row)


def cash(p: Planter) -> None:
    kind = p.rng.choice(["purchase", "sale"])
    row = p.pick(kind)
    row["payment"] = p.rng.choice(["现金", "现金支付", "以货易货"])
    p.fault("L16", kind, row)


def late_report(p: Planter) -> None:
    row = p.pick("sale", lambda one: one["chemical"] != EXPLOSIVE)
    if p.rng.random() < 0.5:
        del row["reported_on"]
    else:
        row["reported_on"] = row["day"] + timedelta(days=p.rng.randint(31, 44))
    p.fault("L17", "sale", row)


def late_explosive(p: Planter) -> None:
    row = p.pick("purchase", lambda one: one["chemical"] == EXPLOSIVE and "reported_on" in one)
    if len(p.made.rows("purchase", EXPLOSIVE)) < 2:
        raise NoPlace
    if p.rng.random() < 0.5:
        row["reported_on"] = row["day"] + timedelta(days=p.rng.randint(6, 30))
    else:
        del row["reported_on"]
    p.fault("L18", "purchase", row)


def transport(p: Planter) -> None:
    row = p.pick(
        "purchase",
        lambda one: len([r for r in p.made.rows("purchase") if r.get("supplier") == one.get("supplier")]) > 6,
    )
    if p.rng.random() < 0.5:
        del row["transport_paper"]
    else:
        other = p.pick("purchase", lambda one: one.get("supplier") != row.get("supplier") and one["day"] < row["day"])
        row["transport_paper"] = other["transport_paper"]
        p.touched.append(other)
    p.fault("L20", "purchase", row)


def used_more(p: Planter) -> None:
    row = p.pick("use")
    row["used"] = number(row, "taken") + Decimal(3)
    p.fault("L21", "use", row)


def not_put_back(p: Planter) -> None:
    def fits(row: Row) -> bool:
        rows = p.made.rows("stock", str(row["chemical"]))
        near = [one for one in rows if row["day"] <= one["day"] <= row["day"] + timedelta(days=3)]
        return not row["returned"] and not any(one["received"] for one in near)

    row = p.pick("use", fits)
    row["returned"] = round(number(row, "taken") / 5, 1)
    row["used"] = number(row, "taken") - row["returned"] - number(row, "wasted")
    p.fault("L22", "use", row)


def stock_take(p: Planter) -> None:
    row = p.pick("stock", lambda one: one["closing"] > 20)
    row["stock_take"] = number(row, "closing") + Decimal(p.rng.choice([-4, 3]))
    p.fault("L23", "stock", row)


def loss(p: Planter) -> None:
    row = p.pick("stock", lambda one: bare(one) and not one["loss"] and one["closing"] > 40)
    row["loss"] = Decimal(2)
    row["closing"] = number(row, "closing") - 2
    p.shift(p.chain(row), Decimal(-2))
    p.fault("L24", "stock", row)


def jump(p: Planter) -> None:
    row = p.pick(
        "purchase",
        lambda one: len({r["day"].month for r in p.made.rows("purchase", str(one["chemical"])) if "day" in r}) > 6,
    )
    row["quantity"] = number(row, "quantity") * 9
    row["permitted"] = row["quantity"]
    p.fault("L28", "purchase", row)


def duplicate(p: Planter) -> None:
    row = p.pick("purchase")
    if p.rng.random() < 0.5:
        other = p.pick("purchase", lambda one: one["day"] > row["day"])
        other["invoice"] = row["invoice"]
        p.touched.append(row)
        p.fault("L29", "purchase", other)
    else:
        twin = dict(row)
        rows = p.made.tables["purchase"].rows
        rows.insert(next(n for n, one in enumerate(rows) if one is row) + 1, twin)
        p.touched.append(row)
        p.fault("L29", "purchase", twin)


def even(p: Planter) -> None:
    free = [row for row in p.made.rows("use") if not any(row is one for one in p.touched)]
    for chemical in dict.fromkeys(str(row.get("chemical")) for row in free):
        rows = p.made.rows("use", chemical)
        if len(rows) >= 12 and not any(row is one for row in rows for one in p.touched):
            break
    else:
        raise NoPlace
    for row in rows:
        row |= {"taken": Decimal(5), "used": Decimal(5), "returned": Decimal(0), "wasted": Decimal(0)}
    p.touched.extend(rows)
    p.fault("L30", "use", rows[0])


def one_person(p: Planter) -> None:
    row = p.pick("stock")
    row["reviewer"] = row["keeper"]
    p.fault("L34", "stock", row)


def unknown_name(p: Planter) -> None:
    kind = p.rng.choice(["use", "stock"])
    row = p.pick(kind)
    row["chemical"] = p.rng.choice(["稀释剂", "清洗水", "甲类溶剂"])
    p.fault("L35", kind, row)


def only_precursor(p: Planter) -> None:
    rows = [row for kind in ("purchase", "sale") for row in p.made.rows(kind, EXPLOSIVE)]
    if not p.made.rows("purchase", EXPLOSIVE) or any(row is one for row in rows for one in p.touched):
        raise NoPlace
    for row in rows:
        row.pop("reported_on", None)
        if row in p.made.tables["sale"].rows:
            row["reported_on"] = row["day"] + timedelta(days=15)
    p.touched.extend(rows)
    p.faults.append(("L36", "purchase", rows[0]))
    p.faults.extend(("L18", "sale", row) for row in p.made.rows("sale", EXPLOSIVE))


FAULTS: Mapping[str, Callable[[Planter], None]] = {
    "L01": balance,
    "L02": below_zero,
    "L03": mixed_units,
    "L04": density,
    "L05": out_of_order,
    "L06": future,
    "L07": gap,
    "L08": missing,
    "L09": lambda p: p.blank("L09", "sale", "buyer_code", "handler", "handler_identity"),
    "L10": lambda p: p.blank("L10", "purchase", "certificate"),
    "L11": expired,
    "L12": too_much,
    "L13": used_twice,
    "L14": another,
    "L15": to_person,
    "L16": cash,
    "L17": late_report,
    "L18": late_explosive,
    "L19": lambda p: p.blank("L19", "transfer", "receiver_number"),
    "L20": transport,
    "L21": used_more,
    "L22": not_put_back,
    "L23": stock_take,
    "L24": loss,
    "L25": lambda p: p.blank("L25", "purchase", "supplier_number"),
    "L28": jump,
    "L29": duplicate,
    "L30": even,
    "L34": one_person,
    "L35": unknown_name,
    "L36": only_precursor,
}


WHOLE_STRETCHES = ("L07", "L30", "L36")
AFTER_SHIFTS = ("L02", "L08", "L35")  # a later change of the balance would undo them


def plant(made: Made, seed: int, how_many: int = 6) -> Planter:
    """Some faults of different checks; what needs whole stretches untouched comes first."""
    rng = random.Random(seed)  # noqa: S311
    chosen = rng.sample(sorted(FAULTS), how_many)
    if {"L18", "L36"} <= set(chosen):
        chosen.remove("L18")
    planter = Planter(made, rng)
    for check in sorted(chosen, key=lambda one: (one not in WHOLE_STRETCHES, one in AFTER_SHIFTS)):
        planter.plant(check)
    return planter
