"""Evidence (证据): files that support an answer. The rows are kept here, the files by the data folder."""

from datetime import date, datetime

from hegui.capabilities.self_check import store
from hegui.capabilities.self_check.model import Evidence, Sheet
from hegui.conversation.incoming import Attachment
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id

LONGEST_NAME = 200


async def attach(
    tx: Transaction,
    sheet: Sheet,
    question_id: str,
    attachment: Attachment,
    *,
    now: datetime,
    randomness: Randomness,
) -> Evidence:
    """Keeps the file under the question, also once the run is finished. The same file again is kept once."""
    if sheet.run.state == "abandoned" or sheet.question(question_id) is None:
        raise Refusal("check.not_asked_any_more")
    if attachment.stored is None or attachment.sha256 is None:
        raise Refusal("conversation.file_gone")
    new = Evidence(
        id=new_id(randomness),
        run=sheet.run.id,
        question=question_id,
        stored=attachment.stored,
        name=attachment.name[:LONGEST_NAME],
        media_type=attachment.media_type,
        size=attachment.size or 0,
        sha256=attachment.sha256,
        received_at=now,
    )
    if await store.add_evidence(tx, new):
        return new
    held = await store.evidence_of(tx, sheet.run.id, question_id)
    return next((one for one in held if one.sha256 == new.sha256), new)


async def date_it(tx: Transaction, sheet: Sheet, evidence_id: str, dated: date) -> None:
    """Says which day the evidence speaks of."""
    await store.date_evidence(tx, sheet.run.id, evidence_id, dated)


async def remove(tx: Transaction, sheet: Sheet, evidence_id: str) -> None:
    """Takes the row away; the file is swept once no row points to it. What is gone already stays gone."""
    await store.remove_evidence(tx, sheet.run.id, evidence_id)


async def kept(tx: Transaction, sheet: Sheet, question_id: str | None = None) -> tuple[Evidence, ...]:
    return await store.evidence_of(tx, sheet.run.id, question_id)
