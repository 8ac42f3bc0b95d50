"""Which entries count for a place on a day (适用范围): those of the place and of all it lies in, and still in force."""

from collections.abc import Iterable
from datetime import date

from hegui.capabilities.answering.index import Hit
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.places import NATION, lies_in


class Reach:
    """Knows for every entry where it holds, until when, and what takes its place there."""

    def __init__(self, rulebook: Rulebook) -> None:
        stating = [(pack.jurisdiction, entry) for pack in rulebook.packs for entry in pack.stating()]
        self._place = {entry.id: place for place, entry in stating}
        self._until = {entry.id: entry.until for _, entry in stating if entry.until}
        duties = [(pack.jurisdiction, duty) for pack in rulebook.packs for duty in pack.obligations]
        # The narrowest place comes last and wins.
        self._replaced = sorted(
            ((duty.replaces, place, duty.id) for place, duty in duties if duty.replaces), key=lambda row: len(row[1])
        )

    def within(self, hits: Iterable[Hit], locality: str | None, on: date) -> tuple[Hit, ...]:
        """The hits that count, best first; a local duty stands where the national one that it replaces stood."""
        here = locality or NATION
        kept: dict[str, Hit] = {}
        for hit in hits:
            if self._holds(hit.entry, here, on):
                standing = self._here(hit, here)
                kept.setdefault(standing.entry, standing)
        return tuple(kept.values())

    def _holds(self, entry: str, locality: str, on: date) -> bool:
        until = self._until.get(entry)
        return lies_in(locality, self._place.get(entry, NATION)) and (until is None or on < until)

    def _here(self, hit: Hit, locality: str) -> Hit:
        for national, place, local in self._replaced:
            if national == hit.entry and lies_in(locality, place):
                hit = hit._replace(entry=local)
        return hit
