"""The privacy wall (隐私墙) at its one door: every look at a run, and every change of it, passes here.

What may not be seen is refused in the same words as what does not exist. A Sheet is got here only: who holds one has
passed.
"""

from hegui.capabilities.self_check import decisions, store
from hegui.capabilities.self_check.model import Run, Sheet
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises, people
from hegui.rulebook.checklist import AnyQuestion

NO_SUCH_RUN = "conversation.old_button"


async def enterprises_of(tx: Transaction, person: str) -> frozenset[str]:
    return frozenset(one.id for one in await enterprises.of_person(tx, person))


async def taking_part(tx: Transaction, person: str) -> None:
    """Refuses everybody who is not a member: police check nobody and nothing here."""
    if not decisions.may_take_part(await people.get(tx, person)):
        raise Refusal("check.members_only")


async def readable(tx: Transaction, run_id: str, person: str) -> Sheet:
    """The run with its answers, for those who may read it."""
    run = await store.get_run(tx, run_id)
    if run is None or not decisions.may_read(run, await people.get(tx, person), await enterprises_of(tx, person)):
        raise Refusal(NO_SUCH_RUN)
    return await sheet_of(tx, run)


async def own(tx: Transaction, run_id: str, person: str) -> Sheet:
    """The run with its answers, for the one who began it, held against changes by others until the turn is over."""
    run = await store.get_run(tx, run_id, to_change=True)
    if run is None or not decisions.may_write(run, await people.get(tx, person)):
        raise Refusal(NO_SUCH_RUN)
    return await sheet_of(tx, run)


async def sheet_of(tx: Transaction, run: Run) -> Sheet:
    return Sheet(run, await store.get_snapshot(tx, run.snapshot), await store.answers(tx, run.id))


def asked(sheet: Sheet, question_id: str) -> AnyQuestion:
    """The question a button or the floor names, as long as the answers still lead to it."""
    question = sheet.question(question_id)
    if question is None:
        raise Refusal("check.not_asked_any_more")
    return question
