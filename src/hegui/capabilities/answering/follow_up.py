"""A short question that only makes sense after an answer (追问): "and the fine?" keeps the topic (pure)."""

from typing import Literal

from hegui.capabilities.answering.text import tokens
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.language.chinese import normalise
from hegui.rulebook.text import Language

Aspect = Literal["penalty", "lighter", "whole", "all"]
ASPECTS: tuple[Aspect, ...] = ("penalty", "lighter", "whole")  # those that words ask for


def aspect_of(question: str, language: Language, catalogue: Catalogue) -> Aspect | None:
    """What is asked of the topic at hand; None where the question brings words of its own."""
    said = normalise(question)
    for aspect in ASPECTS:
        for word in catalogue.words(language, f"answering.follow_up.{aspect}"):
            if word in said and not tokens(said.replace(word, " ")):
                return aspect
    return None


def asks_what_follows(question: str, language: Language, catalogue: Catalogue) -> bool:
    """Whether a question is after the penalty rather than the duty."""
    said = normalise(question)
    words = catalogue.words(language, "answering.asks_what_follows")
    return any(word in said for word in words) if language == "zh" else bool(set(said.split()) & set(words))
