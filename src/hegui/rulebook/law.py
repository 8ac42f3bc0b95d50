"""Laws, their versions, and the citations that point into them (法律登记册)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.text import Bilingual, RuleModel, Sentence, Status

LawId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
LawKind = Literal[
    "law",
    "administrative-regulation",
    "department-rule",
    "local-regulation",
    "normative-document",
    "standard",
]


class Inserted(RuleModel):
    """An article added after another one: 第二百八十六条之一 is article 286, number 1."""

    article: int = Field(ge=1)
    number: int = Field(ge=1)


class Version(RuleModel):
    """One text of a law, in force from `effective` until the next version (or `until`, exclusive)."""

    effective: date
    adopted: date | None = None
    until: date | None = None
    articles: int | None = Field(default=None, ge=1, description="highest article number; None where no text is held")
    excerpt: tuple[int, ...] = Field(default=(), description="the only articles held, where the text is an excerpt")
    inserted: tuple[Inserted, ...] = ()
    file: str | None = Field(default=None, description="file in the folder of statute texts")
    of: int | None = Field(default=None, ge=1, description="number of the law's last article, where an excerpt is held")

    @property
    def last(self) -> int:
        """The highest article number there is; 0 where nothing is known of the text."""
        return self.of or self.articles or 0


class Renumbering(RuleModel):
    """Where the articles of one version went in the next; only reviewed pairs are listed."""

    old: date
    new: date
    articles: dict[int, int]
    gone: tuple[int, ...] = Field(default=(), description="articles that were dropped and that nothing followed")


class Law(RuleModel):
    """A law with all names people use for it."""

    id: LawId
    kind: LawKind
    title: Sentence
    short: tuple[Sentence, ...] = ()
    english: Sentence
    english_short: tuple[Sentence, ...] = ()
    versions: tuple[Version, ...] = Field(min_length=1)
    renumbered: tuple[Renumbering, ...] = ()
    note: str | None = None
    caution: Bilingual | None = Field(default=None, description="said with its citations: a later text is reported")

    @property
    def name(self) -> str:
        """The name used in running text: the first short one, where there is one."""
        return self.short[0] if self.short else self.title

    def version_on(self, day: date) -> Version | None:
        """The one version in force on a day; None before the first and after a repeal."""
        held = [v for v in self.versions if v.effective <= day and (v.until is None or day < v.until)]
        return max(held, key=lambda v: v.effective, default=None)

    def version_of(self, effective: date) -> Version | None:
        return next((v for v in self.versions if v.effective == effective), None)


class Citation(RuleModel):
    """One article of one law. `version` is filled by the loader from the pack's `reads` where it is left out.

    `paragraph` counts 款 from 1, `item` counts 项 from 1, both as printed in the version cited.
    """

    law: LawId
    article: int = Field(ge=1)
    inserted: int | None = Field(default=None, ge=1)
    paragraph: int | None = Field(default=None, ge=1)
    item: int | None = Field(default=None, ge=1)
    version: date | None = None
    status: Status = Status.VERIFIED
