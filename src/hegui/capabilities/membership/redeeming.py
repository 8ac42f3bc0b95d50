"""Redeems an invitation. Wrong, used, revoked and expired ones get one and the same answer, after the same look-ups."""

from hegui.capabilities.membership import alarms
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Speaker, Turn
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises, invitations, people
from hegui.registry.model import Invitation


async def redeem(turn: Turn, token: str) -> Draft:
    """What is said about it. Raises Refusal, which leaves the invitation open, where the person must do something."""
    if not await invitations.may_try(turn.tx, turn.speaker.chat, turn.now):
        await turn.audit("invitation refused", "invitation", outcome="too many tries")
        return _no(turn)
    taken = await invitations.take(turn.tx, token.strip(), turn.speaker.person, turn.now)
    if taken is None:
        await _refuse(turn, await invitations.look(turn.tx, token.strip()))
        return _no(turn)
    return await (_move_in(turn, taken, taken.person) if taken.person else _join(turn, taken))


def _no(turn: Turn) -> Draft:
    return Draft().text(turn.say("membership.no_such_invitation"))


async def _refuse(turn: Turn, found: Invitation | None) -> None:
    """The reason is for the audit log only."""
    me = turn.speaker.person
    about = f"invitation:{found.id}" if found else "invitation"
    its = found.enterprise if found else None
    await turn.audit("invitation refused", about, enterprise=its, outcome=_reason(found))
    if found and found.used_by == me:
        return  # the link pressed twice by the one it was for
    if await invitations.note_wrong(turn.tx, turn.speaker.chat, turn.now):
        await alarms.guessed(turn)
    if found and found.used_by:
        await alarms.used_again(turn, found)


def _reason(found: Invitation | None) -> str:
    if found is None:
        return "wrong"
    if found.used_at:
        return "used"
    return "revoked" if found.revoked_at else "expired"


async def _join(turn: Turn, taken: Invitation) -> Draft:
    """The speaker becomes a member. Raises Refusal for somebody who serves the authorities."""
    if turn.speaker.role != "member":
        raise Refusal("membership.not_for_officials")
    enterprise = await enterprises.get(turn.tx, taken.enterprise or "")
    if enterprise is None or taken.role is None:
        raise Refusal("membership.no_such_invitation")
    await enterprises.join(turn.tx, enterprise.id, turn.speaker.person, taken.role)
    about = f"enterprise:{enterprise.id}"
    await turn.audit("membership begun", about, enterprise=enterprise.id, invitation=taken.id, role=taken.role)
    role = turn.say(f"membership.role.{taken.role}")
    return (
        Draft()
        .heading(turn.say("membership.joined", enterprise=enterprise.name))
        .text(turn.say("membership.as_role", role=role))
    )


async def _move_in(turn: Turn, taken: Invitation, person_id: str) -> Draft:
    """The chat becomes that of a registered person. Raises Refusal for somebody who belongs to an enterprise."""
    before = turn.speaker
    if before.person != person_id and await enterprises.of_person(turn.tx, before.person):
        raise Refusal("membership.leave_first")
    person = await people.get(turn.tx, person_id)
    if person is None:
        raise Refusal("membership.no_such_invitation")
    await people.move_in(turn.tx, person.id, (before.channel, before.address), turn.now)
    await people.set_language(turn.tx, person.id, before.language)
    await turn.audit("account taken over", f"person:{person.id}", invitation=taken.id)
    turn.speaker = Speaker(
        person=person.id, role=person.role, language=before.language, channel=before.channel, address=before.address
    )
    draft = Draft().heading(turn.say("membership.welcome", name=person.name or ""))
    return draft.text(turn.say("membership.as_role", role=turn.say(f"membership.role.{person.role}")))
