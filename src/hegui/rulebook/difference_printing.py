"""Differences between two rulebooks, for the screen and as data."""

from collections.abc import Iterable, Iterator
from typing import Any

from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.difference import Change, FieldChange
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language


def as_lines(changes: Iterable[Change], rulebook: Rulebook, say: Texts) -> Iterator[str]:
    """A line for each change, one for whom it concerns, and one for each field before and after."""
    for change in changes:
        told = as_data(change, rulebook, say)
        yield say(f"difference.{change.what}", kind=told["kind_name"], id=told["id"], title=told["title"])
        if whom := _whom(told, say):
            yield f"  {whom}"
        for field in change.fields:
            yield f"  {_named(field, say)}"
            yield from (f"    {mark} {text}" for mark, text in (("-", field.old), ("+", field.new)) if text is not None)


def as_data(change: Change, rulebook: Rulebook, say: Texts) -> dict[str, Any]:
    item, language = change.item, say.language
    title = item.title if isinstance(item.title, str) else item.title.say(language)
    return {
        "what": change.what,
        "kind": item.kind,
        "kind_name": say(f"difference.kind.{item.kind}"),
        "id": item.id,
        "title": title,
        "pack": item.pack.id if item.pack else None,
        "pack_title": item.pack.title.say(language) if item.pack else None,
        "place": item.place,
        "place_name": _place(item.place, rulebook, language) or say("difference.nation"),
        "binds": [text.say(language) for text in item.binds],
        "fields": [{"field": ".".join(f.path), "old": f.old, "new": f.new} for f in change.fields],
    }


def _whom(told: dict[str, Any], say: Texts) -> str:
    """Pack, place and those who are bound, where a pack or a list of a place is concerned."""
    if told["pack"] is None and told["kind"] != "list":
        return ""
    where = say("difference.where", pack=told["pack_title"] or told["title"], place=told["place_name"])
    bound = say("difference.comma").join(told["binds"])
    return where + (say("difference.whom", whom=bound) if bound else "")


def _named(field: FieldChange, say: Texts) -> str:
    """The field in words where the catalogue has them: 「罚则阶梯.2.说明（中文）」."""
    *inner, last = field.path
    known = {"zh": say("difference.language.zh"), "en": say("difference.language.en")}
    if not inner or last not in known:
        return ".".join(_word(name, say) for name in field.path)
    return say("difference.in_language", field=".".join(_word(name, say) for name in inner), spoken=known[last])


def _word(name: str, say: Texts) -> str:
    key = f"difference.field.{name}"
    return say(key) if say.catalogue.has(key) else name


def _place(code: str, rulebook: Rulebook, language: Language) -> str:
    return rulebook.places.name(code, language)
