"""Queries of the outbox. Every change of state names the state it starts from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, and_, bindparam, delete, exists, or_, select, tuple_, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from hegui.conversation.reply import Reply
from hegui.delivery.outbox.kinds import HANDLING
from hegui.delivery.outbox.model import Letter, NewLetter
from hegui.delivery.outbox.tables import QUEUED, SENDING, outbox, pace
from hegui.foundation.database.metadata import Moment
from hegui.foundation.database.transaction import Transaction
from hegui.registry.tables import address

Chat = tuple[str, str]  # channel, address
LAST_LANE = 4
NOBODY = "nobody is there"  # the reason of a letter that waits for somebody to come


async def queue(tx: Transaction, letters: Sequence[NewLetter], *, now: datetime | None = None) -> None:
    """Adds letters whose key is new. The key is the letter's id: one name for one letter, whoever queues it."""
    await tx.insert_all_new(outbox, [_row(letter, now) for letter in letters])


def _row(letter: NewLetter, now: datetime | None, copy_of: str | None = None) -> dict[str, Any]:
    return {
        "id": letter.key,
        "kind": letter.kind.value,
        "lane": HANDLING[letter.kind].lane,
        "person": letter.person,
        "channel": letter.channel,
        "address": letter.address,
        "about": letter.about,
        "reply": letter.reply.model_dump_json(exclude_defaults=True),
        "replaces": letter.replaces,
        "turn": letter.turn,
        "state": "queued",
        "ready_at": letter.ready_at,
        "expires_at": letter.expires_at,
        "attempts": 0,
        "copy_of": copy_of,
        "created_at": now or letter.ready_at,
    }


async def queue_copy(
    tx: Transaction, original: Letter, *, reply: Reply, to: Chat, now: datetime, key: str | None = None
) -> None:
    """A second letter for one whose outcome is unknown or whose address is gone; the first keeps its state."""
    copy = NewLetter(
        key=key or f"{original.key}:again",
        kind=original.kind,
        person=original.person,
        channel=to[0],
        address=to[1],
        about=original.about,
        reply=reply,
        ready_at=now,
        expires_at=original.expires_at,
        replaces=original.replaces if to == (original.channel, original.address) else None,
        turn=original.turn,
    )
    await tx.insert_all_new(outbox, [_row(copy, now, copy_of=original.id)])


async def cancel(tx: Transaction, *, about: str, now: datetime) -> None:
    """Letters about this that have not begun to leave will not leave."""
    await _withdraw(tx, about, "cancelled", now)


async def supersede(tx: Transaction, *, about: str, now: datetime) -> None:
    """As `cancel`, where newer letters take their place."""
    await _withdraw(tx, about, "superseded", now)


async def _withdraw(tx: Transaction, about: str, state: str, now: datetime) -> None:
    await tx.execute(update(outbox).where(outbox.c.about == about, QUEUED).values(state=state, settled_at=now))


async def candidates(
    tx: Transaction, now: datetime, count: int, *, channels: Mapping[str, int], paused: Sequence[Chat] = ()
) -> list[tuple[Letter, bool]]:
    """Queued letters that are due, by lane and time: the first of each chat that is not being sent to, with whether
    its address is switched on. `channels` says up to which lane each may send. Locked against other processes until
    the end of the transaction."""
    first: dict[Chat, Row[Any]] = {}
    soonest = await _soonest(tx, list(channels))
    for lane in [lane for lane, at in soonest.items() if at <= now]:
        if len(first) >= count:
            break
        names = [name for name, last in channels.items() if lane <= last]
        wanted = {"lane": lane, "now": now, "channels": names, "busy": [*paused, *first]}
        for row in await tx.execute(DUE, {**wanted, "most": (count - len(first)) * 2}):
            first.setdefault((row.channel, row.address), row)
    return [(letter(row), row.reachable is not False) for row in list(first.values())[:count]]


async def _soonest(tx: Transaction, channels: Sequence[str]) -> dict[int, datetime]:
    """When the next queued letter of each lane is due."""
    moments = (await tx.execute(SOONEST, {"channels": channels})).one()
    return {lane: at for lane, at in enumerate(moments) if at is not None}


def letter(row: Row[Any]) -> Letter:
    values = {name: getattr(row, name) for name in Letter.model_fields if name not in ("reply", "key")}
    return Letter(**values, key=row.id, reply=Reply.model_validate_json(row.reply))


async def claim(tx: Transaction, ids: Sequence[str], *, owner: str, lease_until: datetime) -> None:
    """queued → sending: durable before the first byte leaves."""
    if ids:
        values = {"state": "sending", "owner": owner, "lease_until": lease_until}
        await tx.execute(update(outbox).where(outbox.c.id.in_(ids), QUEUED).values(**values))


async def settle(tx: Transaction, outcomes: Sequence[dict[str, Any]], now: datetime) -> None:
    """sending → sent, failed, unknown. Each outcome holds id, state, message, reason."""
    if outcomes:
        statement = (
            update(outbox)
            .where(outbox.c.id == bindparam("which"), or_(SENDING, QUEUED))
            .values(state=bindparam("to"), message=bindparam("sent_as"), reason=bindparam("why"), settled_at=now)
        )
        rows = [{"which": o["id"], "to": o["state"], "sent_as": o["message"], "why": o["reason"]} for o in outcomes]
        await tx.execute(statement, rows)


async def put_back(tx: Transaction, which: str, *, ready_at: datetime, attempts: int, reason: str) -> None:
    """sending → queued, where it certainly did not leave."""
    values = {"state": "queued", "ready_at": ready_at, "attempts": attempts, "reason": reason, "owner": None}
    await tx.execute(update(outbox).where(outbox.c.id == which, SENDING).values(**values))


