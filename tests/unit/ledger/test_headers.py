"""A finding stands in the column whose header it names."""

from hegui.capabilities.ledger.output.headers import Headers


def test_blanks_and_breaks_in_a_header_do_not_matter() -> None:
    headers = Headers([2])
    headers.pass_by(1, ["某厂 台账", "", ""])
    headers.pass_by(2, ["日 期", "入库\n数量(kg)", 5.0])
    assert headers.place("入库 数量(kg)") == 1
    assert headers.place("期末") is None
    assert headers.place("") is None


def test_a_line_of_groups_above_counts_too() -> None:
    headers = Headers([3])
    headers.pass_by(2, ["日期", "品名", "购买备案证明", ""])
    headers.pass_by(3, ["", "", "编号", "有效期止"])
    assert headers.place("品名") == 1
    assert headers.place("有效期止") == 3
    assert headers.place("购买备案证明/有效期止") == 3


def test_groups_tell_columns_of_one_name_apart() -> None:
    headers = Headers([2])
    headers.pass_by(1, ["日期", "入库", "", "出库", ""])
    headers.pass_by(2, ["", "数量", "经办人", "数量", "领用人"])
    assert headers.place("入库数量") == 1
    assert headers.place("出库数量") == 3
    assert headers.place("领用人") == 4


def test_a_second_table_below_has_its_own_headers() -> None:
    headers = Headers([1, 5])
    headers.pass_by(1, ["日期", "数量"])
    headers.pass_by(2, ["2026-03-02", 5])
    assert headers.place("数量") == 1
    headers.pass_by(5, ["数量", "日期"])
    assert headers.place("数量") == 0
