"""Conditions of packs: a small closed set of models, no expressions.

An answer that is unknown or skipped satisfies none but the one that names it.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.text import RuleModel

Answers = Mapping[str, str]  # question id -> value as stored: a choice, an ISO date, "unknown" or "skipped"


class AnswerIs(RuleModel):
    """The question was answered with one of these values."""

    kind: Literal["answer_is"]
    question: str
    any_of: tuple[str, ...] = Field(min_length=1)

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.question) in self.any_of

    def questions(self) -> frozenset[str]:
        return frozenset({self.question})


class AllOf(RuleModel):
    """Every one of the conditions holds."""

    kind: Literal["all_of"]
    conditions: tuple["Condition", ...] = Field(min_length=1)

    def holds(self, answers: Answers) -> bool:
        return all(c.holds(answers) for c in self.conditions)

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(c.questions() for c in self.conditions))


class AnyOf(RuleModel):
    """At least one of the conditions holds."""

    kind: Literal["any_of"]
    conditions: tuple["Condition", ...] = Field(min_length=1)

    def holds(self, answers: Answers) -> bool:
        return any(c.holds(answers) for c in self.conditions)

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(c.questions() for c in self.conditions))


class Not(RuleModel):
    """The condition does not hold."""

    kind: Literal["not"]
    condition: "Condition"

    def holds(self, answers: Answers) -> bool:
        return not self.condition.holds(answers)

    def questions(self) -> frozenset[str]:
        return self.condition.questions()


Condition = Annotated[AnswerIs | AllOf | AnyOf | Not, Field(discriminator="kind")]

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
