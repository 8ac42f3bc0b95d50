"""Lists of first or minor violations that an authority published for its place (免罚清单), as data."""

from datetime import date
from typing import Literal

from pydantic import Field

from hegui.rulebook.catalogue import RoughDate
from hegui.rulebook.law import Citation
from hegui.rulebook.obligation import EntryId
from hegui.rulebook.text import Bilingual, RuleModel, Status

FieldName = str  # the id of a pack, or "traffic"


class Window(RuleModel):
    """How far back an earlier violation counts; without `fields` for every field."""

    months: int = Field(ge=1, le=120)
    fields: tuple[FieldName, ...] = ()


class Counted(RuleModel):
    """Which outcomes of an earlier matter make the next one no longer the first."""

    penalty: bool = True
    unpunished_minor: bool = False
    unpunished_first: bool = True


class FirstViolation(RuleModel):
    """What "first" (初次) means under this list. The first window that names the field counts, then the general one."""

    windows: tuple[Window, ...] = Field(min_length=1)
    within: Literal["anywhere", "province", "city"]
    same_field: bool
    counts: Counted


class Item(RuleModel):
    """One item that was seen."""

    id: EntryId
    text: Bilingual
    field: FieldName
    duties: tuple[EntryId, ...] = ()


class LeniencyList(RuleModel):
    """One published list. Where `items_held` is not `all`, what is missing here may still stand on the list."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]+$")
    place: str = Field(pattern=r"^CN(-\d{2}){1,3}$")
    title: Bilingual
    issuer: Bilingual
    issued: RoughDate
    effective: RoughDate | None = None
    until: date | None = None
    status: Status
    force: Literal["must", "may"]
    first_violation: FirstViolation | None = None
    conditions: tuple[Bilingual, ...] = Field(min_length=1)
    items_held: Literal["all", "some", "none"]
    items: tuple[Item, ...] = ()
    citations: tuple[Citation, ...] = Field(min_length=1)
    note: Bilingual | None = None