async def postpone(tx: Transaction, later: Sequence[tuple[str, datetime]]) -> None:
    """Moves queued letters to a later time; the rest of their chats does not wait for them."""
    if later:
        waiting = update(outbox).where(outbox.c.id == bindparam("which"), QUEUED)
        statement = waiting.values(ready_at=bindparam("until"), reason=None)
        await tx.execute(statement, [{"which": which, "until": until} for which, until in later])


async def readdress(tx: Transaction, old: Chat, new: str) -> None:
    """A chat has moved: its letters go to the new address."""
    await tx.execute(
        update(outbox).where(outbox.c.channel == old[0], outbox.c.address == old[1], QUEUED).values(address=new)
    )


async def hurry(tx: Transaction, chat: Chat, now: datetime) -> None:
    """Somebody is there now: what waits for this chat may go at once."""
    waiting = (outbox.c.channel == chat[0], outbox.c.address == chat[1], QUEUED, outbox.c.ready_at > now)
    await tx.execute(update(outbox).where(*waiting, outbox.c.reason == NOBODY).values(ready_at=now))


async def interrupted(tx: Transaction, now: datetime, *, alone: bool, owner: str) -> list[tuple[Letter, str]]:
    """Letters that are leaving on disk, each with its owner: all of them where only one process can run, else the
    owner's and those whose lease is over."""
    left = select(outbox).where(SENDING)
    if not alone:
        left = left.where(or_(outbox.c.lease_until < now, outbox.c.owner == owner))
    return [(letter(row), row.owner) for row in await tx.all(left.with_for_update(skip_locked=True))]


async def next_ready(tx: Transaction, channels: Sequence[str]) -> datetime | None:
    """When the next queued letter of these channels is due."""
    return min((await _soonest(tx, channels)).values(), default=None)


async def paces(tx: Transaction, chats: Iterable[Chat]) -> dict[Chat, datetime]:
    keys = list(chats)
    rows = await tx.all(select(pace).where(tuple_(pace.c.channel, pace.c.address).in_(keys)))
    return {(row.channel, row.address): row.next_at for row in rows}


async def set_paces(tx: Transaction, paced: dict[Chat, datetime]) -> None:
    rows = [{"channel": channel, "address": where, "next_at": at} for (channel, where), at in paced.items()]
    await tx.put(pace, rows)


async def forget_paces(tx: Transaction, before: datetime) -> None:
    """Forgets when chats might send again where that is long past."""
    await tx.execute(delete(pace).where(pace.c.next_at < before))


async def sent_to(tx: Transaction, person: str, limit: int) -> list[Letter]:
    """What this person was last sent on duty: reminders, not replies."""
    duty = [kind.value for kind, handling in HANDLING.items() if handling.quiet]
    mine = select(outbox).where(outbox.c.person == person, outbox.c.kind.in_(duty), outbox.c.state == "sent")
    return [letter(row) for row in await tx.all(mine.order_by(outbox.c.settled_at.desc()).limit(limit))]


async def listed(tx: Transaction, limit: int, states: Sequence[str] = ()) -> list[Letter]:
    """The newest letters, of all states or of some, for the operator."""
    newest = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.id).limit(limit)
    rows = await tx.all(newest.where(outbox.c.state.in_(states)) if states else newest)
    return [letter(row) for row in rows]


# ---- built once: making these statements costs more than running them --------------------------------------------

# What the index holds, in its order. Replies of one turn are numbered with leading zeros.
IN_ORDER = (outbox.c.ready_at, outbox.c.created_at, outbox.c.turn, outbox.c.id)


def _behind_another_try() -> ColumnElement[bool]:
    """A letter of the same chat came back and is to be tried again: what was queued after it must not overtake it,
    and while it waits nothing goes to that chat."""
    tried = outbox.alias("tried")
    older = tuple_(tried.c.created_at, tried.c.id) < tuple_(outbox.c.created_at, outbox.c.id)
    return exists().where(
        tried.c.channel == outbox.c.channel,
        tried.c.address == outbox.c.address,
        tried.c.state == "queued",
        tried.c.reason.is_not(None),
        tried.c.reason != NOBODY,
        or_(tried.c.ready_at > bindparam("now", type_=Moment), older),
    )


def _due() -> Select[Any]:
    """One lane at a time: so the index gives the order, however many letters wait."""
    under_way = select(outbox.c.channel, outbox.c.address).where(SENDING)
    chat = tuple_(outbox.c.channel, outbox.c.address)
    of_channels = outbox.c.channel.in_(bindparam("channels", expanding=True))
    due = outbox.c.ready_at <= bindparam("now", type_=Moment)
    return (
        select(outbox, address.c.on.label("reachable"))
        .join(
            address,
            and_(address.c.channel == outbox.c.channel, address.c.address == outbox.c.address),
            isouter=True,
        )
        .where(QUEUED, outbox.c.lane == bindparam("lane"), due, of_channels)
        .where(chat.not_in(under_way), chat.not_in(bindparam("busy", expanding=True)), ~_behind_another_try())
        .order_by(*IN_ORDER)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=outbox)
    )


def _first_of(lane: int) -> ScalarSelect[Any]:
    of_channels = outbox.c.channel.in_(bindparam("channels", expanding=True))
    first = select(outbox.c.ready_at).where(QUEUED, outbox.c.lane == lane, of_channels)
    return first.order_by(outbox.c.ready_at).limit(1).scalar_subquery()


DUE = _due()
SOONEST = select(*(_first_of(lane) for lane in range(LAST_LANE + 1)))
