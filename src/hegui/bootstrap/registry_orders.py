"""Orders of the registry's commands: the operator enters enterprises and people, and invites. Each is audited."""

from datetime import datetime
from typing import Any, get_args

from hegui.bootstrap.program import Program
from hegui.conversation.turn import Role
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Texts
from hegui.registry import districts, enterprise_rows, enterprises, invitations, people, tags
from hegui.registry.invitations import Issued
from hegui.registry.model import Enterprise, Person

DOOR = "command"
STAFF_ROLES = tuple(role for role in get_args(Role) if role != "member")
Given = dict[str, Any]


async def add_enterprise(program: Program, given: Given) -> Given:
    """Registers one. Raises Refusal for what is wrong, and where the code is registered already."""
    rulebook = program.rulebook
    name = enterprise_rows.name_of(given["name"])
    district = districts.read(given["district"], rulebook.places)
    tagged = tags.read_all(given.get("tags") or (), rulebook.facts)
    async with program.database.write() as tx:
        officer = given.get("officer")
        its = enterprise_rows.officer_of(officer, await people.by_role(tx, "officer")) if officer else None
        made = await enterprises.add(
            tx,
            name=name,
            uscc=given["uscc"],
            district=district,
            now=program.clock.now(),
            randomness=program.randomness,
            tags=tagged,
        )
        if its:
            await enterprises.set_officers(tx, {made.id: its})
        await _note(tx, program, given, "enterprise registered", f"enterprise:{made.id}", enterprise=made.id)
    return {"enterprise": made.id, "name": made.name, "uscc": made.uscc}


async def affiliate(program: Program, given: Given) -> Given:
    """Puts an enterprise under a lead enterprise, or takes it away again."""
    async with program.database.write() as tx:
        lead, other = await _enterprise(tx, given["lead"]), await _enterprise(tx, given["affiliate"])
        if given.get("end"):
            if not await enterprises.part(tx, lead.id, other.id):
                raise Refusal("registry.no_affiliation")
        else:
            await enterprises.affiliate(tx, lead.id, other.id, program.clock.now())
        act = "affiliation ended" if given.get("end") else "affiliation entered"
        await _note(tx, program, given, act, f"enterprise:{lead.id}", enterprise=lead.id, affiliate=other.id)
        now = await enterprises.affiliates(tx, lead.id)
    return {"lead": lead.id, "affiliates": [one.id for one in now]}


async def revoke_membership(program: Program, given: Given) -> Given:
    """Ends a membership: nothing of the enterprise is shown to that person from the next act on."""
    async with program.database.write() as tx:
        its, who = await _enterprise(tx, given["enterprise"]), str(given["person"])
        if not await enterprises.leave(tx, its.id, who):
            raise Refusal("registry.no_membership")
        await _note(tx, program, given, "membership revoked", f"enterprise:{its.id}", enterprise=its.id, person=who)
    return {"enterprise": its.id, "person": who}


async def transfer(program: Program, given: Given) -> Given:
    """Gives an officer's enterprises, all or those named, to another officer."""
    async with program.database.write() as tx:
        before, after = await _person(tx, given["from"]), await _officer(tx, given["to"])
        named = [(await _enterprise(tx, one)).id for one in given.get("enterprises") or ()]
        count = await enterprises.transfer(tx, before.id, after.id, named)
        await _note(tx, program, given, "enterprises transferred", f"person:{before.id}", to=after.id, count=count)
    return {"from": before.id, "to": after.id, "transferred": count}


async def add_user(program: Program, given: Given) -> Given:
    """Makes a person with a role, and an invitation to it."""
    role = given["role"]
    if role not in STAFF_ROLES:
        raise Refusal("registry.bad_role", text=role)
    now = program.clock.now()
    async with program.database.write() as tx:
        made = await people.add_person(
            tx,
            role=role,
            language=given.get("language") or program.settings.language,
            now=now,
            randomness=program.randomness,
            name=enterprise_rows.name_of(given["name"]),
            district=districts.read(given["district"], program.rulebook.places),
            unit=enterprise_rows.name_of(given["unit"]) if given.get("unit") else None,
        )
        await _note(tx, program, given, "person registered", f"person:{made.id}", role=role)
        issued = await _issue(tx, program, given, {"person": made.id})
    return {"person": made.id} | _shown(issued, await program.bot_name())


