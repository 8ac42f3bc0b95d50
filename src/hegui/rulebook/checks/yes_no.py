"""Yes, partly, no, not applicable (是/部分/否/不适用)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from hegui.rulebook.checks.base import SKIPPED, UNKNOWN, Option, Question, Verdict, plain
from hegui.rulebook.text import Bilingual, Language

YES = Option(value="yes", label=Bilingual(zh="是", en="Yes"))
PARTLY = Option(value="partly", label=Bilingual(zh="部分做到", en="Partly"))
NO = Option(value="no", label=Bilingual(zh="否", en="No"))
NOT_APPLICABLE = Option(value="not_applicable", label=Bilingual(zh="不适用", en="Not applicable"))

SPOKEN = {
    "yes": {"是", "是的", "有", "有的", "已做", "做了", "对", "yes", "y", "ok"},
    "partly": {"部分", "部分做到", "部分有", "一部分", "做了一部分", "partly", "partially"},
    "no": {"否", "没有", "没", "无", "不是", "没做", "未做", "no", "n"},
    "not_applicable": {"不适用", "用不着", "na", "n/a", "not applicable"},
}
VERDICTS = {
    "yes": Verdict.SATISFIED,
    "partly": Verdict.PARTLY,
    "no": Verdict.FAILED,
    "not_applicable": Verdict.NOT_APPLICABLE,
    UNKNOWN: Verdict.UNKNOWN,
    SKIPPED: Verdict.UNKNOWN,
}


class YesNo(Question):
    """Is the duty done? A plan or work in progress is at most "partly"."""

    kind: Literal["yes_no"]
    allows: tuple[Literal["partly", "not_applicable"], ...] = Field(default=("partly", "not_applicable"))

    def options(self) -> tuple[Option, ...]:
        extra = tuple(o for o in (PARTLY, NOT_APPLICABLE) if o.value in self.allows)
        return (YES, *(o for o in extra if o is PARTLY), NO, *(o for o in extra if o is NOT_APPLICABLE))

    def read(self, typed: str, language: Language) -> str | None:
        word = plain(typed)
        for option in self.options():
            if word == option.value or word in SPOKEN[option.value]:
                return option.value
        return None

    def judge(self, answers: Mapping[str, str], today: date) -> Verdict:
        return VERDICTS[answers[self.id]]
