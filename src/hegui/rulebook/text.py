"""Base of all rule models, and text that exists in both languages."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
FOLDED = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")
ChineseSentence = Annotated[Sentence, AfterValidator(lambda text: FOLDED.sub("", text))]  # YAML folds lines with blanks
Language = Literal["zh", "en"]
UNTRANSLATED = "[not translated]"  # begins the Chinese of a text that an import left to be translated


class RuleModel(BaseModel):
    """Everything in a pack is frozen and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(RuleModel):
    """The same thing said in Chinese (the source) and in English (a gloss, never official)."""

    zh: ChineseSentence
    en: Sentence

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    @property
    def is_translated(self) -> bool:
        """False for a draft whose Chinese is still the English, marked as such."""
        return not self.zh.startswith(UNTRANSLATED)


class Phrases(RuleModel):
    """Lists of short texts in each language: keywords, ways of asking."""

    zh: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()

    def say(self, language: Language) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en


class Status(StrEnum):
    """How far a statement was checked (核验状态)."""

    VERIFIED = "verified"  # read in the text held
    SECONDARY = "secondary"  # seen in a secondary copy only
    UNVERIFIED = "unverified"  # reported, not confirmed: advice, never a duty
