"""Reads what a person types under a question: an answer, a wish such as back or skip, or neither."""

from datetime import date
from typing import Literal, NamedTuple

from hegui.capabilities.self_check import pages
from hegui.conversation.turn import Turn
from hegui.foundation.language.catalogue import CHINA, LANGUAGES
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.base import plain
from hegui.rulebook.checks.dated import Dated

Wish = Literal["skip", "unsure", "back", "help"]
WISHES: tuple[Wish, ...] = ("skip", "unsure", "back", "help")
LONGER_THAN_AN_ANSWER = 8
QUESTION_MARKS = "?？"


class Read(NamedTuple):
    """Exactly one of: the value to keep, what is wished instead, or sentences on why it is no answer."""

    value: str | None = None
    wish: Wish = "skip"
    problem: tuple[str, ...] = ()


def read(turn: Turn, question: AnyQuestion, text: str) -> Read:
    value = question.read(text, turn.language)
    if value is not None:
        if isinstance(question, Dated) and date.fromisoformat(value) > turn.now.astimezone(CHINA).date():
            return Read(problem=(turn.say("check.not_an_answer.future"),))
        return Read(value=value)
    word = plain(text).rstrip(QUESTION_MARKS)
    for wish in WISHES:
        if any(word in turn.catalogue.words(language, f"check.words.{wish}") for language in LANGUAGES):
            return Read(wish=wish)
    return Read(problem=_no_answer(turn, question, text))


def _no_answer(turn: Turn, question: AnyQuestion, text: str) -> tuple[str, ...]:
    example = pages.example_of(turn, question)
    asks = text.rstrip().endswith(tuple(QUESTION_MARKS)) or len(text) > LONGER_THAN_AN_ANSWER
    return (example, turn.say("check.not_an_answer.ask_instead")) if asks else (example,)
