"""Everything a rulebook holds, as a list of things with keys: what it is, where it stands, whom it concerns (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hegui.rulebook.obligation import Obligation
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.places import NATION
from hegui.rulebook.text import Bilingual

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. `model` holds its fields; `binds` says whom it concerns, as far as duties say it."""

    kind: str
    id: str
    model: Any
    title: Bilingual | str = ""
    pack: Pack | None = None
    place: str = NATION
    binds: tuple[Bilingual, ...] = ()


def inventory(rulebook: Rulebook) -> Mapping[Key, Item]:
    """All things by their keys. Duties, ladders and periods keep their key when they move to another pack."""
    return {(item.kind, item.id): item for item in _items(rulebook)}


def _items(rulebook: Rulebook) -> Iterator[Item]:
    for pack in rulebook.packs:
        yield Item("pack", pack.id, pack, pack.title, pack, pack.jurisdiction)
        yield from _stating(pack, rulebook)
        yield from _checked(pack)
        yield from _around(pack)
    for table in rulebook.leniency:
        yield Item("table", table.id, table, table.title)
        yield from (Item("leniency", row.id, row, row.facts) for row in table.rows)
    for one in rulebook.leniency_lists:
        yield Item("list", one.id, one, one.title, place=one.place)
    yield from _shared(rulebook)


def _stating(pack: Pack, rulebook: Rulebook) -> Iterator[Item]:
    duties = [duty for one in rulebook.packs for duty in one.obligations]
    for duty in pack.obligations:
        yield Item("duty", duty.id, duty, duty.title, pack, pack.jurisdiction, (duty.binds,))
    for ladder in pack.ladders:
        bound = _binds(duty for duty in duties if ladder.id in duty.ladder)
        yield Item("ladder", ladder.id, ladder, ladder.title, pack, pack.jurisdiction, bound)
    for period in pack.periods:
        bound = _binds(duty for duty in duties if period.id in duty.periods)
        yield Item("period", period.id, period, period.name, pack, pack.jurisdiction, bound)


def _checked(pack: Pack) -> Iterator[Item]:
    """Questions and document elements: their ids are unique in their pack only."""
    for question in pack.checklist.questions if pack.checklist else ():
        bound = _binds(duty for duty in pack.obligations if duty.id in question.obligations)
        yield Item("question", f"{pack.id} {question.id}", question, question.text, pack, pack.jurisdiction, bound)
    for kind in pack.documents:
        for element in kind.elements:
            yield Item("element", f"{pack.id} {element.id}", element, element.name, pack, pack.jurisdiction)


def _around(pack: Pack) -> Iterator[Item]:
    for row in pack.asked_as:
        bound = _binds(duty for duty in pack.obligations if duty.id == row.entry)
        yield Item("asked_as", row.entry, row, row.entry, pack, pack.jurisdiction, bound)
    for example in pack.examples:
        yield Item("example", f"{pack.id} {example.name.en}", example, example.name, pack, pack.jurisdiction)
    for chemical in pack.catalogue.chemicals if pack.catalogue else ():
        yield Item("chemical", f"{pack.id} {chemical.id}", chemical, chemical.name, pack, pack.jurisdiction)


def _shared(rulebook: Rulebook) -> Iterator[Item]:
    yield from (Item("law", law.id, law, Bilingual(zh=law.title, en=law.english)) for law in rulebook.laws)
    yield from (Item("calendar", str(year.year), year) for year in rulebook.calendar)
    yield from (Item("term", term.name, term, term.term) for term in rulebook.glossary)
    yield from (Item("decoy", decoy.id, decoy) for decoy in rulebook.decoys)
    yield from (Item("reminder", ladder.id, ladder) for ladder in rulebook.reminder_ladders)
    if rulebook.answering:
        yield Item("answering", "answering", rulebook.answering)
    for title in rulebook.known_titles.values():
        yield Item("title", title.title, title._asdict())
    for place in rulebook.places.listed:
        yield Item("division", place.code, {"name": place.name, "english": place.english})


def _binds(duties: Iterable[Obligation]) -> tuple[Bilingual, ...]:
    return tuple(dict.fromkeys(duty.binds for duty in duties))
