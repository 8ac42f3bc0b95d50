"""Amounts as people write them: 5公斤, ５ kg, 1,200.5, (30), 十二瓶."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

from hegui.capabilities.ledger.reading.found import Fault, Measured
from hegui.capabilities.ledger.reading.words import plain
from hegui.rulebook.ledger_headers import LedgerHeaders, UnitNames

DECIMALS = 9
"""What a spreadsheet keeps behind the point that is more than noise."""
LONGEST = 40
RUINED_FROM = 1e15
"""Larger numbers lose their last digits in a spreadsheet."""

_NUMBER = re.compile(
    r"(?P<sign>[-+])?\s*\xa5?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,20})?|\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})"
    r"(?P<power>[eE][-+]?\d{1,2})?\s*(?P<unit>[^\d\s.,()+*-][^\s,()]{0,11})?"
)
_IN_WORDS = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]{1,9})\s*(?P<unit>\D{0,12})"
)
_DIGIT = {
    **{digit: n for n, digit in enumerate("零一二三四五六七八九")},
    **{digit: n for n, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "〇": 0,
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}

Read = Decimal | Measured | Fault


class Amounts:
    """Reads amounts and units by the words of the headers' file."""

    def __init__(self, headers: LedgerHeaders) -> None:
        self._units: Mapping[str, UnitNames] = {
            plain(n): unit for unit in headers.units for n in (unit.unit, *unit.names)
        }
        self._of = {unit.unit: unit for unit in headers.units}
        self._about = tuple(plain(word) for word in headers.about)

    def unit(self, written: str) -> str | None:
        """The canonical name of a unit; None where it is not known."""
        known = self._units.get(plain(written))
        return known.unit if known else None

    def weighing(self, written: str) -> str | None:
        """The same for units of mass and volume only, which may stand at the end of a header."""
        known = self._units.get(written)
        return known.unit if known and known.of in ("mass", "volume") else None

    def converted(self, value: Decimal, unit: str, into: str) -> Decimal | None:
        """The same amount in another unit; None where there is no way from one to the other."""
        if unit == into:
            return value
        one, other = self._of.get(unit), self._of.get(into)
        if one is None or other is None or one.of != other.of:
            return None
        return _without_noughts(value * one.factor / other.factor)

    def read(self, cell: object) -> Read:
        """The amount in a cell that is not empty."""
        if isinstance(cell, bool):
            return Fault("ledger.unread.amount")
        if isinstance(cell, float):
            return _of_float(cell)
        if not isinstance(cell, str) or len(cell) > LONGEST:
            return Fault("ledger.unread.amount")
        return self._text(cell)

    def _text(self, text: str) -> Read:
        bracketed = text.startswith("(") and text.endswith(")")
        if found := _NUMBER.fullmatch(text[1:-1].strip() if bracketed else text):
            value = _decimal(found)
            return self._with_unit(-value if bracketed else value, found["unit"])
        if found := _IN_WORDS.fullmatch(text):
            return self._with_unit(Decimal(_from_words(found["number"])), found["unit"])
        return self._fault(text)

    def _with_unit(self, value: Decimal, written: str | None) -> Read:
        if not written:
            return value
        unit = self.unit(written)
        return Measured(value, unit) if unit else self._fault(written)

    def _fault(self, text: str) -> Fault:
        small = plain(text)
        return Fault("ledger.unread.about" if any(word in small for word in self._about) else "ledger.unread.amount")


def _of_float(number: float) -> Read:
    if not math.isfinite(number) or abs(number) >= RUINED_FROM:
        return Fault("ledger.unread.amount")
    if number == int(number):
        return Decimal(int(number))
    return Decimal(str(round(number, DECIMALS)))


def _decimal(found: re.Match[str]) -> Decimal:
    value = Decimal(found["number"].replace(",", "") + (found["power"] or ""))
    return -value if found["sign"] == "-" else value


def _without_noughts(value: Decimal) -> Decimal:
    """0.5, not 0.500; and 500, not 5E+2."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _from_words(words: str) -> int:
    """一百零五 is 105; 二五 is 25."""
    if not set(words) & set(_TENS):
        return int("".join(str(_DIGIT[word]) for word in words))
    total, digit = 0, 0
    for word in words:
        if word in _TENS:
            total += (digit or 1) * _TENS[word]
            digit = 0
        else:
            digit = _DIGIT[word]
    return total + digit
