"""Units of a ledger (计量单位): how people write them, and what they measure (pure)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hegui.rulebook.ledger_rules import Dimension, LedgerRules, Unit

AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([^\W\d_]+(?:³)?\d?)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the base of its dimension: kg, L or pieces."""

    value: Decimal
    dimension: Dimension


class Units:
    """The units that the rules know, by any of their words."""

    def __init__(self, rules: LedgerRules) -> None:
        self._known: Mapping[str, Unit] = {_plain(word): unit for unit in rules.units for word in unit.words}
        self._met: dict[str, Unit | None] = {}

    def of(self, written: str) -> Unit | None:
        """The unit of a cell such as `kg`, `公斤` or `瓶/500ml` (a bottle); None where it is not known."""
        if written not in self._met:
            plain = _plain(written)
            head = re.split(r"[/(]", plain, maxsplit=1)[0]
            self._met[written] = self._known.get(plain) or self._known.get(head)
        return self._met[written]

    def amounts(self, text: str) -> list[Amount]:
        """Every amount of mass or volume in a text: `25L（46kg）` gives two."""
        found = []
        for number, word in AMOUNT.findall(_plain(text)):
            unit = self._known.get(word) or self._known.get(word[:2]) or self._known.get(word[:1])
            if unit and unit.dimension != "count":
                found.append(Amount(_decimal(number) * unit.factor, unit.dimension))
        return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower().replace("（", "(").replace("）", ")")


def _decimal(number: str) -> Decimal:
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal(0)
