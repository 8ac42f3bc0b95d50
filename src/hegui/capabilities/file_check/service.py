"""Takes files in, says who may see them, and asks for work on them."""

from datetime import datetime, timedelta
from typing import Any

from hegui.capabilities.file_check import store
from hegui.capabilities.file_check.model import FileTask, UploadedFile, Work
from hegui.conversation.incoming import Attachment
from hegui.conversation.turn import Speaker
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry import enterprises

KEPT_FOR = timedelta(days=30)  # a house choice: long enough to put things right, said to the person
MOST_OPEN = 3  # tasks of one person that wait at the same time
LONGEST_NAME = 200


async def take(
    tx: Transaction, sent: Attachment, *, by: Speaker, now: datetime, randomness: Randomness
) -> UploadedFile:
    """Notes a file that was fetched. It belongs to the enterprise of the sender where there is exactly one."""
    if sent.stored is None or sent.sha256 is None:
        raise Refusal("conversation.file_gone")
    of = await enterprises.of_person(tx, by.person)
    new = UploadedFile(
        id=new_id(randomness),
        person=by.person,
        enterprise=of[0].id if len(of) == 1 else None,
        name=sent.name[:LONGEST_NAME],
        stored=sent.stored,
        sha256=sent.sha256,
        size=sent.size or 0,
        kind=None,
        received_at=now,
        forget_at=now + KEPT_FOR,
    )
    await store.add_file(tx, new)
    await _audit(tx, "file taken in", new, by, now, sha256=new.sha256)
    return new


async def seen(tx: Transaction, file_id: str, person: str) -> UploadedFile:
    """The file, for its sender and the members of its enterprise; to all others it does not exist."""
    found = await store.get_file(tx, file_id)
    mine = {enterprise.id for enterprise in await enterprises.of_person(tx, person)}
    if found is None or not (found.person == person or found.enterprise in mine):
        raise Refusal("conversation.old_button")
    return found


async def held(tx: Transaction, file_id: str, person: str) -> UploadedFile:
    """A file that the person may see and that was not taken back."""
    found = await seen(tx, file_id, person)
    if found.stored is None:
        raise Refusal("file.taken_back")
    return found


async def ask_for(
    tx: Transaction,
    file: UploadedFile,
    work: Work,
    *,
    by: Speaker,
    now: datetime,
    randomness: Randomness,
    given: dict[str, Any] | None = None,
) -> FileTask:
    """Puts work on a file in the queue. Raises Refusal where the person has enough waiting."""
    if await store.open_of(tx, by.person) >= MOST_OPEN:
        raise Refusal("file.enough_waiting")
    new = FileTask(
        id=new_id(randomness),
        file=file.id,
        work=work,
        state="waiting",
        attempts=0,
        person=by.person,
        channel=by.channel,
        address=by.address,
        language=by.language,
        given=given or {},
        result=None,
        refusal=None,
        made=None,
        asked_at=now,
        settled_at=None,
    )
    await store.add_task(tx, new)
    return new


async def choose(tx: Transaction, file: UploadedFile, kind: str, *, by: Speaker, now: datetime) -> UploadedFile:
    """Notes what the file is."""
    await store.set_kind(tx, file.id, kind)
    await _audit(tx, "file kind chosen", file, by, now, kind=kind)
    return file.model_copy(update={"kind": kind})


async def take_back(tx: Transaction, file: UploadedFile, *, by: Speaker, now: datetime) -> None:
    """The sender takes the file back: it, its findings and what was made of it go with the next sweep."""
    if file.person != by.person:
        raise Refusal("file.only_the_sender")
    await store.take_back(tx, file.id)
    await _audit(tx, "file taken back", file, by, now)


async def forget_old(tx: Transaction, now: datetime, limit: int = 100) -> int:
    """Takes back what was kept long enough; says how many."""
    due = await store.to_forget(tx, now, limit)
    for file_id in due:
        await store.take_back(tx, file_id)
        await audit.record(tx, "file forgotten", at=now, actor="housekeeping", about=f"file:{file_id}", door="worker")
    return len(due)


async def _audit(tx: Transaction, act: str, file: UploadedFile, by: Speaker, now: datetime, **detail: Any) -> None:
    about = f"file:{file.id}"
    await audit.record(
        tx, act, at=now, actor=by.person, about=about, door=by.channel, enterprise=file.enterprise, **detail
    )
