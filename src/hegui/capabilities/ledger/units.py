"""Units of a ledger (计量单位): how people write them, and what they measure (pure)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hegui.rulebook.ledger_rules import Dimension, LedgerRules, Unit


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the base of its dimension: kg, L or pieces."""

    value: Decimal
    dimension: Dimension


class Units:
    """The units that the rules know, by any of their words."""

    def __init__(self, rules: LedgerRules) -> None:
        self._known: Mapping[str, Unit] = {_plain(word): unit for unit in rules.units for word in unit.words}
        measures = sorted(
            (word for word, unit in self._known.items() if unit.dimension != "count"), key=len, reverse=True
        )
        self._amounts = re.compile(rf"(\d+(?:\.\d+)?)\s*({'|'.join(map(re.escape, measures))})(?![a-z])")
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
        for number, word in self._amounts.findall(_plain(text)):
            unit = self._known[word]
            found.append(Amount(Decimal(number) * unit.factor, unit.dimension))
        return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower().replace("（", "(").replace("）", ")")
