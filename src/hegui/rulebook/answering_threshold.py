"""The threshold of answering (作答门槛), as measured: written by `hegui rules report --tune`, never by hand."""

from datetime import date
from typing import Annotated

from pydantic import Field

from hegui.rulebook.text import Language, RuleModel

Share = Annotated[float, Field(ge=0, le=1)]


class Figures(RuleModel):
    """What the threshold gave on the development questions of one language."""

    questions: int = Field(ge=0)
    answered: Share
    any_at_1: Share
    any_at_3: Share
    foreign_questions: int = Field(ge=0)
    refused: Share


class LanguageThreshold(RuleModel):
    """From this score on a question in the language is answered."""

    threshold: float
    figures: Figures | None = None


class AnsweringThreshold(RuleModel):
    """Per language, with the day and the search texts it was measured on."""

    tuned_on: date
    rules_digest: str = Field(description="of the texts searched, so that a stale threshold is seen")
    zh: LanguageThreshold
    en: LanguageThreshold

    def of(self, language: Language) -> float:
        return self.zh.threshold if language == "zh" else self.en.threshold
