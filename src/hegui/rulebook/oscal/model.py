"""The few fields of an OSCAL catalog that matter here. What else a file holds is passed over."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class OscalModel(BaseModel):
    """Keys are written with hyphens in OSCAL."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=lambda name: name.replace("_", "-"), validate_by_name=True
    )


class Property(OscalModel):
    name: str
    value: str


class Link(OscalModel):
    href: str
    rel: str | None = None


class Selection(OscalModel):
    how_many: Literal["one", "one-or-more"] | None = None
    choice: tuple[str, ...] = ()


class Parameter(OscalModel):
    """A gap in the text that whoever applies the catalog fills in."""

    id: str
    label: str | None = None
    values: tuple[str, ...] = ()
    select: Selection | None = None


class Part(OscalModel):
    """A piece of text of a control: its statement, an item of it, guidance, an objective of assessment."""

    id: str | None = None
    name: str
    title: str | None = None
    prose: str | None = None
    props: tuple[Property, ...] = ()
    links: tuple[Link, ...] = ()
    parts: tuple["Part", ...] = ()


class Control(OscalModel):
    """A requirement; controls inside it are its enhancements."""

    id: str = Field(min_length=1, max_length=200)
    title: str
    params: tuple[Parameter, ...] = ()
    props: tuple[Property, ...] = ()
    links: tuple[Link, ...] = ()
    parts: tuple[Part, ...] = ()
    controls: tuple["Control", ...] = ()


class Group(OscalModel):
    id: str | None = None
    title: str
    params: tuple[Parameter, ...] = ()
    parts: tuple[Part, ...] = ()
    groups: tuple["Group", ...] = ()
    controls: tuple[Control, ...] = ()


class Metadata(OscalModel):
    title: str = Field(min_length=1)
    version: str = ""


class Resource(OscalModel):
    uuid: str = ""
    title: str | None = None


class BackMatter(OscalModel):
    resources: tuple[Resource, ...] = ()


class Catalog(OscalModel):
    """A catalog, or a profile that was resolved into one."""

    metadata: Metadata
    params: tuple[Parameter, ...] = ()
    groups: tuple[Group, ...] = ()
    controls: tuple[Control, ...] = ()
    back_matter: BackMatter = BackMatter()


def labelled(props: tuple[Property, ...], name: str) -> str | None:
    """The value of the first property of that name."""
    return next((one.value for one in props if one.name == name), None)
