"""One of several named possibilities; for profile questions and where yes or no is too coarse."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from hegui.rulebook.checks.base import Option, Question, Verdict, plain
from hegui.rulebook.text import Language, RuleModel


class OptionVerdict(RuleModel):
    """What choosing a value says about the duty."""

    value: str
    verdict: Literal["satisfied", "partly", "failed", "not_applicable"]


class Choice(Question):
    """One of its options; without `verdicts` it is a profile question (企业情况)."""

    kind: Literal["choice"]
    choices: tuple[Option, ...] = Field(min_length=2, max_length=12)
    verdicts: tuple[OptionVerdict, ...] = ()

    def options(self) -> tuple[Option, ...]:
        return self.choices

    def read(self, typed: str, language: Language) -> str | None:
        word = plain(typed)
        for option in self.choices:
            if word in (option.value, plain(option.label.zh), plain(option.label.en)):
                return option.value
        return None

    def judge(self, answers: Mapping[str, str], today: date) -> Verdict:
        if not self.verdicts:
            return Verdict.NONE
        given = answers[self.id]
        return next((Verdict(v.verdict) for v in self.verdicts if v.value == given), Verdict.UNKNOWN)
