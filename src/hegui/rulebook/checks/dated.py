"""A date, judged by how long ago it was or how soon it followed another date."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.checks.base import SKIPPED, UNKNOWN, Option, Question, Verdict
from hegui.rulebook.condition import Condition
from hegui.rulebook.text import Language, RuleModel

DATE_FORMS = (
    re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$"),
    re.compile(r"^(\d{4})(\d{2})(\d{2})$"),
)


def read_date(typed: str) -> date | None:
    """A date in the forms people type: 2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日, 20260501; also full-width."""
    text = typed.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for form in DATE_FORMS:
        if found := form.match(text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def months_before(day: date, months: int) -> date:
    """The day of the same number so many months earlier, or that month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class AtLeastMonthsAgo(RuleModel):
    """The date lies so many months back or more: the oldest log of six months' retention."""

    kind: Literal["at_least_months_ago"]
    months: int = Field(ge=1)

    def met(self, given: date, answers: Mapping[str, str], today: date) -> bool:
        return given <= months_before(today, self.months)

    def questions(self) -> frozenset[str]:
        return frozenset()


class WithinMonths(RuleModel):
    """The date lies no further back than so many months: the last evaluation."""

    kind: Literal["within_months"]
    months: int = Field(ge=1)

    def met(self, given: date, answers: Mapping[str, str], today: date) -> bool:
        return given >= months_before(today, self.months)

    def questions(self) -> frozenset[str]:
        return frozenset()


class WithinDaysOf(RuleModel):
    """The date came no later than so many calendar days after the date answered to another question."""

    kind: Literal["within_days_of"]
    days: int = Field(ge=1)
    question: str

    def met(self, given: date, answers: Mapping[str, str], today: date) -> bool | None:
        try:
            start = date.fromisoformat(answers.get(self.question, ""))
        except ValueError:
            return None
        return (given - start).days <= self.days

    def questions(self) -> frozenset[str]:
        return frozenset({self.question})


Requirement = Annotated[AtLeastMonthsAgo | WithinMonths | WithinDaysOf, Field(discriminator="kind")]


class Rule(RuleModel):
    """A requirement, and when it is the one that counts."""

    when: Condition | None = None
    require: Requirement


class Dated(Question):
    """A date; the first rule whose condition holds judges it. Without rules it is a profile question."""

    kind: Literal["dated"]
    rules: tuple[Rule, ...] = ()

    def options(self) -> tuple[Option, ...]:
        return ()

    def read(self, typed: str, language: Language) -> str | None:
        given = read_date(typed)
        return given.isoformat() if given else None

    def judge(self, answers: Mapping[str, str], today: date) -> Verdict:
        if not self.rules:
            return Verdict.NONE
        if answers[self.id] in (UNKNOWN, SKIPPED):
            return Verdict.UNKNOWN
        given = date.fromisoformat(answers[self.id])
        for rule in self.rules:
            if rule.when is None or rule.when.holds(answers):
                met = rule.require.met(given, answers, today)
                return Verdict.UNKNOWN if met is None else Verdict.SATISFIED if met else Verdict.FAILED
        return Verdict.NOT_APPLICABLE

    def depends_on(self) -> frozenset[str]:
        ruled = (r.require.questions() | (r.when.questions() if r.when else frozenset()) for r in self.rules)
        return super().depends_on().union(*ruled)
