"""Free text and /ask: a question in plain words, its answer, and what one may want next."""

from collections.abc import Callable
from datetime import date, datetime

from hegui.capabilities.answering import misses, rendering
from hegui.capabilities.answering.follow_up import Aspect, aspect_of
from hegui.capabilities.answering.model import Answer, Found, Passage
from hegui.capabilities.answering.reminding import Reminding
from hegui.capabilities.answering.service import Answering
from hegui.capabilities.self_check import pages as self_check
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Language, Texts
from hegui.foundation.language.chinese import has_han
from hegui.foundation.randomness import Randomness
from hegui.registry import places

LONGEST_KEPT = 1000  # of a question that may go on to an officer
MOST_OTHERS = 2  # what is offered to whom the answer did not help
REMINDING = "remind"


class AskDialogue(Dialogue):
    """Answers; what it cannot answer it offers to hand over, with the question as it was put.

    The last topic stays with the chat as long as no other dialogue holds the floor.
    """

    name = "ask"
    commands = ("ask",)

    def __init__(self, answering: Answering, hand_over: Dialogue, reminding: Reminding, randomness: Randomness) -> None:
        self._answering = answering
        self._hand_over = hand_over
        self._reminding = reminding
        self._randomness = randomness

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        if rest:
            await self._ask(turn, rest)
        else:
            turn.reply(Draft().text(turn.say("answering.ask_what")).reply())

    async def on_text(self, turn: Turn, text: str) -> None:
        reminding = turn.floor is not None and turn.floor.dialogue == self.name and turn.floor.step == REMINDING
        if not (reminding and await self._reminding.typed(turn, text, _remembered(turn, "topic"))):
            await self._ask(turn, text)

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("officer",):
                await self._to_officer(turn)
            case ("missed", entry, ("zh" | "en") as language):
                await self._missed(turn, entry, language)
            case ("original", entry, ("zh" | "en") as language):
                await self._original(turn, entry, language)
            case ("remind", entry):
                self._when(turn, await self._about(turn, entry, turn.language))
            case ("remind", entry, days):
                await self._reminding.in_days(turn, await self._about(turn, entry, turn.language), days)
            case ("show", topic):
                await self._show(turn, topic.partition(".")[0], turn.language, "whole")
            case (("penalty" | "lighter" | "whole" | "all") as aspect, entry, ("zh" | "en") as language):
                await self._show(turn, entry, language, aspect)
            case _:
                raise Refusal("conversation.old_button")

    async def _ask(self, turn: Turn, text: str) -> None:
        language = spoken_language(text, turn.language)
        aspect = aspect_of(text, language, turn.catalogue)
        if aspect and (topic := _remembered(turn, "topic")):
            await self._show(turn, topic, language, aspect)
            return
        place = await places.of_person(turn.tx, turn.speaker.person)
        answer = self._answering.ask(text, language, _today(turn.now), place)
        others = ",".join(named.id for named in answer.suggestions if not answer.found or named.id != answer.found.id)
        _remember(turn, question=text[:LONGEST_KEPT], topic=answer.found.id if answer.found else "", others=others)
        turn.reply(self._with_buttons(answer, Texts(turn.catalogue, language)).reply())

    async def _about(self, turn: Turn, entry: str, language: Language) -> Answer:
        place = await places.of_person(turn.tx, turn.speaker.person)
        answer = self._answering.about(entry, language, _today(turn.now), place)
        if answer is None or answer.found is None:
            raise Refusal("conversation.old_button")
        return answer

    async def _to_officer(self, turn: Turn) -> None:
        """The hand-over shows the question once more before it is sent."""
        await self._hand_over.on_command(turn, self._hand_over.commands[0], _remembered(turn, "question"))

    async def _show(self, turn: Turn, entry: str, language: Language, aspect: Aspect) -> None:
        answer = await self._about(turn, entry, language)
        found = _found(answer)
        kept = {name: _remembered(turn, name) for name in ("question", "others")}
        _remember(turn, topic=entry, **kept)
        say = Texts(turn.catalogue, language)
        if aspect == "whole":
            turn.reply(self._with_buttons(answer, say).reply())
            return
        draft = _PAGES[aspect](answer, found, say)
        turn.reply(self._ways_on(draft, answer, found, say, without=aspect).reply())

    def _when(self, turn: Turn, answer: Answer) -> None:
        kept = {name: _remembered(turn, name) for name in ("question", "others")}
        if turn.floor is None or turn.floor.dialogue == self.name:
            turn.hold(self.name, REMINDING, topic=_found(answer).id, **kept)
        turn.reply(self._reminding.asks_when(turn, _found(answer)).reply())

    async def _missed(self, turn: Turn, entry: str, language: Language) -> None:
        """Notes that an answer did not fit, and offers what else may be meant."""
        say = Texts(turn.catalogue, language)
        question = _remembered(turn, "question")
        if question:
            await misses.note(turn.tx, question, entry, turn.speaker.person, turn.now, self._randomness)
        others = [one for one in _remembered(turn, "others").split(",") if one][:MOST_OTHERS]
        draft = Draft().text(say("answering.missed.others" if others else "answering.missed.none"))
        for other in others:
            draft.button(_found(await self._about(turn, other, language)).title, "ask", "whole", other, language)
        turn.reply(draft.button(say("answering.button.officer"), "ask", "officer").reply())

    async def _original(self, turn: Turn, entry: str, language: Language) -> None:
        """The wording of an entry's articles, from the texts that the operator imported."""
        answer = await self._about(turn, entry, language)
        say = Texts(turn.catalogue, language)
        draft = Draft().heading(say("answering.original.heading", on=answer.on))
        passages = self._passages(_found(answer), answer.on)
        for passage in passages:
            heading = say("answering.original.article", law=passage.law, article=passage.article)
            draft.text(heading).quote(passage.text)
        if not passages:
            draft.text(say("answering.original.none"))
        turn.reply(self._ways_on(draft, answer, _found(answer), say, without="original").reply())

    def _passages(self, found: Found, on: date) -> list[Passage]:
        statutes = self._answering.statutes
        if statutes is None:
            return []
        texts = (statutes.article(a.title, a.number, None, on) for a in found.articles if a.is_law)
        return [text for text in texts if text]

    def _with_buttons(self, answer: Answer, say: Texts) -> Draft:
        draft = rendering.page(answer, say)
        if answer.found:
            return self._ways_on(draft, answer, answer.found, say, without="whole")
        for named in answer.suggestions:
            draft.button(named.title, "ask", "whole", named.id, say.language)
        return draft.button(say("answering.button.officer"), "ask", "officer")

    def _ways_on(self, draft: Draft, answer: Answer, found: Found, say: Texts, without: str) -> Draft:
        """Rows of buttons: other sides of the same topic, what to do about it, and what if it was not meant."""
        there = {
            "back": without != "whole",
            "penalty": bool(found.consequences) and without != "penalty",
            "lighter": bool(answer.lighter) and without != "lighter",
            "all": without == "whole",
            "original": self._answering.statutes is not None and without != "original",
        }
        shown = [
            (say(f"answering.button.{name}"), _side(name, found.id, say))
            for name, is_there in there.items()
            if is_there
        ]
        for start in range(0, len(shown), 2):
            draft.row(*shown[start : start + 2])
        act = [(say("answering.button.remind"), ("ask", "remind", found.id))]
        if found.check:
            act.insert(0, (say("answering.button.check"), (self_check.CHECK, "pack", self_check.mark(found.check))))
        draft.row(*act)
        return draft.row(
            (say("answering.button.not_meant"), ("ask", "missed", found.id, say.language)),
            (say("answering.button.officer"), ("ask", "officer")),
        )


