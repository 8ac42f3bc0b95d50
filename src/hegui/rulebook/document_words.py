"""Words by which one sees that a sentence of a policy or plan promises nothing (文书用语)."""

from pydantic import Field

from hegui.rulebook.document import Words
from hegui.rulebook.text import RuleModel


class DocumentWords(RuleModel):
    """Shared by all kinds of documents of a pack."""

    negations: Words = Field(description="the clause says that something is not done or not treated")
    prohibitions: Words = Field(description="before a negation they turn it round: nobody may leave it undone")
    deferrals: Words = Field(description="the clause puts it off, or leaves it to another text")
    placeholders: Words = Field(description="a sentence of nothing else is an empty place")
    definitions: Words = Field(description="the sentence says what a word means")
    recitals: Words = Field(description="after a title of a text: the sentence tells what that text says")
    grounds: Words = Field(
        description="before a title of a text: the enterprise does it for that reason, and it counts"
    )
    addressees: Words = Field(description="whom a law addresses: a sentence about them tells the law")
    enterprise: Words = Field(description="beside an addressee: it is the enterprise that speaks of itself")
    mentions: Words = Field(description="after a list of things: they are named and no more")
    own_text: Words = Field(description="how a document names itself")
    absences: Words = Field(description="the enterprise has no such business")
    contents: Words = Field(description="headings of a table of contents")
