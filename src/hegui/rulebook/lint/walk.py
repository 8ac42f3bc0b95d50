"""Ways through a rulebook that several validators take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import BaseModel

from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Bilingual, Status


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that states law: where it stands, what it cites, how far it was checked."""

    place: str
    citations: tuple[Citation, ...]
    needs_citation: bool
    checked_on: date
    status: Status = Status.VERIFIED


def entries(rulebook: Rulebook) -> Iterator[Entry]:
    """Every entry of every pack, table and list. A table is checked on the day of the pack checked last."""
    for pack in rulebook.packs:
        yield from _of_pack(pack)
    last = max((pack.checked_on for pack in rulebook.packs), default=date.max)
    for table in rulebook.leniency:
        for row in table.rows:
            yield Entry(f"leniency {row.id}", row.citations, True, last, row.status)
    for one in rulebook.leniency_lists:
        yield Entry(f"leniency-lists {one.id}", one.citations, True, last, Status.UNVERIFIED)


def _of_pack(pack: Pack) -> Iterator[Entry]:
    for entry in pack.stating():
        yield Entry(f"{pack.id} {entry.id}", entry.citations, True, pack.checked_on, entry.status)
        for before in entry.earlier:
            last_day = before.until - timedelta(days=1)
            yield Entry(f"{pack.id} {entry.id} before {before.until}", before.citations, True, last_day)
    for element in (element for kind in pack.documents for element in kind.elements):
        stated = element.basis != "derived"
        yield Entry(f"{pack.id} {element.id}", element.citations, stated, pack.checked_on, element.status)
    for question in pack.checklist.questions if pack.checklist else ():
        yield Entry(f"{pack.id} {question.id}", question.citations, False, pack.checked_on, Status.UNVERIFIED)
    for name, citation in pack.ledger.cited() if pack.ledger else ():
        yield Entry(f"{pack.id} {name}", (citation,), False, pack.checked_on, Status.UNVERIFIED)
    if listed := pack.catalogue:
        yield Entry(f"{pack.id} {listed.id}", listed.citations, True, pack.checked_on, Status.UNVERIFIED)


def bilingual(node: object, place: str = "") -> Iterator[tuple[str, Bilingual]]:
    """Every text that stands in both languages, with the place of the nearest thing that has an id."""
    if isinstance(node, Bilingual):
        yield place, node
    elif isinstance(node, BaseModel):
        named = getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "value", None)
        inside = f"{place} {named}".strip() if isinstance(named, str) else place
        for name in type(node).model_fields:
            yield from bilingual(getattr(node, name), inside)
    elif isinstance(node, tuple):
        for one in node:
            yield from bilingual(one, place)
