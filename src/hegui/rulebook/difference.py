"""What differs between two rulebooks, entry by entry and field by field, and whom it concerns (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hegui.rulebook.differing import Fields, Leaf, leaves
from hegui.rulebook.inventory import Item, Key, inventory
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, with its text before and after; None where it was not there."""

    path: tuple[str, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that was added or removed, or whose fields changed. `item` is the newest that is known of it."""

    what: str
    item: Item
    fields: tuple[FieldChange, ...] = ()


def compare(old: Rulebook, new: Rulebook, language: Language) -> tuple[Change, ...]:
    """Every difference, in the order of the new rulebook, with what is gone at the end."""
    before, after = inventory(old), inventory(new)
    return (*_present(before, after, (old, new), language), *_gone(before, after))


def _present(
    before: Mapping[Key, Item], after: Mapping[Key, Item], books: tuple[Rulebook, Rulebook], language: Language
) -> Iterator[Change]:
    for key, item in after.items():
        if key not in before:
            yield Change("added", item)
        elif fields := _fields(_said(before[key], books[0], language), _said(item, books[1], language)):
            yield Change("changed", item, fields)


def _gone(before: Mapping[Key, Item], after: Mapping[Key, Item]) -> Iterator[Change]:
    yield from (Change("removed", item) for key, item in before.items() if key not in after)


def _said(item: Item, rulebook: Rulebook, language: Language) -> Fields:
    stands = {("pack",): Leaf(item.pack.id)} if item.pack else {}
    return stands | dict(leaves(item.model, rulebook, language))


def _fields(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    paths = dict.fromkeys([*new, *old])
    return tuple(_field(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


def _field(path: tuple[str, ...], old: Leaf | None, new: Leaf | None) -> FieldChange:
    """Where two citations read alike, the versions that tell them apart are said."""
    alike = old is not None and new is not None and old.text == new.text
    return FieldChange(path, old.say(alike) if old else None, new.say(alike) if new else None)
