"""Alarms about invitations: somebody used one that was used already, or tries so many that it looks like guessing."""

from collections.abc import Iterable

from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.foundation.language.catalogue import Texts
from hegui.registry import enterprises, people
from hegui.registry.model import Invitation, Person


async def used_again(turn: Turn, invitation: Invitation) -> None:
    """Tells the owners, the contact officer and the one who came in by it: once each, whoever tries how often."""
    told = await _concerned(turn, invitation) - {turn.speaker.person}
    enterprise = await enterprises.get(turn.tx, invitation.enterprise) if invitation.enterprise else None
    await turn.audit("invitation alarm", f"invitation:{invitation.id}", outcome="used again", told=len(told))
    for person in await _found(turn, told):
        say = Texts(turn.catalogue, person.language)
        draft = Draft().heading(say("membership.alarm.title"))
        if enterprise:
            draft.text(say("membership.alarm.enterprise", enterprise=enterprise.name))
        else:
            draft.text(say("membership.alarm.account"))
        draft.note(say("membership.alarm.what_to_do"))
        await _write(turn, person, f"invitation:{invitation.id}:again:{person.id}", draft)


async def guessed(turn: Turn) -> None:
    """Tells the operators that very many wrong tokens came within an hour."""
    operators = await people.by_role(turn.tx, "operator")
    await turn.audit("invitation alarm", "invitation", outcome="many wrong tries", told=len(operators))
    for person in operators:
        say = Texts(turn.catalogue, person.language)
        draft = Draft().heading(say("membership.alarm.title")).text(say("membership.alarm.guessing"))
        await _write(turn, person, f"invitations:guessed:{turn.now:%Y%m%d%H}:{person.id}", draft)


async def _concerned(turn: Turn, invitation: Invitation) -> set[str]:
    told = {invitation.used_by, invitation.person}
    if its := invitation.enterprise:
        members = (await enterprises.members(turn.tx, [its])).get(its, ())
        told |= {member.person for member in members if member.role == "owner"}
        told.add(await enterprises.officer_of(turn.tx, its))
    return {person for person in told if person}


async def _found(turn: Turn, ids: Iterable[str]) -> list[Person]:
    found = [await people.get(turn.tx, one) for one in sorted(ids)]
    return [person for person in found if person]


async def _write(turn: Turn, to: Person, key: str, draft: Draft) -> None:
    """Queues the letter to the address that the person used last; the sender finds it."""
    reached = (await people.addresses(turn.tx, [to.id])).get(to.id, ())
    letters = [
        NewLetter(
            key=key,
            kind=LetterKind.ALARM,
            person=to.id,
            channel=where.channel,
            address=where.address,
            about=key.rpartition(":")[0],
            reply=draft.reply(),
            ready_at=turn.now,
        )
        for where in reached[:1]
    ]
    await outbox.queue(turn.tx, letters, now=turn.now)
