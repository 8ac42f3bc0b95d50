"""Kinds of letter, each with its lane, its policy when the outcome is unknown, and whether quiet hours hold it.

The policies are those of the promises: duties are sent once more and say so, an answer in chat once more when
the person has not gone on, an edit again because that changes nothing.
"""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

Policy = Literal["again-marked", "again-if-no-newer-turn", "again"]


class LetterKind(StrEnum):
    """What a letter is."""

    REPLY = "reply"
    EDIT = "edit"
    REMINDER_DUE = "reminder-due"
    REMINDER_EARLY = "reminder-early"
    HAND_OVER = "hand-over"
    RESULT = "result"
    ALARM = "alarm"


class Handling(BaseModel):
    """How a kind is handled. Lanes: 0 urgent, 1 interactive, 2 due, 3 early, 4 digest."""

    model_config = ConfigDict(frozen=True)

    lane: int
    when_unknown: Policy
    quiet: bool


HANDLING: dict[LetterKind, Handling] = {
    LetterKind.ALARM: Handling(lane=0, when_unknown="again-marked", quiet=False),
    LetterKind.REPLY: Handling(lane=1, when_unknown="again-if-no-newer-turn", quiet=False),
    LetterKind.EDIT: Handling(lane=1, when_unknown="again", quiet=False),
    LetterKind.HAND_OVER: Handling(lane=1, when_unknown="again-marked", quiet=False),
    LetterKind.RESULT: Handling(lane=1, when_unknown="again-marked", quiet=False),
    LetterKind.REMINDER_DUE: Handling(lane=2, when_unknown="again-marked", quiet=True),
    LetterKind.REMINDER_EARLY: Handling(lane=3, when_unknown="again-marked", quiet=True),
}
