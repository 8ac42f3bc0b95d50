"""Opens cases, changes their deadline, closes and reopens them: case, findings, reminders and audit line together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hegui.capabilities.rectification import store
from hegui.capabilities.rectification.model import Case, Due, Item
from hegui.capabilities.self_check import service as self_check
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.turn import Speaker
from hegui.delivery.reminders.service import Reminders
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry import enterprises

PAGE = 8


async def open_case(
    tx: Transaction,
    reminders: Reminders,
    faults: Sequence[Fault],
    *,
    pack: str,
    due: Due,
    by: Speaker,
    now: datetime,
    randomness: Randomness,
) -> Case:
    """Opens a case about the findings that are still open; where none is, gives the case they are in."""
    opened = [fault for fault in faults if fault.finding.state == "open"]
    if not opened:
        return await _case_of(tx, faults, by)
    first = opened[0].finding
    case_id = new_id(randomness)
    values = {
        "id": case_id,
        "run": first.run,
        "pack": pack,
        "person": by.person,
        "enterprise": first.enterprise,
        "opened_at": now,
        "state": "in_progress",
        "version": 1,
        **_due_values(due),
    }
    made = await store.add(tx, values, [_item(case_id, fault) for fault in opened])
    await _take(tx, opened, made, by)
    await reminders.plan(
        tx,
        about=made.about,
        reference=made.reference,
        person=made.person,
        enterprise=made.enterprise,
        due=made.due,
        now=now,
    )
    await _audit(tx, "case opened", made, by, now, findings=len(opened), due=due.day, source=due.source)
    return made


async def _take(tx: Transaction, opened: Sequence[Fault], case: Case, by: Speaker) -> None:
    """Marks the findings; where a colleague took one at the same moment, nothing of this case remains."""
    wanted = {fault.finding.id for fault in opened}
    await self_check.mark_in_case(tx, wanted, case.id)
    marked = await self_check.findings_of(tx, case.run, by.person)
    if any(fault.finding.case != case.id for fault in marked if fault.finding.id in wanted):
        raise Refusal("case.nothing_open")


async def _case_of(tx: Transaction, faults: Sequence[Fault], by: Speaker) -> Case:
    held = next((fault.finding.case for fault in faults if fault.finding.case), None)
    if held is None:
        raise Refusal("case.nothing_open")
    return await get(tx, held, by.person)


def _item(case_id: str, fault: Fault) -> Item:
    question = fault.question
    return Item(case=case_id, finding=fault.finding.id, question=question.id, obligations=question.obligations)


def _due_values(due: Due) -> dict[str, Any]:
    return {
        "due": due.day,
        "due_source": due.source,
        "order_day": due.order_day,
        "order_period": due.period,
        "provisional": due.provisional,
    }


async def get(tx: Transaction, case_id: str, person: str, *, to_change: bool = False) -> Case:
    """The case, for who opened it and members of its enterprise; to all others it does not exist."""
    found = await store.get(tx, case_id, to_change=to_change)
    if found is None or not (found.person == person or found.enterprise in await _enterprises(tx, person)):
        raise Refusal("conversation.old_button")
    return found


async def listed(tx: Transaction, person: str, page: int = 0) -> tuple[tuple[Case, ...], int]:
    """One page of the person's cases, open ones first, by due date; and how many there are in all."""
    mine = await _enterprises(tx, person)
    return await store.page(tx, person, mine, size=PAGE, offset=page * PAGE), await store.count(tx, person, mine)


async def still_open(tx: Transaction, person: str, limit: int = PAGE) -> tuple[Case, ...]:
    return await store.open_on(tx, person, await _enterprises(tx, person), limit)


async def _enterprises(tx: Transaction, person: str) -> list[str]:
    return [enterprise.id for enterprise in await enterprises.of_person(tx, person)]


async def change_deadline(
    tx: Transaction, reminders: Reminders, case_id: str, due: Due, *, by: Speaker, now: datetime
) -> Case:
    """Letters of the old deadline that have not left are superseded.

    What an order says stands until another order: a later day of one's own is refused.
    """
    held = await _changeable(tx, case_id, by, "in_progress")
    if held.due_source == "order" and due.source != "order" and due.day > held.due:
        raise Refusal("case.order_stands", due=held.due)
    await store.set_due(tx, held.id, due)
    await reminders.replan(tx, about=held.about, due=due.day, now=now)
    await _audit(tx, "case deadline changed", held, by, now, before=held.due, due=due.day, source=due.source)
    return await get(tx, case_id, by.person)


async def mark_done(tx: Transaction, reminders: Reminders, case_id: str, *, by: Speaker, now: datetime) -> Case:
    """Everything that is left to be sent about it is cancelled."""
    held = await _changeable(tx, case_id, by, "in_progress")
    await store.set_state(tx, held.id, "done", now)
    await reminders.cancel(tx, about=held.about, now=now)
    await self_check.mark_corrected(tx, held.id)
    await _audit(tx, "case done", held, by, now)
    return await get(tx, case_id, by.person)


async def reopen(tx: Transaction, reminders: Reminders, case_id: str, *, by: Speaker, now: datetime) -> Case:
    """With the deadline it had; where that is past, nothing is sent until a new one is set."""
    held = await _changeable(tx, case_id, by, "done")
    await store.set_state(tx, held.id, "in_progress", None)
    await reminders.replan(tx, about=held.about, due=held.due, now=now)
    items = (await store.items(tx, [held.id])).get(held.id, ())
    await self_check.mark_in_case(tx, [item.finding for item in items], held.id)
    await _audit(tx, "case reopened", held, by, now)
    return await get(tx, case_id, by.person)


async def stop_reminders(tx: Transaction, reminders: Reminders, case_id: str, *, by: Speaker, now: datetime) -> Case:
    """Only where the person set the deadline; one from an order or a law stays reminded of."""
    held = await _changeable(tx, case_id, by, "in_progress")
    if held.due_source != "self":
        raise Refusal("case.reminders.always")
    await reminders.cancel(tx, about=held.about, now=now)
    await _audit(tx, "case reminders stopped", held, by, now)
    return held


async def _changeable(tx: Transaction, case_id: str, by: Speaker, state: str) -> Case:
    held = await get(tx, case_id, by.person, to_change=True)
    if held.state != state:
        raise Refusal(f"case.already.{held.state}", number=held.reference)
    return held


async def _audit(tx: Transaction, act: str, case: Case, by: Speaker, now: datetime, **detail: Any) -> None:
    await audit.record(
        tx, act, at=now, actor=by.person, about=case.about, door=by.channel, enterprise=case.enterprise, **detail
    )
