"""What must stand in a row: fields (L08), who bought (L09), the supplier's number (L25) (pure)."""

from collections.abc import Iterator, Mapping, Sequence

from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.model import Field, Finding, LedgerKind

MANDATORY: Mapping[LedgerKind, Sequence[Sequence[Field]]] = {
    "purchase": (("day",), ("chemical",), ("quantity",), ("supplier",)),
    "sale": (("day",), ("chemical",), ("quantity",), ("buyer",)),
    "transfer": (("day",), ("chemical",), ("quantity",), ("receiver",)),
    "use": (("day",), ("chemical",), ("taken", "used")),
    "stock": (("day",), ("chemical",), ("closing", "stock_take")),
}
"""For each kind what a row needs; of several fields together one is enough."""
UNIT_BUYER: Sequence[Field] = ("buyer", "buyer_code", "handler", "handler_identity")
CLASS_1 = 1


def fields(ledger: Ledger) -> Iterator[Finding]:
    """L08: one finding a row, naming all that is missing; a column that is not there at all is told at the header."""
    for (_, kind), lines in ledger.groups.items():
        asked = [choice for choice in MANDATORY[kind] if any(_has(ledger, lines, name) for name in choice)]
        for choice in MANDATORY[kind]:
            if lines and choice not in asked:
                yield ledger.without_column("L08", lines[0], choice[0], "column_sale" if kind == "sale" else "column")
        for line in lines:
            missing = [choice[0] for choice in asked if all(line.is_missing(name) for name in choice)]
            if missing:
                yield ledger.finding("L08", line, missing[0], _variant(line), fields=",".join(missing))


def _variant(line: Line) -> str:
    if line.entry.kind == "use":
        return "use" if line.match.grade == CLASS_1 else "default"
    return "sale" if line.entry.kind == "sale" else "default"


def _has(ledger: Ledger, lines: Sequence[Line], name: Field) -> bool:
    return bool(lines) and ledger.has_column(lines[0], name)


def buyer(ledger: Ledger) -> Iterator[Finding]:
    """L09. An individual who buys is known by one number and needs nobody to act for him."""
    for (_, kind), lines in ledger.groups.items():
        if kind == "sale" and lines:
            asked = [name for name in UNIT_BUYER if _has(ledger, lines, name)]
            for name in UNIT_BUYER[1:]:
                if name not in asked and name != "handler":
                    yield ledger.without_column("L09", lines[0], name)
            for line in lines:
                if missing := _unnamed(ledger, line, asked):
                    told = {"chemical": line.chemical, "fields": ",".join(missing)}
                    yield ledger.finding("L09", line, missing[0], **told)


def _unnamed(ledger: Ledger, line: Line, asked: Sequence[Field]) -> Sequence[Field]:
    missing = [name for name in asked if line.is_missing(name)]
    if is_individual(ledger, line):
        numbered = not (line.is_missing("buyer_code") and line.is_missing("handler_identity"))
        return [name for name in missing if name == "buyer" or (name == "buyer_code" and not numbered)]
    return missing


def is_individual(ledger: Ledger, line: Line) -> bool:
    """Whether the buyer is called a person."""
    kind = line.text("buyer_kind").lower()
    return any(word in kind for word in ledger.rules.listed("individual"))


def supplier_number(ledger: Ledger) -> Iterator[Finding]:
    """L25."""
    for (_, kind), lines in ledger.groups.items():
        controlled = [line for line in lines if kind == "purchase" and line.match.grade]
        if controlled and not _has(ledger, controlled, "supplier_number"):
            yield ledger.without_column("L25", controlled[0], "supplier_number")
            continue
        for line in controlled:
            if line.is_missing("supplier_number"):
                told = {"supplier": line.text("supplier") or "—", "chemical": line.chemical}
                yield ledger.finding("L25", line, "supplier_number", **told)
