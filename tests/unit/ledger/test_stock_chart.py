"""The picture shows each chemical's stock in steps, with its figures in words."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from hegui.capabilities.ledger.model import Entry
from hegui.capabilities.ledger.output.chart import MOST_PANELS, Stock, chart_png, chart_svg, figures, plain, stocks
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.typesetting.typesetter import Typesetter

SVG = "{http://www.w3.org/2000/svg}"
START = date(2026, 1, 5)


@pytest.fixture
def texts(catalogue: Catalogue) -> Texts:
    return Texts(catalogue, "zh")


def stock(*amounts: str, chemical: str = "盐酸", unit: str = "kg") -> tuple[Stock, ...]:
    return stocks(
        Entry("库存", number, "stock", {
            "day": START + timedelta(days=number), "chemical": chemical, "unit": unit, "closing": Decimal(amount),
        })
        for number, amount in enumerate(amounts)
    )  # fmt: skip


def words(svg: str) -> list[str]:
    return [str(part.text) for part in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  our own drawing


def test_the_last_line_of_a_day_counts_and_other_ledgers_do_not() -> None:
    lines = [
        Entry("库存", 2, "stock", {"day": START, "chemical": "盐酸", "unit": "kg", "closing": Decimal(5)}),
        Entry("库存", 3, "stock", {"day": START, "chemical": "盐酸", "unit": "kg", "closing": Decimal(7)}),
        Entry("库存", 4, "stock", {"day": START, "chemical": "盐酸", "unit": "kg"}),
        Entry("购买", 2, "purchase", {"day": START, "chemical": "盐酸", "unit": "kg", "closing": Decimal(9)}),
    ]
    (only,) = stocks(lines)
    assert [level.amount for level in only.levels] == [7]


def test_units_are_not_mixed_and_busy_chemicals_come_first() -> None:
    held = stocks(
        Entry(
            "库存", n, "stock", {"day": START + timedelta(n), "chemical": "丙酮", "unit": unit, "closing": Decimal(n)}
        )
        for n, unit in enumerate(("L", "kg", "kg"))
    )
    assert [(one.unit, len(one.levels)) for one in held] == [("kg", 2), ("L", 1)]


def test_the_drawing_has_a_title_a_role_and_the_figures_in_words(texts: Texts) -> None:
    held = stock("120", "80.50", "95")
    root = ET.fromstring(chart_svg(held, texts))  # noqa: S314  our own drawing
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "库存变化"
    assert root.findtext(f"{SVG}desc") == figures(held, texts)[0]
    assert figures(held, texts) == ["盐酸：现存 95 kg（2026-01-07）；最低 80.5（2026-01-06），最高 120（2026-01-05）。"]
    assert {"盐酸（kg）", "120", "0", "95 kg", "2026-01-05", "2026-01-07"} <= set(words(chart_svg(held, texts)))


def test_stock_below_nothing_is_drawn_below_the_line(texts: Texts) -> None:
    drawn = chart_svg(stock("10", "-5"), texts)
    assert {"10", "0", "-5", "-5 kg"} <= set(words(drawn))


def test_names_from_a_file_are_words_and_not_markup(texts: Texts) -> None:
    name = '</text><script>"&\x00\ud800'
    drawn = chart_svg(stock("1", "2", chemical=name), texts)
    assert "<script" not in drawn
    assert '</text><script>"&（kg）' in words(drawn)


def test_very_many_days_keep_their_highest_and_lowest(texts: Texts) -> None:
    amounts = ["50"] * 5000
    amounts[2500], amounts[3300] = "99", "1"
    drawn = chart_svg(stock(*amounts), texts)
    assert len(drawn) < 20_000
    assert {"99", "50 kg"} <= set(words(drawn))


def test_what_is_not_drawn_is_said(texts: Texts) -> None:
    held = tuple(one for n in range(MOST_PANELS + 2) for one in stock("1", "2", chemical=f"化学品{n}"))
    assert "另有 2 种未画出" in words(chart_svg(held, texts))
    assert "没有可以画出的库存记录。" in words(chart_svg((), texts))


def test_amounts_are_written_plainly() -> None:
    assert [plain(Decimal(a)) for a in ("0.00", "1E+3", "120.50", "-0.1")] == ["0", "1000", "120.5", "-0.1"]


async def test_the_drawing_becomes_a_picture(texts: Texts) -> None:
    setter = Typesetter()
    made = await chart_png(stock("120", "80", "95"), texts, setter)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 1080
    setter.close()