_PAGES: dict[Aspect, Callable[[Answer, Found, Texts], Draft]] = {
    "penalty": rendering.ladders,
    "lighter": rendering.lighter,
    "all": rendering.whole,
}


def _side(name: str, entry: str, say: Texts) -> tuple[str, ...]:
    return ("ask", "whole" if name == "back" else name, entry, say.language)


def _found(answer: Answer) -> Found:
    if answer.found is None:
        raise Refusal("conversation.old_button")
    return answer.found


def spoken_language(text: str, usual: Language) -> Language:
    """The language of the question where it shows; a short Latin word such as ICP says nothing."""
    if has_han(text):
        return "zh"
    return "en" if len([word for word in text.split() if word.isalpha()]) > 1 else usual


def _remember(turn: Turn, **told: str) -> None:
    """A dialogue that is in the middle of something keeps its floor: a question in between does not end it."""
    if turn.floor is None or turn.floor.dialogue == AskDialogue.name:
        turn.hold(AskDialogue.name, "answered", **told)


def _remembered(turn: Turn, what: str) -> str:
    mine = turn.floor is not None and turn.floor.dialogue == AskDialogue.name
    return turn.floor.data.get(what, "") if mine and turn.floor else ""


def _today(now: datetime) -> date:
    return now.astimezone(CHINA).date()
