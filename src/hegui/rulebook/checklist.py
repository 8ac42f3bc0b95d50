"""A checklist (自查清单): questions in order, and the examples that run as tests."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.checks.choice import Choice
from hegui.rulebook.checks.dated import Dated
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.text import Bilingual, RuleModel

AnyQuestion = Annotated[YesNo | Choice | Dated, Field(discriminator="kind")]


class Checklist(RuleModel):
    """Questions in the order in which they are asked; those whose condition does not hold are left out."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")
    title: Bilingual
    introduction: Bilingual
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)

    def question(self, question_id: str) -> AnyQuestion | None:
        return next((q for q in self.questions if q.id == question_id), None)


class ExpectedFinding(RuleModel):
    """The question that shows the fault, and how grave it is."""

    question: str
    severity: Literal["red", "amber", "advice"]


class Example(RuleModel):
    """A case a lawyer can read: answers given on a day, and the findings they must lead to."""

    name: Bilingual
    on: date
    answers: dict[str, str]
    otherwise: str = Field(default="yes", description="given to asked yes/no questions that `answers` leaves out")
    findings: tuple[ExpectedFinding, ...]
    cites: tuple[str, ...] = Field(default=(), description='such as "csl 23", that the findings must cite')
