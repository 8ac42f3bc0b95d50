"""Rows: what is an entry, what is not, and what cells say by pointing to the cells above."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.ledger.reading.reading import read, said, values

from hegui.capabilities.ledger.reading.grid import MOST_COLUMNS
from hegui.capabilities.ledger.reading.notes import MOST

BUYING = ("购买日期", "品名", "数量", "供应商", "备注")
STOCK = ("日期", "品名", "单位", "期初", "入库", "出库", "期末")
LINE = ("2026-01-05", "盐酸", 5, "甲")


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "合 计",
        "小计：",
        "总计",
        "本页合计",
        "本月合计",
        "盐酸小计",
        "合计（kg）",
        "累计",
        "本年累计",
        "Total",
        "Subtotal:",
    ],
)
def test_totals_are_no_entries_and_are_listed(word: str) -> None:
    book = read(BUYING, LINE, [word, "", 5], LINE, ["", word, 10])
    assert [entry.row for entry in book.entries] == [2, 4]
    assert said(book) == [(3, "total"), (5, "total")]


@pytest.mark.parametrize("word", ["承前页", "过次页", "上年结转", "结转下月"])
def test_what_is_carried_is_no_entry_and_is_listed(word: str) -> None:
    book = read(STOCK, [word, "", "kg", "", "", "", 100], ["2026-01-05", "盐酸", "kg", 100, 5, "", 105])
    assert ([entry.row for entry in book.entries], said(book)) == ([3], [(2, "carried")])


@pytest.mark.parametrize(
    "note",
    [
        "制表人：张三　　审核人：李四",
        "注：数量以净重计",
        "备注：",
        "第 1 页，共 2 页",
        "以上数据均已核对无误，请存档备查。",
    ],
)
def test_signatures_and_remarks_below_the_table_are_listed_as_none(note: str) -> None:
    book = read(BUYING, LINE, [], [note])
    assert ([entry.row for entry in book.entries], said(book)) == ([2], [(4, "note")])


def test_the_header_once_more_in_the_middle_is_skipped() -> None:
    book = read(BUYING, LINE, BUYING, LINE)
    assert ([entry.row for entry in book.entries], said(book)) == ([2, 4], [(3, "repeated_header")])


def test_a_second_table_below_has_columns_and_a_kind_of_its_own() -> None:
    book = read(
        BUYING, LINE, [], ["领用日期", "品名", "领用量", "用途", "领用人"], ["2026-01-06", "盐酸", 2, "酸洗", "乙"]
    )
    assert [(sheet.kind, sheet.header_row, sheet.rows) for sheet in book.sheets] == [("purchase", 1, 1), ("use", 4, 1)]
    assert book.entries[1].values["taken"] == 2


def test_a_second_table_of_the_same_kind_with_other_columns_goes_on() -> None:
    book = read(BUYING, LINE, ["品名", "购买日期", "供应商", "数量"], ["硫酸", "2026-01-06", "乙", 7])
    assert [(sheet.kind, sheet.rows) for sheet in book.sheets] == [("purchase", 2)]
    assert (values(book, "chemical"), values(book, "quantity")) == (["盐酸", "硫酸"], [5, 7])


def test_blank_rows_do_not_change_the_numbers_of_the_others() -> None:
    assert [entry.row for entry in read([], BUYING, [], LINE, ["", "  ", ""], LINE).entries] == [4, 6]


def test_a_row_of_noughts_is_a_row() -> None:
    book = read(("期初", "入库", "期末"), [0, 0, 0], [0, 5, 5])
    assert values(book, "closing") == [0, 5]


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "''", "”", "ditto", '"同上'])
def test_ditto_marks_take_what_stands_above(mark: str) -> None:
    book = read(BUYING, LINE, [mark, mark, 7, mark], [mark, mark, mark, mark])
    assert values(book, "day") == [date(2026, 1, 5)] * 3
    assert values(book, "chemical") == ["盐酸"] * 3
    assert values(book, "quantity") == [5, 7, 7]
    assert not book.unread


def test_a_ditto_mark_below_nothing_is_said() -> None:
    book = read(BUYING, ["2026-01-05", "同上", 5, "甲"])
    assert (said(book), book.entries[0].raw) == ([(2, "nothing_above")], {"chemical": "同上"})


def test_a_merged_cell_counts_for_all_its_rows() -> None:
    book = read(
        BUYING, LINE, ["", "", 7, ""], ["", "", 8, "乙"], merged=[((1, 0), (3, 0)), ((1, 1), (3, 1)), ((1, 3), (2, 3))]
    )
    assert values(book, "day") == [date(2026, 1, 5)] * 3
    assert values(book, "chemical") == ["盐酸"] * 3
    assert values(book, "supplier") == ["甲", "甲", "乙"]


def test_a_merged_amount_is_not_counted_twice_but_said() -> None:
    book = read(BUYING, LINE, ["2026-01-06", "盐酸", "", "乙"], merged=[((1, 2), (2, 2))])
    assert values(book, "quantity") == [5, None]
    assert book.entries[1].unreadable == {"quantity"}
    assert said(book) == [(3, "merged_amount")]


def test_rows_that_only_a_merged_cell_covers_are_none() -> None:
    book = read(BUYING, LINE, [], [], merged=[((1, at), (3, at)) for at in range(4)])
    assert (len(book.entries), book.unread) == (1, ())


def test_a_cell_that_is_merged_to_the_side_counts_once() -> None:
    book = read(BUYING, ["2026-01-05", "盐酸", 5, "甲", ""], merged=[((1, 3), (1, 4))])
    assert values(book, "remarks") == [None]


def test_the_title_names_the_chemical_and_the_unit_for_all_rows() -> None:
    book = read(
        ["品名：盐酸　　单位：公斤"],
        ["日期", "入库", "出库", "结存"],
        ["2026-01-05", 5, "", 5],
        ["2026-01-06", "", 2, 3],
    )
    assert (values(book, "chemical"), values(book, "unit")) == (["盐酸"] * 2, ["kg"] * 2)


@pytest.mark.parametrize(
    "title", [["品名:", "盐酸", "单位:", "L"], ["化学品名称：盐酸单位：L"], ["易制毒化学品名称： 盐酸", "计量单位：升"]]
)
def test_titles_are_written_in_several_ways(title: list[str]) -> None:
    book = read(title, ["日期", "入库", "出库", "结存"], ["2026-01-05", 5, "", 5])
    assert (values(book, "chemical"), values(book, "unit")) == (["盐酸"], ["L"])


def test_the_unit_that_fills_in_the_form_is_no_unit_of_measure() -> None:
    book = read(["单位：杭州某化工有限公司"], ["日期", "入库", "出库", "结存"], ["2026-01-05", 5, "", 5])
    assert values(book, "unit") == [None]


def test_a_new_title_in_the_middle_changes_the_chemical() -> None:
    header, line = ["日期", "入库", "出库", "结存"], ["2026-01-05", 5, "", 5]
    book = read(["品名：盐酸"], header, line, ["品名：硫酸"], header, line)
    assert values(book, "chemical") == ["盐酸", "硫酸"]
    other = ["时间", "收入", "发出", "结余", "保管员"]
    assert values(read(["品名：盐酸"], header, line, ["品名：硫酸"], other, line), "chemical") == ["盐酸", "硫酸"]


def test_several_chemicals_in_one_sheet_stay_apart() -> None:
    assert values(read(BUYING, LINE, ["2026-01-05", "硫酸", 5, "甲"]), "chemical") == ["盐酸", "硫酸"]


def test_dashes_and_the_word_for_nothing_are_empty_cells() -> None:
    book = read(BUYING, ["2026-01-05", "盐酸", "-", "／", "无"], ["2026-01-06", "盐酸", "——", "N/A", ""])
    assert [set(entry.values) for entry in book.entries] == [{"day", "chemical"}] * 2
    assert not book.unread


def test_texts_arrive_half_width_and_trimmed() -> None:
    book = read(BUYING, ["2026-01-05", " 盐酸（３６％） ", 5, "Ａ厂\u3000"])
    assert (values(book, "chemical"), values(book, "supplier")) == (["盐酸(36%)"], ["A厂"])


def test_a_text_longer_than_a_cell_may_be_is_cut_and_said() -> None:
    book = read(BUYING, [*LINE, "长" * 2001])
    assert (values(book, "remarks"), said(book)) == (["长" * 2000], [(2, "long_text")])


def test_columns_beyond_the_two_hundredth_are_left_out_and_said() -> None:
    book = read([*BUYING, *[""] * MOST_COLUMNS, "温度"], [*LINE, "", *[""] * MOST_COLUMNS, "20"])
    assert (len(book.entries), said(book)) == (1, [(None, "too_many_columns")])


def test_many_notes_are_counted_and_not_all_kept() -> None:
    book = read(BUYING, *[["2026-01-05", "盐酸", "若干", "甲"]] * (MOST + 7))
    assert len(book.entries) == MOST + 7
    assert (len(book.unread), book.unread[-1].key, book.unread[-1].given) == (
        MOST + 1,
        "ledger.unread.more",
        {"count": "7"},
    )


def test_each_amount_of_a_row_is_told_in_one_unit() -> None:
    book = read(
        ["日期", "品名", "单位", "领用量", "使用量(g)", "退回量", "领用人"],
        ["2026-01-05", "盐酸", "公斤", 5, 4500, "500克", "乙"],
    )
    (entry,) = book.entries
    assert [entry.values[name] for name in ("unit", "taken", "used", "returned")] == [
        "kg",
        5,
        Decimal("4.5"),
        Decimal("0.5"),
    ]


def test_an_amount_that_cannot_be_told_in_the_unit_of_its_row_is_said() -> None:
    book = read(
        ["日期", "品名", "单位", "领用量", "使用量", "退回量", "领用人"],
        ["2026-01-05", "盐酸", "kg", 5, 4, "1瓶", "乙"],
    )
    (entry,) = book.entries
    assert (entry.values["unit"], entry.raw, said(book)) == ("kg", {"returned": "1 瓶"}, [(2, "units_differ")])


def test_the_cells_own_unit_counts_before_that_of_its_row() -> None:
    book = read([*BUYING, "单位"], ["2026-01-05", "盐酸", "5L", "甲", "", "kg"])
    assert (values(book, "quantity"), values(book, "unit"), said(book)) == ([5], ["L"], [(None, "unit_column")])


@pytest.mark.parametrize(
    ("cell", "share"), [(0.36, "36%"), (0.985, "98.5%"), (1, "100%"), (36, "36"), ("36％", "36%"), (0, "0")]
)
def test_a_concentration_that_the_spreadsheet_keeps_as_a_share_is_told_in_percent(cell: object, share: str) -> None:
    assert values(read([*BUYING, "浓度"], [*LINE, "", cell]), "concentration") == [share]
