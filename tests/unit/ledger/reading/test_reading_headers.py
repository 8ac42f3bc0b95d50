"""The header is found wherever it stands, and tells what the columns are and which ledger it is."""

from typing import get_args

import pytest
from pydantic import ValidationError
from tests.unit.ledger.reading.reading import HEADERS, read, said, values

from hegui.capabilities.ledger.model import Field
from hegui.capabilities.ledger.reading.fields import AMOUNTS, DAYS
from hegui.rulebook.ledger_headers import LedgerHeaders

CANONICAL = {
    "purchase": "日期, 品名, CAS号, 浓度, 规格, 单位, 数量, 供应商, 供应商许可或备案证号, "
    "购买备案证明编号, 备案单位, 备案品名, "
    "备案有效期起, 备案有效期止, 备案许可数量, 备案证明类型(一次/多次), 付款方式, 发票号, "
    "运输许可或备案证号, 经办人, 复核人, "
    "向公安报告日期, 备注",
    "use": "日期, 品名, 单位, 领用量, 使用量, 退回量, 废弃量, 用途, 领用人, 发放人, 备注",
    "stock": "日期, 品名, 单位, 期初, 入库, 出库, 损耗, 期末, 盘点数, 差异原因, 保管人, 复核人, 向公安报告时间, 备注",
    "sale": "日期, 品名, 单位, 数量, 购买方, 购买方类型(单位/个人), 购买方证号, 经办人, 经办人身份证号, 委托书, "
    "购买方许可或备案证号, 备案许可数量, 备案有效期止, 付款方式, 向公安报告日期, 备注",
    "transfer": "日期, 品名, 单位, 数量, 受让方, 受让方备案证号, 原因, 经办人",
}
FIELDS = {
    "purchase": "day chemical cas concentration specification unit quantity supplier supplier_number certificate "
    "certificate_unit certificate_chemical valid_from valid_to permitted certificate_kind payment invoice "
    "transport_paper handler reviewer reported_on remarks",
    "use": "day chemical unit taken used returned wasted purpose taker issuer remarks",
    "stock": "day chemical unit opening received issued loss closing stock_take difference_reason keeper reviewer "
    "reported_on remarks",
    "sale": "day chemical unit quantity buyer buyer_kind buyer_code handler handler_identity mandate buyer_number "
    "permitted valid_to payment reported_on remarks",
    "transfer": "day chemical unit quantity receiver receiver_number reason handler",
}
BUYING = ("购买日期", "品名", "数量", "供应商")


def cell_for(field: str) -> object:
    return "2026-01-05" if field in DAYS else 2.5 if field in AMOUNTS else f"甲{field}"


@pytest.mark.parametrize("kind", CANONICAL)
def test_every_canonical_header_is_known_and_its_cells_arrive(kind: str) -> None:
    headers, fields = CANONICAL[kind].split(", "), FIELDS[kind].split()
    book = read(headers, [cell_for(field) for field in fields])
    assert not book.unread
    (sheet,) = book.sheets
    assert (sheet.kind, dict(sheet.columns)) == (kind, dict(zip(fields, headers, strict=True)))
    (entry,) = book.entries
    assert set(entry.values) == set(fields)
    assert (entry.row, entry.kind) == (2, kind)


@pytest.mark.parametrize("kind", CANONICAL)
def test_the_order_of_the_columns_does_not_matter(kind: str) -> None:
    headers = CANONICAL[kind].split(", ")[::-1]
    book = read(headers, [cell_for(field) for field in FIELDS[kind].split()[::-1]])
    assert not book.unread
    assert (book.sheets[0].kind, set(book.entries[0].values)) == (kind, set(FIELDS[kind].split()))


@pytest.mark.parametrize(
    ("headers", "kind", "fields"),
    [
        ("购进时间 物料名称 购进数量(kg) 供货单位 备案证明号", "purchase",
        "day chemical quantity supplier certificate"),
        ("采购日期 试剂名称 规格型号 采购量 供货商 购货单位", "purchase",
        "day chemical specification quantity supplier certificate_unit"),
        ("领料日期 化学品名称 领料数量 消耗量 领料人 发料人", "use", "day chemical taken used taker issuer"),
        ("日期 药品名称 数量 用途 领用人", "use", "day chemical taken purpose taker"),
        ("日期 品种 上期结存 本期入库 本期出库 结存", "stock", "day chemical opening received issued closing"),
        ("时间 名称 收入 发出 结余 保管员", "stock", "day chemical received issued closing keeper"),
        ("销售日期 产品名称 销售数量 购货单位 统一社会信用代码 提货人 身份证号码", "sale",
        "day chemical quantity buyer buyer_code handler handler_identity"),
        ("转让日期 品名 转让数量 受让单位 备案证明编号", "transfer", "day chemical quantity receiver receiver_number"),
        ("Date|Chemical name|Qty|Supplier|Certificate No.", "purchase", "day chemical quantity supplier certificate"),
        ("Date|Substance|Opening balance|In|Out|Closing balance", "stock",
        "day chemical opening received issued closing"),
        ("试剂名称 规格 领用日期 领用量/瓶 剩余量/瓶 领用人", "stock",
        "chemical specification day issued closing taker"),
        ("售出日期 品名 销售量 购货单位名称 购货单位许可证/备案证明编号 向公安机关报告时间", "sale",
        "day chemical quantity buyer buyer_number reported_on"),
        ("购买日期 品名 数量 供货单位名称 供货单位许可证或备案证明号码", "purchase",
        "day chemical quantity supplier supplier_number"),
        ("易制毒化学品品名 本次购买数量 购买日期 供应商名称", "purchase", "chemical quantity day supplier"),
    ],
)  # fmt: skip
def test_factories_write_their_headers_in_many_words(headers: str, kind: str, fields: str) -> None:
    names = headers.split("|") if "|" in headers else headers.split()
    book = read(names, [cell_for(field) for field in fields.split()])
    assert not book.unread
    assert (book.sheets[0].kind, list(book.sheets[0].columns)) == (kind, fields.split())


