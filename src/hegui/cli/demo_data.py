"""The made-up world of `hegui demo`: enterprises, people, a finished self-check and a case whose reminder comes soon.

Everything is written by the services that a conversation uses, as of a few days ago.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hegui.bootstrap.program import Program
from hegui.capabilities.rectification import decisions
from hegui.capabilities.rectification import service as rectification
from hegui.capabilities.rectification.model import Case
from hegui.capabilities.self_check import service as self_check
from hegui.channels.terminal.channel import NAME
from hegui.conversation.turn import Speaker
from hegui.delivery.reminders import store as reminders
from hegui.delivery.reminders.model import Advance
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.language.catalogue import CHINA, Language, Texts
from hegui.registry import enterprises, people
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.dated import Dated

CREDIT_CODES = {  # 990000 is no place
    "first": "91990000MADEM0011K",
    "second": "91990000MADEM002XB",
    "third": "91990000MADEM0038B",
}
DEMO_PACK = "network-security"
DISTRICT = "CN-99-00"
FAULTS = {"Q01": "partly", "Q05": "no", "Q06": "no", "Q14": "partly"}  # what the made-up enterprise has not done
OTHERWISE = {"F01": "website", "F02": "no", "F04": "no", "F05": "level2", "F06": "no", "F07": "no"}
RENEWED = timedelta(days=60)
LEAD = 3  # working days: the reminder that comes while one watches
REMINDED_AT = time(9)


@dataclass(frozen=True, slots=True)
class Furnished:
    """Who the visitor is, and the number of the case that is open."""

    member: str
    case: str


async def furnish(program: Program, language: Language, reminder_in: timedelta) -> Furnished:
    """Fills an empty store."""
    async with program.database.write() as tx:
        member = await _registry(tx, program, language)
        case = await _case(tx, program, member)
        await _hurry(tx, program, case, reminder_in)
    return Furnished(member.person, case.reference)


async def _registry(tx: Transaction, program: Program, language: Language) -> Speaker:
    now, say = program.clock.now(), Texts(program.catalogue, language)

    async def person(role: str) -> str:
        made = await people.add_person(
            tx,
            role="officer" if role == "officer" else "member",
            language=language,
            now=now,
            randomness=program.randomness,
            name=say(f"demo.person.{role}"),
            district=DISTRICT,
        )
        return made.id

    owner, staff, neighbour = await person("owner"), await person("staff"), await person("neighbour")
    await person("officer")
    for which, code in CREDIT_CODES.items():
        name = say(f"demo.enterprise.{which}")
        made = await enterprises.add(
            tx, name=name, uscc=code, district=DISTRICT, now=now, randomness=program.randomness
        )
        await enterprises.join(tx, made.id, owner if which == "first" else neighbour, "owner")
        if which == "first":
            await enterprises.join(tx, made.id, staff, "staff")
    await people.add_address(tx, staff, (NAME, staff), now)
    return Speaker(person=staff, role="member", language=language, channel=NAME, address=staff)


async def _case(tx: Transaction, program: Program, member: Speaker) -> Case:
    """A self-check that was finished the day before yesterday, and a case about all that it showed."""
    now, randomness = program.clock.now(), program.randomness
    begun, opened = now - timedelta(days=3), now - timedelta(days=2)
    pack = next(pack for pack in program.rulebook.packs if pack.id == DEMO_PACK and pack.checklist)
    (enterprise,) = await enterprises.of_person(tx, member.person)
    sheet = await self_check.start(tx, pack, member.person, enterprise.id, now=begun, randomness=randomness)
    while question := sheet.current:
        sheet = await self_check.answer(tx, sheet, question.id, _answer(question, now), begun)
    sheet = await self_check.finish(tx, sheet, now=opened, randomness=randomness)
    today = now.astimezone(CHINA).date()
    return await rectification.open_case(
        tx,
        program.reminders,
        await self_check.faults_on(tx, sheet),
        pack=pack.id,
        due=decisions.on_day(_due(program, now), today, program.timetable.days),
        by=member,
        now=opened,
        randomness=randomness,
    )


def _answer(question: AnyQuestion, now: datetime) -> str:
    """Done, but for the faults."""
    if isinstance(question, Dated):
        return (now - RENEWED).astimezone(CHINA).date().isoformat()
    values = [option.value for option in question.options()]
    wanted = FAULTS.get(question.id) or OTHERWISE.get(question.id) or "yes"
    return wanted if wanted in values else values[0]


def _due(program: Program, now: datetime) -> date:
    """The third working day after the last morning at which reminders leave."""
    days = program.timetable.days
    passed = now.astimezone(CHINA) - timedelta(hours=REMINDED_AT.hour)
    return days.add(days.on_or_before(passed.date()), LEAD)


async def _hurry(tx: Transaction, program: Program, case: Case, reminder_in: timedelta) -> None:
    """Its next reminder leaves in a moment, as if its morning came now."""
    held = (await program.reminders.about(tx, [case.about]))[case.about]
    rung = next(rung for rung in program.timetable.rungs(held) if rung.lead == LEAD)
    await reminders.advance(tx, [held.id], Advance(rung.index, program.clock.now() + reminder_in, 0))
