"""How ledgers are written (台账表头), as data: names of columns, units, rows and cells with a meaning of their own."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from hegui.rulebook.text import RuleModel, Sentence

LedgerKind = Literal["purchase", "use", "stock", "sale", "transfer"]
LedgerField = Literal[
    "day", "chemical", "cas", "concentration", "specification", "unit", "quantity",
    "supplier", "supplier_number", "certificate", "certificate_unit", "certificate_chemical",
    "valid_from", "valid_to", "permitted", "certificate_kind", "payment", "invoice", "transport_paper",
    "taken", "used", "returned", "wasted", "purpose", "taker", "issuer",
    "opening", "received", "issued", "loss", "closing", "stock_take", "difference_reason", "keeper",
    "buyer", "buyer_kind", "buyer_code", "buyer_number", "handler", "handler_identity", "mandate",
    "receiver", "receiver_number", "reason", "reviewer", "reported_on", "remarks",
]  # fmt: skip
"""What a column can be."""

KINDS: tuple[LedgerKind, ...] = get_args(LedgerKind)
Words = tuple[Sentence, ...]


class KindOfLedger(RuleModel):
    """`told_by` names columns of which one must be there; `words` tell the kind where no column does."""

    kind: LedgerKind
    told_by: tuple[LedgerField, ...] = Field(min_length=1)
    words: Words = ()


class ColumnNames(RuleModel):
    """What a column is called in ledgers of these kinds."""

    field: LedgerField
    kinds: tuple[LedgerKind, ...] = Field(default=KINDS, min_length=1)
    names: Words = Field(min_length=1)


class UnitNames(RuleModel):
    """A unit and its names. Units that are `of` the same can be converted; `factor` leads to their base."""

    unit: Sentence
    of: Sentence
    factor: Decimal = Field(gt=0)
    names: Words = Field(min_length=1)


class Alike(RuleModel):
    """Two ways to write the same within a name of a column; "" where a word may be left out."""

    written: Sentence
    same: str = ""


class DayParts(RuleModel):
    """Names of the columns of a day that is written in parts."""

    year: Words = ()
    month: Words = ()
    day: Words = ()


class TitleWords(RuleModel):
    """Words before a colon in a title that holds for all rows below."""

    chemical: Words = ()
    unit: Words = ()


class LedgerHeaders(RuleModel):
    """Everything of `ledger_headers.yaml`."""

    kinds: tuple[KindOfLedger, ...] = Field(min_length=1)
    columns: tuple[ColumnNames, ...] = Field(min_length=1)
    day_parts: DayParts = DayParts()
    ignored: Words = ()
    vague: Words = ()
    doubtful: Words = ()
    fillers: Words = ()
    alike: tuple[Alike, ...] = ()
    units: tuple[UnitNames, ...] = ()
    totals: Words = ()
    carried: Words = ()
    notes: Words = ()
    ditto: Words = ()
    empty: Words = ()
    about: Words = ()
    title: TitleWords = TitleWords()

    @model_validator(mode="after")
    def _means_one_thing(self) -> Self:
        met: dict[tuple[LedgerKind, str], LedgerField] = {}
        for kind, name, field in self._named():
            other = met.setdefault((kind, name.casefold()), field)
            if other != field:
                message = f"in a {kind} ledger {name!r} is both {other} and {field}"
                raise ValueError(message)
        return self

    def _named(self) -> Iterator[tuple[LedgerKind, str, LedgerField]]:
        for column in self.columns:
            for kind in column.kinds:
                yield from ((kind, name, column.field) for name in column.names)