async def dismiss_user(program: Program, given: Given) -> Given:
    """Takes a person's role away from the next act on; their enterprises may go to another officer at the same time."""
    async with program.database.write() as tx:
        who = await _person(tx, given["person"])
        if not await people.dismiss(tx, who.id):
            raise Refusal("registry.no_role", person=who.id)
        await invitations.revoke(tx, who.id, program.clock.now())
        to = (await _officer(tx, given["to"])).id if given.get("to") else None
        moved = await enterprises.transfer(tx, who.id, to) if to else await enterprises.release(tx, who.id)
        await _note(tx, program, given, "person dismissed", f"person:{who.id}", role=who.role, to=to, count=moved)
    return {"person": who.id, "enterprises": moved, "to": to}


async def invite(program: Program, given: Given) -> list[Given]:
    """One answer for each of `invitations`, in order: the invitation, or why there is none."""
    say = Texts(program.catalogue, given.get("language") or program.settings.language)
    answers: list[Issued | Given] = []
    async with program.database.write() as tx:
        for wanted in given["invitations"]:
            try:
                answers.append(await _invite(tx, program, given, wanted))
            except Refusal as refusal:
                answers.append({"refused": say(refusal.key, **refusal.params)})
    bot = await program.bot_name()
    return [_shown(one, bot) if isinstance(one, Issued) else one for one in answers]


async def _invite(tx: Transaction, program: Program, given: Given, wanted: Given) -> Issued:
    """Everything is checked before anything is written, so that a refusal leaves nothing behind."""
    if "unreadable" in wanted:
        raise Refusal("registry.bad_line")
    if wanted.get("person"):
        who = await _person(tx, wanted["person"])
        return await _issue(tx, program, given, {"person": who.id})
    role = wanted.get("role") or "staff"
    if role not in ("owner", "staff"):
        raise Refusal("registry.bad_membership", text=str(role)[:40])
    its = await _enterprise(tx, str(wanted.get("enterprise") or ""))
    return await _issue(tx, program, given, {"enterprise": its.id, "role": role})


async def _issue(tx: Transaction, program: Program, given: Given, to: Given) -> Issued:
    now = program.clock.now()
    expires = datetime.fromisoformat(given["expires"]) if given.get("expires") else now + invitations.LASTS
    by = f"os:{given['os_user']}"
    issued = await invitations.make(tx, **to, by=by, now=now, expires=expires, randomness=program.randomness)
    await _note(tx, program, given, "invitation made", f"invitation:{issued.invitation.id}", **to)
    return issued


def _shown(issued: Issued, bot: str | None) -> Given:
    """`link` is the deep link; without a bot the command that redeems the token."""
    made = issued.invitation
    whose = {"person": made.person} if made.person else {"enterprise": made.enterprise, "role": made.role}
    link = f"https://t.me/{bot}?start={issued.token}" if bot else f"hegui chat --invitation {issued.token}"
    return {**whose, "token": issued.token, "link": link, "expires": made.expires_at.isoformat()}


async def _enterprise(tx: Transaction, named: str) -> Enterprise:
    found = await enterprises.named(tx, named)
    if found is None:
        raise Refusal("registry.no_such_enterprise", text=named[:40])
    return found


async def _person(tx: Transaction, named: str) -> Person:
    found = await people.get(tx, named)
    if found is None or found.name is None:
        raise Refusal("registry.no_such_person", text=named[:40])
    return found


async def _officer(tx: Transaction, named: str) -> Person:
    found = await people.get(tx, named)
    if found is None or found.role != "officer":
        raise Refusal("registry.no_such_officer", text=named[:40])
    return found


async def _note(tx: Transaction, program: Program, given: Given, act: str, about: str, **detail: Any) -> None:
    """The line of the audit log: it names the user of the machine who gave the order."""
    actor = f"os:{given['os_user']}"
    await audit.record(tx, act, at=program.clock.now(), actor=actor, about=about, door=DOOR, **detail)
