"""/human: type the question, see what will be sent, send it. Officers look and answer."""

from hashlib import sha256

from hegui.capabilities.hand_over import decisions, service, store
from hegui.capabilities.hand_over.model import HandOver
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness
from hegui.rulebook.working_days import WorkingDays

LONGEST_QUESTION = 1000


class HandOverDialogue(Dialogue):
    """Nothing goes to an officer before the person has seen it and pressed send."""

    name = "human"
    commands = ("human",)

    def __init__(self, days: WorkingDays, randomness: Randomness) -> None:
        self._days = days
        self._randomness = randomness

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        await (self._confirm(turn, rest) if rest else self._ask(turn))

    async def on_text(self, turn: Turn, text: str) -> None:
        if turn.floor and turn.floor.step == "answer":
            await self._answer(turn, turn.floor.data["which"], text)
        else:
            await self._confirm(turn, text)

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("ask",):
                await self._ask(turn)
            case ("send", which):
                await self._send(turn, which)
            case ("leave",):
                if turn.floor and turn.floor.dialogue == self.name:
                    turn.release()
                turn.reply(Draft().text(turn.say("human.left")).reply(panel=True))
            case ("look", which):
                await self._look(turn, which)
            case ("reply", which):
                await self._begin_answer(turn, which)
            case _:
                raise Refusal("conversation.old_button")

    async def _ask(self, turn: Turn) -> None:
        await service.refuse_without_officers(turn)
        turn.hold(self.name, "question")
        draft = Draft().text(turn.say("human.ask")).note(turn.say("human.privacy"))
        turn.reply(draft.button(turn.say("human.button.leave"), "human", "leave").reply())

    async def _confirm(self, turn: Turn, question: str) -> None:
        await service.refuse_without_officers(turn)
        if len(question) > LONGEST_QUESTION:
            raise Refusal("conversation.too_long", longest=LONGEST_QUESTION)
        turn.hold(self.name, "confirm", question=question)
        draft = Draft().text(turn.say("human.confirm")).quote(question).note(turn.say("human.privacy"))
        leave = (turn.say("human.button.leave"), ("human", "leave"))
        turn.reply(draft.row((turn.say("human.button.send"), ("human", "send", _mark(question))), leave).reply())

    async def _send(self, turn: Turn, which: str) -> None:
        """`which` marks the text above the button: a button of an earlier text does not send a later one."""
        held = turn.floor if turn.floor and turn.floor.dialogue == self.name else None
        if held is None or held.step != "confirm" or _mark(held.data["question"]) != which:
            raise Refusal("human.sent_already")
        asked = await service.ask(turn, held.data["question"], self._randomness)
        turn.release()
        from_when = decisions.looked_at_from(turn.now, self._days)
        key = "human.sent" if from_when <= turn.now else "human.sent_closed"
        turn.reply(Draft().text(turn.say(key, number=asked.id, when=from_when)).reply(panel=True))

    # ---- the officer's side ------------------------------------------------------------------------------------

    async def _open_one(self, turn: Turn, which: str) -> HandOver:
        """Raises the same Refusal for those who may not look and for what does not exist."""
        asked = await store.get(turn.tx, which) if turn.speaker.role == "officer" else None
        if asked is None:
            raise Refusal("conversation.old_button")
        return asked

    async def _look(self, turn: Turn, which: str) -> None:
        asked = await self._open_one(turn, which)
        draft = Draft().heading(turn.say("human.question.title", number=asked.id)).quote(asked.question)
        draft.note(turn.say("human.question.asked", when=asked.asked_at))
        if asked.state == "open":
            draft.button(turn.say("human.button.reply"), "human", "reply", which)
        else:
            draft.text(asked.answer or "")
        await turn.audit("question looked at", f"hand-over:{which}")
        turn.reply(draft.reply())

    async def _begin_answer(self, turn: Turn, which: str) -> None:
        asked = await self._open_one(turn, which)
        if asked.state != "open":
            raise Refusal("human.answered_already")
        turn.hold(self.name, "answer", which=which)
        turn.reply(Draft().text(turn.say("human.type_answer")).quote(asked.question).reply())

    async def _answer(self, turn: Turn, which: str, text: str) -> None:
        turn.release()
        if (await self._open_one(turn, which)).state != "open":
            turn.reply(Draft().text(turn.say("human.answered_already")).reply())
            return
        await service.answer(turn, which, text)
        turn.reply(Draft().text(turn.say("human.answered")).reply())


def _mark(question: str) -> str:
    return sha256(question.encode()).hexdigest()[:12]
