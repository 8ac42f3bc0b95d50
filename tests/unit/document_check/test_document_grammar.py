"""Lengths of time, headings by their form, one spelling."""

import math

import pytest

from hegui.capabilities.document_check.grammar import cells_of, clean, form_of, label_of, lengths


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("六个月", 180), ("6个月", 180), ("半年", 180), ("180天", 180), ("一百八十日", 180), ("一个季度", 90),
        ("十二个月", 360), ("1年", 365), ("两周", 14), ("24小时", 1), ("半小时", 1 / 48), ("三十日", 30),
        ("二百天", 200), ("30个工作日", 42), ("1.5小时", 1 / 16),
    ],
)  # fmt: skip
def test_words_and_figures_are_the_same_length(written: str, days: float) -> None:
    (found,) = lengths(f"保存{written}以上")
    assert found.days == pytest.approx(days)
    assert not found.repeats


def test_a_date_is_no_length() -> None:
    assert lengths("自2026年3月1日起施行，3月5日前报送，第三年") == []


def test_every_six_months_is_not_for_six_months() -> None:
    (found,) = lengths("每六个月检查一次")
    assert found.repeats


def test_hours_of_a_day_are_no_period() -> None:
    assert lengths("7×24小时值守") == []


def test_for_good_is_longer_than_any_length() -> None:
    assert lengths("永久保存")[0].days == math.inf


@pytest.mark.parametrize(
    ("text", "form"),
    [("第一章 总则", 1), ("第12条 日志", 3), ("一、目的", 4), ("（二）范围", 5), ("3. 日志", 6), ("1.2路由器", 7)],
)
def test_headings_are_known_by_their_numbers(text: str, form: int) -> None:
    assert form_of(clean(text)) == form


def test_a_quantity_at_the_beginning_is_no_number_of_a_heading() -> None:
    assert form_of("24小时内报告") is None


def test_blanks_inside_chinese_go_and_digits_become_narrow() -> None:
    assert clean("日 志 保 存 ６ 个月") == "日志保存6个月"
    assert clean("第 一 章  总则") == "第一章 总则"
    assert clean("（一）范围：Ｗｉ－Ｆｉ") == "（一）范围：Wi-Fi"


def test_a_label_inside_a_paragraph_is_seen() -> None:
    assert label_of("第七条（备份）每天一次。") == "备份"
    assert label_of("3. 培训：每年一次。") == "培训"
    assert label_of("第三条 公司每年组织培训。") == ""


def test_a_printed_row_is_told_from_a_line() -> None:
    assert cells_of("服务器日志 12 个月 日志平台") == "服务器日志12个月 ｜ 日志平台"
    assert cells_of("第一章 总则") is None
    assert cells_of("本制度适用于全体员工。") is None
