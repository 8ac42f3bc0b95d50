"""Elements that a document should hold (文书要素), and by what one sees in its text that they are there.

A word may hold `…`: there at most fifteen characters of the same clause may stand between its parts.
"""

from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.checks.base import QuestionId
from hegui.rulebook.law import Citation
from hegui.rulebook.obligation import EntryId
from hegui.rulebook.text import Bilingual, RuleModel, Sentence, Status

Words = Annotated[tuple[Sentence, ...], Field(min_length=1)]
DAYS = {"hours": 1 / 24, "days": 1, "months": 30, "years": 365}
"""Months count thirty days: six months and 180 days are the same promise."""


class Span(RuleModel):
    """A length of time to compare with one that a document names."""

    count: int = Field(ge=1)
    unit: Literal["hours", "days", "months", "years"]

    @property
    def days(self) -> float:
        return self.count * DAYS[self.unit]


class Proof(RuleModel):
    """One way of saying something. Each group of words must be met by one of its words, within the same stretch.

    A heading above, the head of a table and the line that opens a list may meet a group too, but not all of them:
    a heading with nothing under it proves nothing.
    """

    all_of: tuple[Words, ...] = Field(min_length=1)
    within: Literal["sentence", "paragraph", "section", "document"] = "sentence"
    unless: tuple[Sentence, ...] = Field(default=(), description="sentences with one of these words do not count")
    at_least: Span | None = Field(default=None, description="a length of time stands there that is no shorter")
    at_most: Span | None = Field(default=None, description="a length of time stands there that is no longer")
    titles_count: bool = Field(default=False, description="words in titles of texts (《…》) count")
    definitions_count: bool = Field(default=False, description="sentences that only define a word count")


class Part(RuleModel):
    """Something an element needs; any one of its proofs shows it.

    So does a section whose heading has one of the words of `shown_under`, if it says something. Where the heading
    names several things (日志、备份与培训), the section must also hold a cue of the element.
    """

    name: Bilingual
    shown_by: tuple[Proof, ...] = Field(min_length=1)
    shown_under: tuple[Sentence, ...] = ()


class Conflict(RuleModel):
    """What a document may not say: words of every group, and a length of time beyond the limit.

    The length must stand in one clause with a word of the last group.
    """

    all_of: tuple[Words, ...] = Field(min_length=1)
    unless: tuple[Sentence, ...] = Field(default=(), description="words in that clause that make it another matter")
    shorter_than: Span | None = None
    longer_than: Span | None = None
    says: Bilingual = Field(description="why it cannot stand, in one sentence")
    citations: tuple[Citation, ...] = Field(min_length=1)


class Element(RuleModel):
    """`stated`: the text asks for it; `stated-as-duty`: it states the duty, not the chapter; `derived`: neither."""

    id: EntryId
    name: Bilingual
    basis: Literal["stated", "stated-as-duty", "derived"]
    citations: tuple[Citation, ...] = ()
    cues: tuple[Sentence, ...] = Field(min_length=1, description="words that name the matter; alone they prove nothing")
    parts: tuple[Part, ...] = Field(default=(), description="the element is there when all of them are")
    business: tuple[Sentence, ...] = Field(
        default=(),
        description="words of the business it belongs to: an enterprise without it says so, and that is enough",
    )
    conflicts: tuple[Conflict, ...] = ()
    questions: tuple[QuestionId, ...] = Field(default=(), description="questions of the checklist on the same matter")
    outline: tuple[Bilingual, ...] = Field(default=(), description="sentences to fill in, with blanks 【】")
    status: Status = Status.VERIFIED


class DocumentKind(RuleModel):
    """A kind of document with its list of elements."""

    id: Literal["security-management-system", "emergency-plan"]
    title: Bilingual
    note: Bilingual | None = None
    elements: tuple[Element, ...] = Field(min_length=1)
