"""The state of a citation on a day (五种状态): pure, and total over what was extracted.

verified: the article exists in a text that is held and in force on that day.
renumbered: the article of an older version, which has another number today.
repealed: no longer in force, and nothing took its place.
outside-coverage: the title exists, or may exist, but its text is not held.
not-found: no such title, or no such article in it. Never shown as law.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from hegui.rulebook.article_shapes import Key, Shapes, key
from hegui.rulebook.citations.extracting import Extracting, Mention, Place
from hegui.rulebook.citations.names import Names
from hegui.rulebook.law import Law, Version
from hegui.rulebook.pack import Rulebook

State = Literal["verified", "renumbered", "repealed", "outside-coverage", "not-found"]
Note = Literal["meant-another", "no-such-part", "not-yet", "later-amendment-reported"]
SHOWN_AS_LAW: frozenset[State] = frozenset({"verified", "renumbered"})


@dataclass(frozen=True, slots=True)
class Read:
    """A citation that was found, and what is known of it. `then` is where an older article of that number went."""

    mention: Mention
    law: str
    state: State
    now: tuple[str, int] | None = None
    note: Note | None = None
    then: int | None = None

    @property
    def is_law(self) -> bool:
        return self.state in SHOWN_AS_LAW


class CitationReader:
    """Reads texts against one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.names = Names(rulebook)
        self._shapes = rulebook.article_shapes

    def read(self, text: str, on: date) -> tuple[Read, ...]:
        """Every citation of a text, in its order."""
        return tuple(resolve(mention, on, self._shapes) for mention in Extracting(self.names, text).mentions())


def resolve(mention: Mention, on: date, shapes: Mapping[Key, Shapes]) -> Read:
    named = mention.named
    if named.law is not None:
        return _of_law(mention, named.law, on, shapes)
    if named.known is not None:
        return Read(mention, named.title, "repealed" if named.known.standing == "repealed" else "outside-coverage")
    return Read(mention, named.title, "outside-coverage" if named.is_local or named.is_open_kind else "not-found")


def _of_law(mention: Mention, law: Law, on: date, shapes: Mapping[Key, Shapes]) -> Read:
    present = law.version_on(on)
    meant = _meant(mention, law, present)
    found = Read(mention, law.title, "outside-coverage")
    if meant is None:
        return _without_version(found, law, on)
    if absent := _absent(meant, mention.place):
        return replace(found, state=absent)
    if held := shapes.get(key(law.id, meant.effective)):
        place = _told_apart(mention.place, held)
        found = replace(found, mention=replace(mention, place=place))
        if not held.holds(place.article, place.inserted, place.paragraph, place.item):
            return replace(found, state="not-found", note="no-such-part")
    if meant == present:
        return _in_force(found, law, meant)
    return _superseded(found, law, meant, present)


def _told_apart(place: Place, held: Shapes) -> Place:
    if place.bracket is None:
        return place
    paragraph, item = held.read_bracket(place.article, place.inserted, place.bracket)
    return replace(place, paragraph=paragraph, item=item, bracket=None)


def _meant(mention: Mention, law: Law, present: Version | None) -> Version | None:
    """The version of the year that was written; the one before, where "old" was; else the one in force."""
    if mention.label is not None:
        return next((v for v in reversed(law.versions) if mention.label in _years(v)), None)
    if mention.older and present is not None:
        before = [v for v in law.versions if v.effective < present.effective]
        return max(before, key=lambda v: v.effective, default=None)
    return present


def _years(version: Version) -> set[int]:
    return {day.year for day in (version.adopted, version.effective) if day}


def _without_version(found: Read, law: Law, on: date) -> Read:
    """A year of which no text is held; or a day before or after all versions."""
    if found.mention.label is None and all(v.until is not None and v.until <= on for v in law.versions):
        return replace(found, state="repealed")
    coming = found.mention.label is None and all(v.effective > on for v in law.versions)
    return replace(found, note="not-yet") if coming else found


def _absent(version: Version, place: Place) -> State | None:
    """Why an article is not in a version; None where it is."""
    if version.articles is None:
        return "outside-coverage"
    if place.inserted is not None:
        if any((i.article, i.number) == (place.article, place.inserted) for i in version.inserted):
            return None
        return "outside-coverage" if version.excerpt and place.article <= version.last else "not-found"
    if not 1 <= place.article <= version.last:
        return "not-found"
    return "outside-coverage" if version.excerpt and place.article not in version.excerpt else None


def _in_force(found: Read, law: Law, version: Version) -> Read:
    """Verified; with a note where the same number meant something else before."""
    place = found.mention.place
    if law.caution:
        return replace(found, state="verified", note="later-amendment-reported")
    for table in law.renumbered:
        if table.new == version.effective and place.inserted is None and found.mention.label is None:
            then = table.articles.get(place.article)
            if then is not None and then != place.article:
                return replace(found, state="verified", note="meant-another", then=then)
    return replace(found, state="verified")


def _superseded(found: Read, law: Law, meant: Version, present: Version | None) -> Read:
    place = found.mention.place
    if present is None:
        return replace(found, state="repealed")
    for table in law.renumbered:
        if (table.old, table.new) == (meant.effective, present.effective) and place.inserted is None:
            if now := table.articles.get(place.article):
                return replace(found, state="renumbered", now=(law.title, now))
            if place.article in table.gone:
                return replace(found, state="repealed")
    return found
