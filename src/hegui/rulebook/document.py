"""Elements that a document should hold (文书要素)."""

from typing import Literal

from pydantic import Field

from hegui.rulebook.law import Citation
from hegui.rulebook.obligation import EntryId
from hegui.rulebook.text import Bilingual, RuleModel, Sentence, Status


class Element(RuleModel):
    """`stated`: the text asks for it; `stated-as-duty`: it states the duty, not the chapter; `derived`: neither."""

    id: EntryId
    name: Bilingual
    basis: Literal["stated", "stated-as-duty", "derived"]
    citations: tuple[Citation, ...] = ()
    cues: tuple[Sentence, ...] = Field(min_length=1)
    status: Status = Status.VERIFIED


class DocumentKind(RuleModel):
    """A kind of document with its list of elements."""

    id: Literal["security-management-system", "emergency-plan"]
    title: Bilingual
    note: Bilingual | None = None
    elements: tuple[Element, ...] = Field(min_length=1)