@pytest.mark.parametrize(
    "quantity",
    [
        "数量(kg)",
        "数量（千克）",
        "数 量\n（公斤）",
        "数量/kg",
        "数量kg",
        "数量【KG】",
        "*数量（单位：kg）",
        "购入数量（ｋｇ）",
    ],
)
def test_a_unit_in_the_header_is_the_unit_of_the_amounts(quantity: str) -> None:
    book = read(["购买日期", "品名", quantity, "供应商"], ["2026-01-05", "盐酸", 5, "甲"])
    assert (values(book, "quantity"), values(book, "unit")) == ([5], ["kg"])


def test_a_header_that_names_two_units_leaves_the_unit_open() -> None:
    book = read(["购买日期", "品名", "数量(kg/L)", "供应商"], ["2026-01-05", "盐酸", 5, "甲"])
    assert (values(book, "quantity"), values(book, "unit")) == ([5], [None])


def test_blanks_and_line_breaks_in_headers_do_not_matter_and_are_not_shown() -> None:
    book = read(["日 期", "品　名", "入库\n数量(kg)", "供 应\n商"], ["2026-01-05", "盐酸", 5, "甲"])
    assert dict(book.sheets[0].columns) == {
        "day": "日期", "chemical": "品名", "quantity": "入库数量(kg)", "supplier": "供应商"
    }  # fmt: skip


def test_a_header_of_two_lines_is_read_with_its_groups() -> None:
    book = read(
        ["杭州某厂购买台账"],
        ["购买日期", "品名", "数量", "购买备案证明", "", "", "供应商"],
        ["", "", "", "编号", "有效期", "许可数量", ""],
        ["2026-01-05", "盐酸", 5, "3301", "2026-12-31", 100, "甲"],
        merged=[((0, 0), (0, 6)), ((1, 3), (1, 5)), *(((1, at), (2, at)) for at in (0, 1, 2, 6))],
    )
    (sheet,) = book.sheets
    assert (sheet.header_row, sheet.kind) == (3, "purchase")
    assert sheet.columns["certificate"] == "购买备案证明编号"
    (entry,) = book.entries
    assert (entry.row, entry.values["certificate"], entry.values["permitted"]) == (4, "3301", 100)


def test_groups_tell_receipts_from_issues() -> None:
    book = read(
        ["日期", "品名", "入库", "", "出库", "", "结存"],
        ["", "", "数量", "经办人", "数量", "领用人", "数量"],
        ["2026-01-05", "盐酸", 5, "甲", 2, "乙", 3],
    )
    (entry,) = book.entries
    assert [entry.values.get(name) for name in ("received", "issued", "taker", "closing")] == [5, 2, "乙", 3]


def test_the_header_is_looked_for_in_the_first_fifteen_rows_that_are_not_blank() -> None:
    titles = [[f"说明 {number}"] for number in range(14)]
    line = ["2026-01-05", "盐酸", 5, "甲"]
    assert read(*titles, [], [], BUYING, line).entries[0].row == 18
    assert said(read(*titles, ["再一行"], BUYING, line)) == [(None, "no_header")]


def test_a_title_that_sounds_like_a_header_is_none() -> None:
    book = read(["品名", "", "", "某厂 2026 年购买台账"], BUYING, ["2026-01-05", "盐酸", 5, "甲"])
    assert book.sheets[0].header_row == 2


def test_a_sheet_with_receipts_issues_and_balance_is_a_stock_ledger_that_knows_its_suppliers() -> None:
    book = read(
        ["日期", "品名", "供应商", "购买备案证明编号", "入库数量", "出库数量", "库存量", "经办人", "领用人"],
        ["2026-01-05", "盐酸", "甲厂", "3301", 50, "", 50, "张", ""],
    )
    (entry,) = book.entries
    assert entry.kind == "stock"
    assert (entry.values["supplier"], entry.values["certificate"], entry.values["received"]) == ("甲厂", "3301", 50)


