"""What a cell can turn out to be besides a plain value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is not empty and makes no sense. `key` names a text of the catalogue."""

    key: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a text that is too long for a cell of a ledger."""

    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """An amount that names its own unit."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A day without its year, or without its month as well; `tenth` where 1.1 may also be 1.10."""

    month: int | None
    day: int
    tenth: bool = False


@dataclass(frozen=True, slots=True)
class AsAbove:
    """A ditto mark."""


AS_ABOVE = AsAbove()
