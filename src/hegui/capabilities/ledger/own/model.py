"""What the program's own ledger holds: entries that stay for good, filing certificates, and what is worked out of them.

An entry is never changed. A mistake is taken back by a counter-entry (冲销) that names it, with who and why; the right
one, if there is one, is a new entry that names the wrong one.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

OwnKind = Literal["purchase", "use", "sale", "transfer", "loss", "stock_take"]
KINDS: tuple[OwnKind, ...] = get_args(OwnKind)
CertificateKind = Literal["once", "many"]
Measure = Literal["mass", "volume", "other"]


class OwnModel(BaseModel):
    """Frozen, and closed to keys it does not know. Errors do not repeat what people wrote: they are logged."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True, hide_input_in_errors=True)


class NewEntry(OwnModel):
    """What a person records. `amount` is in `unit` and never below zero; a stock-take's is what was counted.

    `chemical` is the item of the catalogue, empty where the name is not in it. `fields` are further columns by the
    names of `ledger.model.Field`; dates as ISO text, amounts as plain decimals.
    """

    id: str
    kind: OwnKind
    chemical: str
    name: str
    unit: str
    amount: Decimal
    day: date
    fields: Mapping[str, str] = {}


class LedgerEntry(NewEntry):
    """A recorded entry. `cancels` names the entry that this one takes back, `replaces` the one it stands for.

    A counter-entry repeats kind, amount and day of what it cancels, so that it counts where the mistake counted.
    """

    number: int
    enterprise: str
    recorded_by: str
    recorded_at: datetime
    cancels: str | None = None
    replaces: str | None = None
    why: str = ""

    @property
    def is_counter(self) -> bool:
        return self.cancels is not None

    @property
    def reference(self) -> str:
        """The number as people see it."""
        return f"{self.number:04}"

    @property
    def about(self) -> str:
        """Its name in the audit log."""
        return f"ledger:{self.id}"


class NewCertificate(OwnModel):
    """A purchase licence or filing certificate (购买备案证明), as it is printed; one row for each chemical on it."""

    id: str
    number: str
    chemical: str
    name: str
    permitted: Decimal
    unit: str
    valid_from: date
    valid_to: date
    kind: CertificateKind


class Certificate(NewCertificate):
    """A certificate that was entered. One that was entered wrongly is withdrawn, and stays."""

    enterprise: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    why: str = ""

    @property
    def about(self) -> str:
        """Its name in reminders and the audit log."""
        return f"ledger:c.{self.id}"


class Account(NamedTuple):
    """What is added up together: one chemical in one measure. `unit` is kg, L, or else the unit itself."""

    chemical: str
    unit: str


class Balance(NamedTuple):
    """What should be in stock. `name` as it was last written."""

    account: Account
    name: str
    amount: Decimal


class Step(NamedTuple):
    """An entry with the stock before and after it, in the unit of its account. `change` is what it moves."""

    entry: LedgerEntry
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


class Shortage(NamedTuple):
    """Where the stock would fall below zero: the day, what there is, and what is to leave, in `unit`."""

    name: str
    unit: str
    day: date
    held: Decimal
    leaving: Decimal


class Quota(NamedTuple):
    """How much of a certificate is left, in its own unit; None where purchases cannot be converted into it."""

    certificate: Certificate
    bought: Decimal | None
    left: Decimal | None
    purchases: int


class YearTotals(NamedTuple):
    """One line of the annual report (年度报告), in the unit of the account. `counted` is what stock-takes changed."""

    account: Account
    name: str
    opening: Decimal
    bought: Decimal
    used: Decimal
    sold: Decimal
    transferred: Decimal
    lost: Decimal
    counted: Decimal
    closing: Decimal


class Concern(NamedTuple):
    """Something to look at before an entry is confirmed. `check` is the id of the ledger doctor's check.

    `key` names the sentence, `given` its figures; `duty` is the entry of the rules that it rests on, if any.
    """

    check: str
    key: str
    given: Mapping[str, str] = {}
    duty: str | None = None