def test_a_column_that_means_nothing_to_us_is_named() -> None:
    book = read([*BUYING, "温度"], ["2026-01-05", "盐酸", 5, "甲", "20"])
    assert [(one.key, one.column, one.row) for one in book.unread] == [("ledger.unread.unknown_column", "温度", 1)]


def test_columns_that_hold_nothing_to_check_are_not_named() -> None:
    assert not read(["序号", *BUYING, "单价", "金额"], [1, "2026-01-05", "盐酸", 5, "甲", 3, 15]).unread


def test_of_two_columns_for_one_thing_the_first_counts_and_the_other_is_named() -> None:
    book = read([*BUYING, "供货单位"], ["2026-01-05", "盐酸", 5, "甲", "乙"])
    assert values(book, "supplier") == ["甲"]
    assert [(one.key, one.column) for one in book.unread] == [("ledger.unread.second_column", "供货单位")]


def test_something_in_a_column_without_a_header_is_said_once() -> None:
    book = read([*BUYING, ""], ["2026-01-05", "盐酸", 5, "甲", 3], ["2026-01-06", "盐酸", 5, "甲", 4])
    assert [(one.key, one.row, one.column) for one in book.unread] == [("ledger.unread.unnamed_column", None, "E")]


def test_a_second_table_of_the_same_kind_adds_its_columns() -> None:
    line = ["2026-01-05", "盐酸", 5, "甲"]
    book = read(BUYING, line, ["购买日期", "供应商", "品名", "数量", "发票号"], ["2026-01-06", "甲", "盐酸", 5, "77"])
    assert set(book.sheets[0].columns) == {"day", "supplier", "chemical", "quantity", "invoice"}


@pytest.mark.parametrize(("title", "name"), [("浓硫酸出入库台账", "Sheet1"), ("出入库台账", "浓硫酸")])
def test_a_book_for_each_chemical_is_told_by_its_title_or_its_sheet(title: str, name: str) -> None:
    rows = ([title], ["日期", "入库", "出库", "结存"], ["2026-01-05", 5, "", 5])
    book = read(*rows, name=name, chemicals=("硫酸", "浓硫酸", "盐酸"))
    assert (values(book, "chemical"), said(book)) == (["浓硫酸"], [(None, "chemical_from_title")])
    assert values(read(*rows, name=name), "chemical") == [None]


def test_a_title_that_names_two_chemicals_tells_neither() -> None:
    rows = (["硫酸、盐酸出入库台账"], ["日期", "入库", "出库", "结存"], ["2026-01-05", 5, "", 5])
    assert values(read(*rows, chemicals=("硫酸", "浓硫酸", "盐酸")), "chemical") == [None]


def test_the_name_of_the_sheet_does_not_outdo_its_columns() -> None:
    assert read(BUYING, ["2026-01-05", "盐酸", 5, "甲"], name="领用").sheets[0].kind == "purchase"


def test_where_no_column_tells_the_kind_the_title_does_and_this_is_said() -> None:
    plain = (["日期", "品名", "数量", "备注"], ["2026-01-05", "盐酸", 5, ""])
    book = read(["易制毒化学品销售台账"], *plain)
    assert (book.sheets[0].kind, values(book, "quantity"), said(book)) == ("sale", [5], [(None, "kind_from_title")])
    assert read(*plain, name="领用").entries[0].values["taken"] == 5
    assert said(read(*plain)) == [(1, "no_kind")]


def test_what_is_no_ledger_is_said_and_left_alone() -> None:
    assert said(read()) == [(None, "empty_sheet")]
    assert said(read(["", " "], [])) == [(None, "empty_sheet")] or said(read(["", " "])) == [(None, "no_header")]
    assert said(read(["填表须知"], ["请如实填写，不得涂改"])) == [(None, "no_header")]


def test_a_hidden_sheet_is_read_and_this_is_said() -> None:
    book = read(BUYING, ["2026-01-05", "盐酸", 5, "甲"], hidden=True)
    assert (len(book.entries), said(book)) == (1, [(None, "hidden")])


def test_the_words_of_the_file_cover_every_field() -> None:
    assert HEADERS
    assert {column.field for column in HEADERS.columns} == set(get_args(Field))


def test_a_unit_may_add_words_of_its_own() -> None:
    assert HEADERS
    told = HEADERS.model_dump()
    told["columns"] = [*told["columns"], {"field": "supplier", "kinds": ["purchase"], "names": ["进料户头"]}]
    assert LedgerHeaders(**told).columns[-1].names == ("进料户头",)


def test_a_word_with_two_meanings_in_one_kind_is_refused() -> None:
    assert HEADERS
    told = HEADERS.model_dump()
    told["columns"] = [*told["columns"], {"field": "buyer", "kinds": ["sale"], "names": ["经办人"]}]
    with pytest.raises(ValidationError, match="is both handler and buyer"):
        LedgerHeaders(**told)
