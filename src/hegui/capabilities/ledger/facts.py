"""What a sheet does not hold and the unit can say (台账之外的情况). A fact that is absent is asked, never guessed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SupplierStatement(_Told):
    """What a supplier says it sold in a month."""

    supplier: str
    chemical: str
    month: Month
    quantity: Decimal
    unit: str


class AnnualTotal(_Told):
    """One line of the annual report."""

    chemical: str
    year: int
    kind: Literal["bought", "used", "sold", "in_stock"]
    quantity: Decimal
    unit: str


class Change(_Told):
    """A quantity that was edited: which row, and when."""

    sheet: str
    row: int
    changed_on: date


class Facts(_Told):
    """`today` is the day as of which everything is judged; None and empty mean not known.

    `place` is a division code such as CN-33. `stock_take_percent` is the unit's own tolerance, `output` the amount
    produced in each month.
    """

    today: date
    place: str = ""
    unit_name: str | None = None
    dealing_since: date | None = None
    annual_report_filed: bool | None = None
    two_person_custody: bool | None = None
    stock_take_percent: Decimal | None = None
    output: Mapping[Month, Decimal] = {}
    annual_totals: tuple[AnnualTotal, ...] = ()
    supplier_statements: tuple[SupplierStatement, ...] = ()
    changes: tuple[Change, ...] | None = None

    def knows(self, fact: str) -> bool:
        """Whether something was said of it."""
        return getattr(self, fact) not in (None, (), {})
