"""A small checklist, and a person who talks about it to the dialogue."""

from datetime import date

from tests.fakes import FixedClock, SeededRandomness
from tests.talk import Parrot

from hegui.capabilities.self_check.dialogue import SelfCheckDialogue
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.router import Router
from hegui.conversation.turn import Floor, Role, Speaker, Turn
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue, Language
from hegui.registry import people
from hegui.rulebook.checklist import Checklist
from hegui.rulebook.pack import Pack, Rulebook

CSL = {"law": "csl", "article": 23, "version": "2026-01-01"}


def said(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def when(question: str, *values: str) -> dict[str, object]:
    return {"kind": "answer_is", "question": question, "any_of": list(values)}


def duty(question: str, weight: str, **more: object) -> dict[str, object]:
    return {
        "id": question,
        "kind": "yes_no",
        "text": said(f"{question}做到了吗？", f"Is {question} done?"),
        "citations": [CSL],
        "evidence": said(f"{question}的记录", f"Records of {question}"),
        "weight": weight,
        "finding": said(f"{question}没有做到。", f"{question} is not done."),
        "remedy": said(f"把{question}补上。", f"Do {question}."),
        **more,
    }


QUESTIONS: list[dict[str, object]] = [
    {
        "id": "F01",
        "kind": "choice",
        "text": said("怎么用网？", "How do you use the network?"),
        "help": said("看有没有网站。", "Is there a website?"),
        "choices": [
            {"value": "office", "label": said("只办公", "Office only")},
            {"value": "site", "label": said("有网站", "Website")},
        ],
    },
    {
        "id": "F02",
        "kind": "choice",
        "text": said("网站能发内容吗？", "Can people post?"),
        "asked_when": when("F01", "site"),
        "choices": [
            {"value": "yes", "label": said("能", "Yes")},
            {"value": "no", "label": said("不能", "No")},
        ],
    },
    duty("Q01", "high"),
    {
        **duty("Q02", "medium", asked_when=when("Q01", "yes", "partly")),
        "kind": "dated",
        "rules": [{"require": {"kind": "at_least_months_ago", "months": 6}}],
    },
    duty("Q03", "low", asked_when=when("F02", "yes")),
    duty("Q04", "medium"),
]


def small_pack(**changes: dict[str, object]) -> Pack:
    """The pack; `changes` replaces parts of questions."""
    questions = [{**question, **changes.get(str(question["id"]), {})} for question in QUESTIONS]
    checklist = Checklist.model_validate(
        {
            "id": "small",
            "title": said("小自查", "Small check"),
            "introduction": said("几个问题。", "A few questions."),
            "questions": questions,
        }
    )
    return Pack(
        id="small",
        title=said("小自查", "Small check"),
        summary=said("例", "Example"),
        version="2026.1.1",
        checked_on=date(2026, 1, 1),
        reads={},
        checklist=checklist,
        digest="d",
    )


def with_pack(rulebook: Rulebook, pack: Pack) -> Rulebook:
    return rulebook.model_copy(update={"packs": (pack,)})


class Talk:
    """Hands acts of people to the dialogue, one transaction each, and keeps the floor of every chat between them."""

    def __init__(self, database: Database, catalogue: Catalogue, rulebook: Rulebook, clock: FixedClock) -> None:
        self.database, self.catalogue, self.clock = database, catalogue, clock
        self.randomness = SeededRandomness(7)
        self.router = Router([SelfCheckDialogue(rulebook, self.randomness)], free_text=Parrot(), catalogue=catalogue)
        self.floors: dict[str, Floor | None] = {}
        self.said: list[Reply] = []

    async def meets(self, role: Role = "member", language: Language = "zh") -> Speaker:
        async with self.database.write() as tx:
            made = await people.add_person(
                tx, role=role, language=language, now=self.clock.now(), randomness=self.randomness
            )
        return Speaker(person=made.id, role=role, language=language, channel="test", address=made.id)

    async def does(self, who: Speaker, incoming: Incoming) -> Reply:
        async with self.database.write() as tx:
            turn = Turn(
                tx,
                who,
                incoming,
                now=self.clock.now(),
                catalogue=self.catalogue,
                floor=self.floors.get(who.chat),
            )
            await self.router.handle(turn)
        self.floors[who.chat] = turn.floor
        self.said.extend(turn.replies)
        return turn.replies[-1]

    async def says(self, who: Speaker, text: str) -> Reply:
        return await self.does(who, Incoming(kind="text", text=text))

    async def presses(self, who: Speaker, action: str) -> Reply:
        return await self.does(who, Incoming(kind="press", action=action, message=1))

    async def sends(self, who: Speaker, name: str, sha256: str = "aa", size: int = 2048) -> Reply:
        kept = Attachment(source="x", name=name, media_type="image/png", size=size, stored=f"s-{name}", sha256=sha256)
        return await self.does(who, Incoming(kind="file", attachment=kept))

    async def chooses(self, who: Speaker, reply: Reply, label: str) -> Reply:
        return await self.presses(who, action_of(reply, label))

    async def begins(self, who: Speaker) -> Reply:
        return await self.chooses(who, await self.says(who, "/check"), "开始")

    async def finishes(self, who: Speaker, *answers: str) -> Reply:
        """From the first question to the result, with typed answers."""
        shown = await self.begins(who)
        for typed in answers:
            shown = await self.says(who, typed)
        return await self.chooses(who, shown, "完成自查")


def action_of(reply: Reply, label: str) -> str:
    return next(button.action for button in reply.buttons if button.label.startswith(label))


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def run_of(reply: Reply) -> str:
    return next(button.action.split(":")[2] for button in reply.buttons if button.action.startswith("check:list"))
