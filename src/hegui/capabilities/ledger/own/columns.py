"""Sheets and columns of the exported workbook: the canonical ledger, and beside it what makes it come back whole."""

from collections.abc import Mapping, Sequence

from hegui.capabilities.ledger.model import Field, LedgerKind

Column = str  # a Field of the ledger model, or one of our own below
NUMBER, REPLACES, WHY, RECORDED_BY, RECORDED_AT, CAS = "number", "replaces", "why", "recorded_by", "recorded_at", "cas"
OURS: tuple[Column, ...] = (NUMBER, REPLACES, WHY, RECORDED_BY, RECORDED_AT)
"""After the canonical ones: readers of ledgers pass over columns they do not know."""

CANONICAL: Mapping[LedgerKind, Sequence[Field]] = {
    "purchase": (
        "day", "chemical", "cas", "concentration", "specification", "unit", "quantity", "supplier", "supplier_number",
        "certificate", "certificate_unit", "certificate_chemical", "valid_from", "valid_to", "permitted",
        "certificate_kind", "payment", "invoice", "transport_paper", "handler", "reviewer", "reported_on", "remarks",
    ),
    "use": (
        "day", "chemical", "unit", "taken", "used", "returned", "wasted", "purpose", "taker", "issuer", "remarks",
    ),
    "stock": (
        "day", "chemical", "unit", "opening", "received", "issued", "loss", "closing", "stock_take",
        "difference_reason", "keeper", "reviewer", "reported_on", "remarks",
    ),
    "sale": (
        "day", "chemical", "unit", "quantity", "buyer", "buyer_kind", "buyer_code", "handler", "handler_identity",
        "mandate", "buyer_number", "permitted", "valid_to", "payment", "reported_on", "remarks",
    ),
    "transfer": ("day", "chemical", "unit", "quantity", "receiver", "receiver_number", "reason", "handler"),
}  # fmt: skip

CORRECTIONS: tuple[Column, ...] = (
    NUMBER, "kind", "day", "chemical", "unit", "quantity", "columns", "cancels",
    REPLACES, WHY, RECORDED_BY, RECORDED_AT,
)  # fmt: skip
"""Entries that were taken back, and the counter-entries: not lines of the ledger any more, but never lost."""

CERTIFICATES: tuple[Column, ...] = (
    "certificate_number", "chemical", "permitted", "unit", "valid_from", "valid_to", "certificate_kind",
    "withdrawn", WHY, RECORDED_BY, RECORDED_AT,
)  # fmt: skip

OF_CERTIFICATE = frozenset({"certificate_chemical", "valid_from", "valid_to", "permitted", "certificate_kind"})
"""Columns of a purchase that its certificate fills: they are kept with the certificate, not with each purchase."""

FIELDS_OF: Mapping[LedgerKind, frozenset[str]] = {
    "purchase": frozenset(CANONICAL["purchase"]) - {"day", "chemical", "cas", "unit", "quantity"} - OF_CERTIFICATE,
    "use": frozenset(CANONICAL["use"]) - {"day", "chemical", "unit", "taken"},
    "stock": frozenset({"difference_reason", "keeper", "reviewer", "reported_on", "remarks"}),
    "sale": frozenset(CANONICAL["sale"]) - {"day", "chemical", "unit", "quantity"},
    "transfer": frozenset(CANONICAL["transfer"]) - {"day", "chemical", "unit", "quantity"},
}
"""What may stand in the fields of an entry."""


def header_key(sheet: str, column: Column) -> str:
    """The text of a header; in the stock ledger the report has a time.

    On sheets of our own the headers are such that no reader takes them for a ledger.
    """
    if sheet not in CANONICAL:
        return f"ledger_book.own_header.{column}"
    named = "reported_at" if sheet == "stock" and column == "reported_on" else column
    return f"ledger_book.header.{named}"
