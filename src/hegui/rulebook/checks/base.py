"""What all kinds of question share."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.condition import Answers, Condition
from hegui.rulebook.law import Citation
from hegui.rulebook.obligation import EntryId
from hegui.rulebook.text import Bilingual, Language, RuleModel

UNKNOWN = "unknown"  # the person does not know: a fact to find out, never "not applicable"
SKIPPED = "skipped"

QuestionId = Annotated[str, Field(pattern=r"^[A-Z]{1,2}[0-9]{2}[a-z]?$")]
Weight = Literal["high", "medium", "low"]


class Verdict(StrEnum):
    """What an answer says about the duty."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    NONE = "none"  # a profile question: it says something about the enterprise, nothing about a duty


class Option(RuleModel):
    """One button under a question."""

    value: str = Field(pattern=r"^[a-z0-9_]{1,16}$")
    label: Bilingual


class Question(RuleModel):
    """What every question has. `asked_when` sees answers to earlier questions only (lint checks it)."""

    id: QuestionId
    text: Bilingual
    help: Bilingual | None = Field(default=None, description="what is meant, and whom to ask when one does not know")
    asked_when: Condition | None = None
    obligations: tuple[EntryId, ...] = ()
    citations: tuple[Citation, ...] = Field(default=(), description="beyond those of the obligations")
    evidence: Bilingual | None = None
    weight: Weight = "medium"
    finding: Bilingual | None = Field(default=None, description="the fault in one sentence, when the answer shows one")
    remedy: Bilingual | None = Field(default=None, description="how to put it right")

    def options(self) -> tuple[Option, ...]:
        """Buttons of this question, without the ones every question has (skip, don't know, back)."""
        raise TypeError

    def read(self, typed: str, language: Language) -> str | None:
        """The stored value for what a person typed or pressed; None when it is not an answer to this question."""
        raise TypeError

    def judge(self, answers: Mapping[str, str], today: date) -> Verdict:
        """What the answer to this question means on the day the run is judged."""
        raise TypeError

    def depends_on(self) -> frozenset[str]:
        """Questions whose answers decide whether this one is asked or what its answer means."""
        return self.asked_when.questions() if self.asked_when else frozenset()

    def is_asked(self, answers: Answers) -> bool:
        return self.asked_when is None or self.asked_when.holds(answers)


def plain(typed: str) -> str:
    """Typed text for comparison: trimmed, lower case, without a final mark."""
    return typed.strip().rstrip("。.!！").strip().lower()
