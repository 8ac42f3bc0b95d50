"""The part of the talk that is about evidence: asks for files, keeps, dates, lists and removes them."""

from hegui.capabilities.self_check import access, evidence, pages
from hegui.capabilities.self_check.model import Sheet
from hegui.conversation.incoming import Attachment
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.dated import read_date

STEP = "evidence"


async def want(turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
    question = access.asked(sheet, rest[0])
    turn.hold(pages.CHECK, STEP, run=sheet.run.id, question=question.id)
    kept = await evidence.kept(turn.tx, sheet, question.id)
    turn.reply(pages.evidence_wanted(turn, sheet, question, kept).reply(panel=True))


async def keep(turn: Turn, sheet: Sheet, question: AnyQuestion, sent: Attachment, randomness: Randomness) -> None:
    """The floor stays: more files may follow, or the day this one speaks of."""
    new = await evidence.attach(turn.tx, sheet, question.id, sent, now=turn.now, randomness=randomness)
    await turn.audit("evidence kept", f"run:{sheet.run.id}", enterprise=sheet.run.enterprise, evidence=new.id)
    turn.hold(pages.CHECK, STEP, run=sheet.run.id, question=question.id, evidence=new.id)
    turn.reply(pages.evidence_kept(turn, sheet, question, new).reply())


async def date_it(turn: Turn, sheet: Sheet, question: AnyQuestion, text: str) -> None:
    dated, which = read_date(text), turn.floor.data.get("evidence") if turn.floor else None
    if dated is None or which is None:
        raise Refusal("check.evidence.send_or_go_on")
    await evidence.date_it(turn.tx, sheet, which, dated)
    await files(turn, sheet, (question.id,))


async def files(turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
    question = access.asked(sheet, rest[0])
    kept = await evidence.kept(turn.tx, sheet, question.id)
    turn.reply(pages.evidence_list(turn, sheet, question, kept).reply(panel=True))


async def remove(turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
    gone = next((one for one in await evidence.kept(turn.tx, sheet) if one.id == rest[0]), None)
    if gone is None:
        raise Refusal("check.evidence.gone")
    await evidence.remove(turn.tx, sheet, gone.id)
    await turn.audit("evidence removed", f"run:{sheet.run.id}", enterprise=sheet.run.enterprise, evidence=gone.id)
    await files(turn, sheet, (gone.question,))
