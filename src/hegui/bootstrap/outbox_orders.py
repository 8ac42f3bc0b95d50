"""Orders of `hegui outbox`, for the operator."""

from typing import Any

from hegui.bootstrap.program import Program
from hegui.delivery.outbox.retrying import retry
from hegui.foundation import audit
from hegui.foundation.errors import Refusal

Given = dict[str, Any]


async def send_again(program: Program, given: Given) -> Given:
    """Queues a copy of a letter that did not arrive. A refusal is audited too."""
    which, by, now = str(given["id"])[:200], str(given["os_user"])[:64], program.clock.now()
    try:
        async with program.database.write() as tx:
            copy = await retry(tx, which, by=by, catalogue=program.catalogue, now=now)
            tx.after_commit(program.sender.wake)
    except Refusal as refusal:
        async with program.database.write() as tx:
            await audit.record(
                tx,
                "letter retried",
                at=now,
                actor=f"operator:{by}",
                door="command",
                about=which,
                outcome=f"refused: {refusal.key}",
            )
        raise
    return {"id": which, "copy": copy}
