"""Stock-takes that differ (L23) and losses without a report (L24) (pure)."""

from collections.abc import Iterator
from decimal import Decimal

from hegui.capabilities.ledger.checks.balance import named, steps
from hegui.capabilities.ledger.checks.lines import ZERO, Ledger, is_close
from hegui.capabilities.ledger.model import Finding


def stock_take(ledger: Ledger) -> Iterator[Finding]:
    """L23. A count that differs by as much as the book went wrong before speaks of that fault, which L01 tells."""
    drifted = {step.line: step.drift for step in steps(ledger) if step.drift}
    for line in ledger.of("stock"):
        counted, closing = line.number("stock_take"), line.number("closing")
        if counted is None or closing is None or line.text("difference_reason"):
            continue
        allowed = _allowed(ledger, closing)
        right = closing - drifted.get(line, ZERO) / (line.unit.factor if line.unit else 1)
        if not is_close(counted, closing, allowed) and not is_close(counted, right, allowed):
            figures = {"closing": closing, "counted": counted, "difference": abs(counted - closing)}
            variant = "less" if counted < closing else "more"
            yield ledger.finding("L23", line, "stock_take", variant, **named(line), **figures)


def _allowed(ledger: Ledger, closing: Decimal) -> Decimal:
    own = ledger.facts.stock_take_percent
    percent = ledger.rules.number("stock_take_percent") if own is None else own
    return abs(closing) * percent / 100 + ledger.rounding


def unreported(ledger: Ledger) -> Iterator[Finding]:
    """L24: a loss for which no natural cause is written."""
    natural = ledger.rules.listed("natural_loss")
    for line in ledger.of("stock"):
        loss = line.number("loss")
        if loss is None or loss <= ZERO or not line.is_missing("reported_on"):
            continue
        reason = f"{line.text('difference_reason')} {line.text('remarks')}".lower()
        if not any(word in reason for word in natural):
            variant = "explosive" if line.match.explosive else "default"
            yield ledger.finding("L24", line, "loss", variant, **named(line), loss=loss)
