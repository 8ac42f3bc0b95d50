"""A ledger that is exported and brought into an empty one is the same ledger."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes import FixedClock, SeededRandomness
from tests.unit.ledger_own.shelf import ACETONE, ETHER, TODAY, TOLUENE, Firm, bookkeeping

from hegui.capabilities.ledger.own import columns, decisions, importing, store
from hegui.capabilities.ledger.own.as_book import KIND_OF, as_book
from hegui.capabilities.ledger.own.bookkeeping import By
from hegui.capabilities.ledger.own.export import write_workbook
from hegui.capabilities.ledger.own.fields import with_checked_fields
from hegui.capabilities.ledger.own.model import Certificate, LedgerEntry
from hegui.capabilities.ledger.own.reading_back import TASK, read_rows
from hegui.capabilities.ledger.reading import read_book
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.pack import Rulebook

EVERY = {"recorded_by", "recorded_at", "enterprise", "id", "cancels", "replaces"}


def told(entries: list[LedgerEntry] | tuple[LedgerEntry, ...]) -> list[dict[str, object]]:
    """Entries without what belongs to a store; links as numbers."""
    numbers: dict[str | None, int | None] = {one.id: one.number for one in entries}
    return [
        {
            **one.model_dump(exclude=EVERY),
            "cancels": numbers.get(one.cancels),
            "replaces": numbers.get(one.replaces),
        }
        for one in entries
    ]


def told_certificates(certificates: list[Certificate] | tuple[Certificate, ...]) -> list[dict[str, object]]:
    left_out = {"id", "enterprise", "recorded_by", "recorded_at", "withdrawn_at"}
    return [{**one.model_dump(exclude=left_out), "withdrawn": bool(one.withdrawn_at)} for one in certificates]


@pytest.fixture
def firm(rulebook: Rulebook, catalogue: Catalogue, clock: FixedClock) -> Firm:
    return Firm(bookkeeping(rulebook, catalogue, SeededRandomness(3)), clock)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12) | st.sampled_from(
    ["=1+1", "+86", "-", "@x", "007", "2026-01-01", "_x0041_", "1e5", "<b>", "TRUE", "440101199003070018"]
)


@st.composite
def books(draw: st.DrawFn, firm: Firm) -> list[LedgerEntry]:
    """A ledger that could have been kept, with columns full of odd words."""
    made: list[LedgerEntry] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        held = decisions.standing(made)
        if held and draw(st.integers(0, 4)) == 0:
            wrong = draw(st.sampled_from(held))
            new = wrong.model_copy(
                update={"id": f"e{number}", "number": number, "cancels": wrong.id, "replaces": None, "why": draw(WORDS)}
            )
        else:
            kind = draw(st.sampled_from(["purchase", "use", "sale", "transfer", "loss", "stock_take"]))
            amount = draw(st.decimals(min_value="0.000001", max_value="99999.999999", places=6))
            of_kind = sorted(columns.FIELDS_OF[KIND_OF[kind]] - {"used", "returned", "wasted", "permitted"})
            days = {"valid_from", "valid_to", "reported_on"}
            names = draw(st.lists(st.sampled_from(of_kind), max_size=4, unique=True))
            fields = {name: "2026-02-03" if name in days else draw(WORDS) for name in names}
            basis = firm.entry(
                kind,  # type: ignore[arg-type]
                str(amount),
                unit=draw(st.sampled_from(["kg", "g", "L", "瓶"])),
                day=TODAY - timedelta(days=draw(st.integers(0, 900))),
                what=draw(st.sampled_from([TOLUENE, ACETONE, ETHER, ("", "特制清洗剂")])),
                fields=fields,
            )
            values = {**with_checked_fields(basis).model_dump(), "id": f"e{number}", "number": number}
            ours = {"enterprise": "f", "recorded_by": "ann", "recorded_at": firm.now}
            new = LedgerEntry.model_validate({**values, **ours})
        if decisions.shortage([*made, new]) is None:
            made.append(new.model_copy(update={"number": len(made) + 1}))
    return made


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_ledger_comes_back_as_it_was(firm: Firm, tmp_path: Path, data: st.DataObject) -> None:
    kept = data.draw(books(firm))
    file = tmp_path / "ledger.xlsx"
    write_workbook(file, firm.keeping, kept, [])
    reading = importing.Reading(firm.keeping, "f", By("ann", "x"), firm.now)
    back = reading.entries(read_rows(file, importing.words_for_reading(firm.keeping)))
    assert told(back) == told(kept)


async def test_a_ledger_with_certificates_and_corrections_goes_from_store_to_store(
    sqlite_database: Database, firm: Firm, tmp_path: Path, catalogue: Catalogue, rulebook: Rulebook
) -> None:
    file = tmp_path / "ledger.xlsx"
    other = Firm(firm.keeping, firm.clock)
    async with sqlite_database.write() as tx:
        await firm.found(tx)
        await other.found(tx, 1)
        await firm.certificate(tx, "100.5", kind="once")
        fields = {"supplier": '=HYPERLINK("http://x")', "certificate": "BA-001", "payment": "银行转账"}
        wrong = await firm.record(tx, firm.entry("purchase", "60", fields=fields))
        await firm.record(tx, firm.entry("use", "20.25", fields={"returned": "0.25", "purpose": "清洗"}))
        await firm.correct(tx, wrong, firm.entry("purchase", "59", fields=fields))
        await firm.record(tx, firm.entry("stock_take", "0", what=ACETONE))
        entries, certificates = await store.entries(tx, firm.id), await store.certificates(tx, firm.id)
        write_workbook(file, firm.keeping, entries, certificates)
        words = importing.words_for_reading(firm.keeping)
        rows = await in_child(TASK, file, words, wanted=frozenset({FileKind.xlsx}))
        brought = await importing.bring_in(tx, other.keeping, other.id, rows, by=other.by, say=other.say, now=other.now)
        back, back_certificates = await store.entries(tx, other.id), await store.certificates(tx, other.id)
        with pytest.raises(Refusal) as twice:
            await importing.bring_in(tx, other.keeping, other.id, rows, by=other.by, say=other.say, now=other.now)
    assert brought == (5, 1)
    assert told(back) == told(entries)
    assert told_certificates(back_certificates) == told_certificates(certificates)
    assert decisions.balances(back) == decisions.balances(entries)
    assert twice.value.key == "ledger_book.not_empty"


def test_no_cell_is_a_formula_and_amounts_and_days_are_what_they_are(firm: Firm, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    entry = firm.entry(
        "purchase", "25.5", fields={"supplier": "=1+1", "invoice": "00012", "remarks": "http://a.example"}
    )
    kept = LedgerEntry.model_validate(
        {**entry.model_dump(), "number": 1, "enterprise": "f", "recorded_by": "a", "recorded_at": firm.now}
    )
    write_workbook(file, firm.keeping, [kept], [])
    workbook = openpyxl.load_workbook(file)
    assert workbook.sheetnames == ["购买", "领用", "库存", "销售", "转让"]
    sheet = workbook["购买"]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert [(row[name].value, row[name].data_type) for name in ("供应商", "发票号")] == [
        ("=1+1", "s"),
        ("00012", "s"),
    ] or (row["供应商"].data_type != "f")
    assert row["备注"].hyperlink is None
    assert Decimal(str(row["数量"].value)) == Decimal("25.5")
    assert row["日期"].value.date() == date(2026, 11, 24)
    assert row["CAS号"].value == "108-88-3"


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("购买", "日期", "某天"),
        ("购买", "数量", "-5"),
        ("购买", "系统记录编号", "一"),
        ("库存", "系统记录编号", ""),
    ],
)
def test_a_workbook_that_was_bent_is_refused_with_its_row(
    firm: Firm, tmp_path: Path, sheet: str, cell: str, value: str
) -> None:
    file = tmp_path / "ledger.xlsx"
    kept = LedgerEntry.model_validate(
        {
            **firm.entry("purchase", "25").model_dump(),
            "number": 1,
            "enterprise": "f",
            "recorded_by": "a",
            "recorded_at": firm.now,
        }
    )
    write_workbook(file, firm.keeping, [kept], [])
    workbook = openpyxl.load_workbook(file)
    place = [head.value for head in workbook[sheet][1]].index(cell)
    workbook[sheet][2][place].value = value
    workbook.save(file)
    reading = importing.Reading(firm.keeping, "f", By("ann", "x"), firm.now)
    with pytest.raises(Refusal) as refused:
        reading.entries(read_rows(file, importing.words_for_reading(firm.keeping)))
    assert refused.value.key == "ledger_book.not_ours"
    assert refused.value.params["row"] == 2


def clean_book(firm: Firm) -> tuple[list[LedgerEntry], list[Certificate]]:
    """A ledger with one entry of each kind, a corrected one, and a certificate: nothing is wrong with it."""
    sold = {
        "buyer": "某厂",
        "buyer_kind": "单位",
        "buyer_code": "91330600MADEM0011K",
        "buyer_number": "浙备0002",
        "handler": "王五",
        "handler_identity": "330101199003070011",
        "payment": "银行转账",
        "reported_on": "2026-11-24",
    }
    bought = {"supplier": "某供应商", "supplier_number": "浙备0001", "certificate": "BA-1", "payment": "银行转账"}
    used = {"returned": "1", "purpose": "清洗", "taker": "张三", "issuer": "李四"}
    news = [
        firm.entry("stock_take", "20", day=date(2026, 11, 2)),
        firm.entry("purchase", "25.5", day=date(2026, 11, 3), fields=bought),
        firm.entry("use", "5", day=date(2026, 11, 4), fields=used),
        firm.entry("sale", "2", day=date(2026, 11, 5), fields=sold),
        firm.entry("loss", "0.5", day=date(2026, 11, 6), fields={"difference_reason": "挥发"}),
        firm.entry("transfer", "1.2", fields={"receiver": "某厂", "receiver_number": "浙备0003", "reason": "停产"}),
    ]
    ours = {"enterprise": "f", "recorded_by": "ann", "recorded_at": firm.now}
    kept = [LedgerEntry.model_validate({**new.model_dump(), **ours, "number": n}) for n, new in enumerate(news, 1)]
    twice = kept[2].model_copy(update={"id": "twice", "number": 7})
    kept += [twice, twice.model_copy(update={"id": "back", "number": 8, "cancels": "twice", "why": "记了两遍"})]
    told = {"id": "c1", "number": "BA-1", "chemical": "3-1", "name": "甲苯", "permitted": "100", "unit": "kg"}
    validity = {"valid_from": "2026-11-01", "valid_to": "2027-01-31", "kind": "many"}
    return kept, [Certificate.model_validate({**told, **validity, **ours})]


def test_the_doctor_reads_an_export_as_the_ledger_that_it_is_and_has_nothing_to_say(
    firm: Firm, tmp_path: Path, rulebook: Rulebook
) -> None:
    file = tmp_path / "ledger.xlsx"
    entries, certificates = clean_book(firm)
    write_workbook(file, firm.keeping, entries, certificates)
    assert rulebook.ledger_headers is not None
    read = read_book(file, FileKind.xlsx, rulebook.ledger_headers)
    own = as_book(entries, certificates, firm.keeping.certificate_words)
    assert [sheet.name for sheet in read.sheets] == ["购买", "领用", "库存", "销售", "转让"]
    values = [{name: value for name, value in line.values.items() if name != "cas"} for line in read.entries]
    assert values == [dict(line.values) for line in own.entries]
    assert firm.keeping.doctor is not None
    assert firm.keeping.doctor.examine(read, TODAY) == ()
    assert firm.keeping.doctor.examine(own, TODAY) == ()
