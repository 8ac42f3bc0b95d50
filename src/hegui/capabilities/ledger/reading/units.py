"""The unit of a row: what cells, headers, the unit's own column and the title say is brought to one unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hegui.capabilities.ledger.model import Field, Value
from hegui.capabilities.ledger.reading.amounts import Amounts
from hegui.capabilities.ledger.reading.fields import AMOUNTS
from hegui.capabilities.ledger.reading.layout import Layout


@dataclass(frozen=True, slots=True)
class Settled:
    """What could not be told in the unit of the row: amounts, and the unit that the row's own column names."""

    amounts: tuple[Field, ...] = ()
    unit: str = ""


NOTHING_LEFT = Settled()


class Settling:
    """A cell's own unit counts before that of its header, that before the column of units, that before the title."""

    def __init__(self, layout: Layout, amounts: Amounts) -> None:
        self._amounts = amounts
        self._of_columns: Mapping[Field, str] = {
            column.meaning.field: column.meaning.unit
            for column in layout.columns
            if column.meaning.unit and column.meaning.field in AMOUNTS
        }
        self._default = next((c.meaning.unit or "" for c in layout.columns if c.meaning.field == "unit"), "")

    def settle(self, values: dict[Field, Value], own: Mapping[Field, str], title: str) -> Settled:
        """Puts the unit of the row into `values`, and its amounts brought to it."""
        if not own and not self._of_columns:
            if "unit" not in values and (unit := self._default or title):
                values["unit"] = unit
            return NOTHING_LEFT
        row_unit = str(values.get("unit") or self._default or title)
        units = {name: own.get(name) or self._of_columns.get(name) or row_unit for name in values if name in AMOUNTS}
        base = self._base(row_unit, units)
        if base:
            values["unit"] = base
        left = tuple(name for name, unit in units.items() if not self._convert(values, name, unit or base, base))
        lost = row_unit if base != row_unit and not self._reaches(row_unit, base) else ""
        return Settled(left, lost) if left or lost else NOTHING_LEFT

    def _base(self, row_unit: str, units: Mapping[Field, str]) -> str:
        """The unit that most amounts can be told in; the row's own, if it is one of them."""
        choices = dict.fromkeys(unit for unit in (row_unit, *units.values()) if unit)
        if len(choices) < 2:
            return next(iter(choices), "")
        return max(choices, key=lambda one: sum(self._reaches(unit, one) for unit in units.values()))

    def _reaches(self, unit: str, other: str) -> bool:
        return not unit or self._amounts.converted(Decimal(1), unit, other) is not None

    def _convert(self, values: dict[Field, Value], name: Field, unit: str, base: str) -> bool:
        value = values[name]
        converted = self._amounts.converted(value, unit, base) if isinstance(value, Decimal) else None
        if converted is not None:
            values[name] = converted
        return converted is not None
