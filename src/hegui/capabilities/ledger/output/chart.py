"""The stock of each chemical over time (库存曲线), drawn as SVG: a panel for each chemical, its figures beside it.

An SVG needs no library and can be read aloud (title, role); the typesetter makes a PNG of it for a phone.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from hegui.capabilities.ledger.model import Entry
from hegui.foundation.language.catalogue import Texts
from hegui.foundation.typesetting.typesetter import SetsPages

WIDTH, PANEL, TITLE_HEIGHT = 720, 220, 52  # pixels of the drawing; a phone shows it at half of that
LEFT, RIGHT, TOP, BOTTOM = 92, 150, 44, 30  # room around the curve of a panel
MOST_PANELS = 6
MOST_POINTS = 400  # drawn of one curve; more cannot be told apart
LONGEST_NAME, LONGEST_LABEL = 26, 8  # characters
LINE, GRID, BELOW = "#1F5FA8", "#C8C8C8", "#C00000"


@dataclass(frozen=True, slots=True)
class Level:
    """What was there at the end of a day."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Stock:
    """The levels of one chemical in one unit, in the order of their days."""

    chemical: str
    unit: str
    levels: tuple[Level, ...]

    @property
    def last(self) -> Level:
        return self.levels[-1]

    @property
    def least(self) -> Level:
        return min(self.levels, key=lambda level: level.amount)

    @property
    def most(self) -> Level:
        return max(self.levels, key=lambda level: level.amount)


def stocks(entries: Iterable[Entry]) -> tuple[Stock, ...]:
    """The closing amounts of the stock ledger; chemicals with the most days first. Amounts are not converted."""
    held: dict[tuple[str, str], dict[date, Decimal]] = defaultdict(dict)
    for entry in entries:
        day, amount = entry.values.get("day"), entry.values.get("closing")
        if entry.kind == "stock" and isinstance(day, date) and isinstance(amount, Decimal) and amount.is_finite():
            chemical, unit = (str(entry.values.get(name, "")) for name in ("chemical", "unit"))
            held[chemical, unit][day] = amount  # of a day the last line counts
    made = [Stock(*key, tuple(Level(*one) for one in sorted(days.items()))) for key, days in held.items()]
    return tuple(sorted(made, key=lambda stock: -len(stock.levels)))


def shown(held: Sequence[Stock]) -> tuple[Stock, ...]:
    """What a drawing needs of them: few enough to be kept."""
    return tuple(Stock(one.chemical, one.unit, tuple(_thinned(one.levels))) for one in held[: 2 * MOST_PANELS])


def figures(held: Sequence[Stock], texts: Texts) -> list[str]:
    """The same in words, a line for each chemical: for those who cannot see the picture, and to copy from."""
    return [
        texts(
            "ledger_output.chart.figures",
            name=stock.chemical or texts("ledger_output.chart.unnamed"),
            last=f"{plain(stock.last.amount)} {stock.unit}".strip(),
            day=f"{stock.last.day}",
            least=plain(stock.least.amount),
            least_day=f"{stock.least.day}",
            most=plain(stock.most.amount),
            most_day=f"{stock.most.day}",
        )
        for stock in held
    ]


async def chart_png(held: Sequence[Stock], texts: Texts, setter: SetsPages) -> bytes:
    """The picture for a chat."""
    return await setter.drawing(chart_svg(held, texts), texts("ledger_output.chart.title"))


def chart_svg(held: Sequence[Stock], texts: Texts) -> str:
    """The drawing. At most six chemicals are shown; how many are not is said below the title."""
    shown = held[:MOST_PANELS]
    title = texts("ledger_output.chart.title")
    height = TITLE_HEIGHT + PANEL * max(1, len(shown))
    more = texts("ledger_output.chart.more", count=len(held) - len(shown)) if len(held) > len(shown) else ""
    described = " ".join(figures(shown, texts)) or texts("ledger_output.chart.empty")
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="plain" font-size="17">',
        f"<title>{_quoted(title)}</title>",
        f"<desc>{_quoted(described)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>',
        _text(20, 34, title, size=23),
        _text(WIDTH - 20, 34, more, anchor="end"),
    ]
    if not shown:
        parts.append(_text(20, TITLE_HEIGHT + 40, texts("ledger_output.chart.empty")))
    for number, stock in enumerate(shown):
        parts += _panel(stock, TITLE_HEIGHT + number * PANEL, texts)
    return "\n".join([*(part for part in parts if part), "</svg>"])


