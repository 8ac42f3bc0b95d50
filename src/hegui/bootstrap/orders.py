"""What commands hand over to the program, since only one process writes: a name, values, and what it came to."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from hegui.bootstrap import enterprise_list, ledger_orders, outbox_orders, registry_orders
from hegui.bootstrap.program import Program
from hegui.foundation import audit
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
    "enterprise.add": registry_orders.add_enterprise,
    "enterprise.import": enterprise_list.take_in,
    "enterprise.affiliate": registry_orders.affiliate,
    "enterprise.revoke": registry_orders.revoke_membership,
    "enterprise.transfer": registry_orders.transfer,
    "user.add": registry_orders.add_user,
    "user.dismiss": registry_orders.dismiss_user,
    "user.invite": registry_orders.invite,
}


async def carry_out_here(program: Program, name: str, given: dict[str, Any]) -> Any:
    """Carries an order out in this process. Raises Refusal, also for one that this program does not know.

    What is refused is in the audit log too; all that it had written is undone before.
    """
    order = ORDERS.get(name)
    if order is None:
        raise Refusal("terminal.bad_line")
    try:
        return await order(program, given)
    except Refusal as refusal:
        async with program.database.write() as tx:
            await audit.record(
                tx,
                "refused",
                at=program.clock.now(),
                actor=f"os:{given.get('os_user', '')}",
                about=name,
                door="command",
                outcome=refusal.key,
            )
        raise
