"""What commands hand over to the program, since only one process writes: a name, values, and what it came to."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from hegui.bootstrap import ledger_orders, outbox_orders
from hegui.bootstrap.program import Program
from hegui.foundation.errors import Refusal

Order = Callable[[Program, dict[str, Any]], Awaitable[Any]]

ORDERS: Mapping[str, Order] = {
    "ledger.record": ledger_orders.record,
    "ledger.correct": ledger_orders.correct,
    "ledger.balance": ledger_orders.balance,
    "ledger.totals": ledger_orders.totals,
    "ledger.export": ledger_orders.export,
    "ledger.import": ledger_orders.bring_in,
    "outbox.retry": outbox_orders.send_again,
}


async def carry_out_here(program: Program, name: str, given: dict[str, Any]) -> Any:
    """Carries an order out in this process. Raises Refusal, also for one that this program does not know."""
    order = ORDERS.get(name)
    if order is None:
        raise Refusal("terminal.bad_line")
    return await order(program, given)
