"""Free text and /ask: a question in plain words, its answer, and what one may want next."""

from collections.abc import Callable
from datetime import date, datetime

from hegui.capabilities.answering import rendering
from hegui.capabilities.answering.follow_up import Aspect, aspect_of
from hegui.capabilities.answering.model import Answer, Found
from hegui.capabilities.answering.service import Answering
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Language, Texts
from hegui.foundation.language.chinese import has_han

LONGEST_KEPT = 1000  # of a question that may go on to an officer


class AskDialogue(Dialogue):
    """Answers; what it cannot answer it offers to hand over, with the question as it was put.

    The last topic stays with the chat as long as no other dialogue holds the floor.
    """

    name = "ask"
    commands = ("ask",)

    def __init__(self, answering: Answering, hand_over: Dialogue) -> None:
        self._answering = answering
        self._hand_over = hand_over

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        if rest:
            await self.on_text(turn, rest)
        else:
            turn.reply(Draft().text(turn.say("answering.ask_what")).reply())

    async def on_text(self, turn: Turn, text: str) -> None:
        language = spoken_language(text, turn.language)
        aspect = aspect_of(text, language, turn.catalogue)
        if aspect and (topic := _remembered(turn, "topic")):
            self._show(turn, topic, language, aspect)
            return
        answer = self._answering.ask(text, language, _today(turn.now))
        _remember(turn, question=text[:LONGEST_KEPT], topic=answer.found.id if answer.found else "")
        turn.reply(_with_buttons(answer, Texts(turn.catalogue, language)).reply())

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("officer",):
                await self._to_officer(turn)
            case (("penalty" | "lighter" | "whole") as aspect, entry, ("zh" | "en") as language):
                self._show(turn, entry, language, aspect)
            case _:
                raise Refusal("conversation.old_button")

    async def _to_officer(self, turn: Turn) -> None:
        """The hand-over shows the question once more before it is sent."""
        await self._hand_over.on_command(turn, self._hand_over.commands[0], _remembered(turn, "question"))

    def _show(self, turn: Turn, entry: str, language: Language, aspect: Aspect) -> None:
        answer = self._answering.about(entry, language, _today(turn.now))
        if answer is None or answer.found is None:
            raise Refusal("conversation.old_button")
        _remember(turn, question=_remembered(turn, "question"), topic=entry)
        say = Texts(turn.catalogue, language)
        if aspect == "whole":
            turn.reply(_with_buttons(answer, say).reply())
            return
        draft = _PAGES[aspect](answer, answer.found, say)
        turn.reply(_ways_on(draft, answer, answer.found, say, without=aspect).reply())


_PAGES: dict[Aspect, Callable[[Answer, Found, Texts], Draft]] = {
    "penalty": rendering.ladders,
    "lighter": rendering.lighter,
}


def spoken_language(text: str, usual: Language) -> Language:
    """The language of the question where it shows; a short Latin word such as ICP says nothing."""
    if has_han(text):
        return "zh"
    return "en" if len([word for word in text.split() if word.isalpha()]) > 1 else usual


def _with_buttons(answer: Answer, say: Texts) -> Draft:
    draft = rendering.page(answer, say)
    if answer.found:
        _ways_on(draft, answer, answer.found, say, without="whole")
    for named in answer.suggestions:
        draft.button(named.title, "ask", "whole", named.id, say.language)
    if not answer.found:
        draft.button(say("answering.button.officer"), "ask", "officer")
    return draft


def _ways_on(draft: Draft, answer: Answer, found: Found, say: Texts, without: Aspect) -> Draft:
    """Rows of buttons: other sides of the same topic, then the self-check and the officer."""
    there: dict[Aspect, bool] = {"whole": True, "penalty": bool(found.consequences), "lighter": bool(answer.lighter)}
    shown = [aspect for aspect, is_there in there.items() if is_there and aspect != without]
    if shown:
        draft.row(*((say(f"answering.button.{aspect}"), ("ask", aspect, found.id, say.language)) for aspect in shown))
    return draft.row(
        (say("answering.button.check"), ("check", "open")),
        (say("answering.button.officer"), ("ask", "officer")),
    )


def _remember(turn: Turn, **told: str) -> None:
    """A dialogue that is in the middle of something keeps its floor: a question in between does not end it."""
    if turn.floor is None or turn.floor.dialogue == AskDialogue.name:
        turn.hold(AskDialogue.name, "answered", **told)


def _remembered(turn: Turn, what: str) -> str:
    mine = turn.floor is not None and turn.floor.dialogue == AskDialogue.name
    return turn.floor.data.get(what, "") if mine and turn.floor else ""


def _today(now: datetime) -> date:
    return now.astimezone(CHINA).date()
