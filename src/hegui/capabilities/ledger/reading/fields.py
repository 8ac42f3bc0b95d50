"""How the cell of a field is read: as a day, an amount, a number of a person or unit, or words."""

from hegui.capabilities.ledger.model import Field

DAYS: frozenset[Field] = frozenset({"day", "valid_from", "valid_to", "reported_on"})
AMOUNTS: frozenset[Field] = frozenset(
    {
        "quantity", "permitted", "taken", "used", "returned", "wasted",
        "opening", "received", "issued", "loss", "closing", "stock_take",
    }
)  # fmt: skip
IDENTITIES: frozenset[Field] = frozenset({"handler_identity", "buyer_code"})
