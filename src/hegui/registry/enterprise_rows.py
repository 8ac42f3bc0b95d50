"""What a row of a list of enterprises means (pure): each row is taken as a whole, or refused with its reason."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hegui.conversation.router import clean
from hegui.foundation.errors import Refusal
from hegui.registry import credit_codes, districts, tags
from hegui.registry.model import Enterprise, Person, RegistryModel
from hegui.registry.tags import Tags
from hegui.rulebook.facts import Fact
from hegui.rulebook.places import Places

LONGEST_NAME = 200


class Row(RegistryModel):
    """A row as it was written; `row` is the spreadsheet's own number of it."""

    row: int
    name: str = ""
    uscc: str = ""
    district: str = ""
    tags: str = ""
    officer: str = ""


class Wanted(NamedTuple):
    """What an enterprise is to be. `officer` is None where the row names none."""

    name: str
    uscc: str
    district: str
    tags: Tags
    officer: str | None = None


class Known(NamedTuple):
    """What rows are checked against."""

    places: Places
    facts: Sequence[Fact]
    officers: Sequence[Person]


def repeated(rows: Sequence[Row]) -> Mapping[int, int]:
    """Rows whose credit code stands in an earlier row already, with the number of that row."""
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for row in rows:
        try:
            code = credit_codes.read(row.uscc)
        except Refusal:
            continue
        if first.setdefault(code, row.row) != row.row:
            again[row.row] = first[code]
    return again


def wanted(row: Row, now: Enterprise | None, known: Known) -> Wanted:
    """Raises Refusal. Of an enterprise that is registered already, what is left empty stays as it is."""
    return Wanted(
        name=name_of(row.name) if row.name.strip() or now is None else now.name,
        uscc=credit_codes.read(row.uscc),
        district=districts.read(row.district, known.places) if row.district.strip() or now is None else now.district,
        tags=tags.read_cell(row.tags, known.facts),
        officer=officer_of(row.officer, known.officers) if row.officer.strip() else None,
    )


def name_of(written: str) -> str:
    """On one line, without marks that hide what is meant. Raises Refusal where nothing is left, or too much."""
    name = " ".join(clean(written).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal("registry.bad_name", longest=LONGEST_NAME)
    return name


def officer_of(written: str, officers: Sequence[Person]) -> str:
    """The id of an officer who is named by id or by a name that no other has. Raises Refusal."""
    said = written.strip()
    found = [one for one in officers if said == one.id] or [one for one in officers if said == one.name]
    if len(found) != 1:
        raise Refusal("registry.several_officers" if found else "registry.no_such_officer", text=said[:40])
    return found[0].id
