"""The answers that rules/ANSWERS.md shows are those that `hegui ask` gives, and they fit a phone."""

import re
from datetime import date
from pathlib import Path

import pytest

from hegui.capabilities.answering.rendering import LONGEST_CARD
from hegui.capabilities.answering.service import Answering
from hegui.rulebook.pack import Rulebook

SHOWN = (Path(__file__).parents[2] / "rules" / "ANSWERS.md").read_text(encoding="utf-8")
CARD = re.compile(
    r'^```text\n\$ hegui ask --on (?P<on>\S+)(?: --locality (?P<place>\S+))? "(?P<question>.+?)"\n(?P<text>.+?)\n```$',
    re.MULTILINE | re.DOTALL,
)
CARDS = list(CARD.finditer(SHOWN))


@pytest.fixture(scope="module")
def answering(rulebook: Rulebook) -> Answering:
    return Answering(rulebook)


def test_ten_answers_are_shown() -> None:
    assert len(CARDS) == 10


@pytest.mark.parametrize("card", CARDS, ids=[card["question"] for card in CARDS])
def test_the_answer_shown_is_the_one_given(answering: Answering, card: "re.Match[str]") -> None:
    answer = answering.ask(card["question"], None, date.fromisoformat(card["on"]), card["place"])
    assert answering.as_json(answer, None)["text"] == card["text"]
    assert len(card["text"].splitlines()) <= LONGEST_CARD
