"""Lists of controlled chemicals (目录) as data, with the day of the list and how far it was checked."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from hegui.rulebook.law import Citation
from hegui.rulebook.text import Bilingual, Phrases, RuleModel, Status

RoughDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A day, a month or a year, as far as it is known."""


class Chemical(RuleModel):
    """One item of a list. `grade` is the class (类) of a precursor; `cas` may name several isomers."""

    id: str = Field(pattern=r"^[0-9]{1,2}([.-][0-9]{1,2})*$")
    name: Bilingual
    aliases: Phrases = Phrases()
    cas: tuple[Annotated[str, Field(pattern=r"^\d{2,7}-\d{2}-\d$")], ...] = ()
    grade: int | None = Field(default=None, ge=1, le=3)
    drug_type: bool = False
    salts: bool = Field(default=False, description="its salts are controlled as well")
    since: int | None = Field(default=None, ge=1949, le=2100, description="year in which it was listed")
    above_percent: Decimal | None = Field(default=None, gt=0, lt=100, description="listed only above this content")
    condition: Bilingual | None = Field(default=None, description="such as a concentration above which it is listed")


class ChemicalCatalogue(RuleModel):
    """A list as it stood on `as_of`; what was added later is not known here and must be said so."""

    id: str = Field(pattern=r"^[a-z][a-z-]{1,40}$")
    title: Bilingual
    as_of: RoughDate
    status: Status
    source: Bilingual
    note: Bilingual | None = None
    citations: tuple[Citation, ...] = Field(min_length=1)
    chemicals: tuple[Chemical, ...] = Field(min_length=1)
