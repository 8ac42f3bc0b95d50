"""Periods as people and orders write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.capabilities.rectification.periods import read_count, read_period
from hegui.capabilities.rectification.wording import period_words
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.counting import Span

WORDS = period_words(Catalogue.load())


@pytest.mark.parametrize(
    ("typed", "count", "unit"),
    [
        ("15日", 15, "day"),
        ("15天", 15, "day"),
        ("１５日", 15, "day"),
        ("十五日", 15, "day"),
        ("二十天内", 20, "day"),
        ("三十日以内", 30, "day"),
        ("一百二十天", 120, "day"),
        ("限收到之日起15日内", 15, "day"),
        ("自收到之日起十日内。", 10, "day"),
        ("15 days", 15, "day"),
        ("1 day", 1, "day"),
        ("10个工作日", 10, "working"),
        ("10 个工作日内", 10, "working"),
        ("十个工作日", 10, "working"),
        ("5工作日", 5, "working"),
        ("10 working days", 10, "working"),
        ("Within 10 Working Days", 10, "working"),
        ("1个月", 1, "month"),
        ("两个月", 2, "month"),
        ("2 months", 2, "month"),
        ("一周", 1, "week"),
    ],
)
def test_it_reads(typed: str, count: int, unit: str) -> None:
    assert read_period(typed, WORDS) == Span.model_validate({"count": count, "unit": unit})


@pytest.mark.parametrize(
    "typed", ["", "15", "日", "0日", "-3日", "11月30日", "尽快", "soon", "1000日", "15日 10日", "3.5天"]
)
def test_it_does_not_guess(typed: str) -> None:
    assert read_period(typed, WORDS) is None


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(typed: str) -> None:
    span = read_period(typed, WORDS)
    assert span is None or 0 < span.count <= 999


@given(st.integers(1, 999))
def test_digits_are_read_as_they_stand(count: int) -> None:
    assert read_count(str(count)) == count