def plain(amount: Decimal) -> str:
    """An amount without an exponent and without idle zeros."""
    return f"{amount.normalize():f}" if amount else "0"


def _label(amount: Decimal) -> str:
    """As `plain`, and short enough to stand beside a curve."""
    exact = plain(amount)
    return exact if len(exact) <= LONGEST_LABEL else f"{amount:.5g}"


def _panel(stock: Stock, y: int, texts: Texts) -> Iterator[str]:
    """One curve in steps: stock stays what it was until the next entry."""
    low, high = min(stock.least.amount, Decimal(0)), max(stock.most.amount, Decimal(0))
    span = (high - low) or Decimal(1)
    first, days = stock.levels[0].day, max(1, (stock.last.day - stock.levels[0].day).days)

    def place(level: Level) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * (level.day - first).days / days
        return across, y + PANEL - BOTTOM - float((level.amount - low) / span) * (PANEL - TOP - BOTTOM)

    yield _text(20, y + 24, _name(stock, texts), size=19)
    for amount in sorted({low, Decimal(0), high}):
        _, level_y = place(Level(first, amount))
        yield f'<path d="M{LEFT} {level_y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        yield _text(LEFT - 8, level_y + 6, _label(amount), anchor="end")
    curve = _steps([place(level) for level in _thinned(stock.levels)])
    yield f'<path d="{curve}" fill="none" stroke="{LINE}" stroke-width="3"/>'
    yield from _ends(stock, place(stock.levels[0]), place(stock.last), y)


def _name(stock: Stock, texts: Texts) -> str:
    name = stock.chemical or texts("ledger_output.chart.unnamed")
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1] + "…"
    return texts("ledger_output.chart.panel", name=name, unit=stock.unit[:LONGEST_LABEL]) if stock.unit else name


def _ends(stock: Stock, start: tuple[float, float], end: tuple[float, float], y: int) -> Iterator[str]:
    colour = BELOW if stock.last.amount < 0 else LINE
    yield f'<circle cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="6" fill="{colour}"/>'
    yield _text(
        end[0] + 12,
        end[1] + 6,
        f"{_label(stock.last.amount)} {stock.unit[:LONGEST_LABEL]}".strip(),
        size=19,
        fill=colour,
    )
    yield _text(start[0], y + PANEL - 6, f"{stock.levels[0].day}", anchor="start")
    if stock.last.day != stock.levels[0].day:
        yield _text(WIDTH - RIGHT, y + PANEL - 6, f"{stock.last.day}", anchor="end")


def _steps(points: Sequence[tuple[float, float]]) -> str:
    (x, y), *others = points
    return f"M{x:.1f} {y:.1f}" + "".join(f"H{right:.1f}V{down:.1f}" for right, down in others)


def _thinned(levels: Sequence[Level]) -> Sequence[Level]:
    """Of very many levels the lowest and the highest of each stretch, and the last."""
    if len(levels) <= MOST_POINTS:
        return levels
    size = -(-len(levels) * 2 // MOST_POINTS)
    kept: dict[date, Level] = {}
    for begin in range(0, len(levels), size):
        stretch = levels[begin : begin + size]
        ends = (min(stretch, key=lambda one: one.amount), max(stretch, key=lambda one: one.amount))
        kept |= {level.day: level for level in sorted(ends, key=lambda one: one.day)}
    return [*kept.values(), levels[-1]]


def _text(x: float, y: float, text: str, *, size: int = 17, anchor: str = "start", fill: str = "#222222") -> str:
    if not text:
        return ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{_quoted(text)}</text>'
    )


def _quoted(text: str) -> str:
    """Fit for XML, which may not hold control characters and half pairs."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    return escape(kept, {'"': "&quot;"})
