"""Nothing is said in one language only: lists of words have both sides, and drafts do not pass as translated."""

from collections.abc import Iterator

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import bilingual
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language, Phrases

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for part in (rulebook.packs, rulebook.leniency, rulebook.leniency_lists, rulebook.glossary, rulebook.decoys):
        for place, text in bilingual(part):
            if not text.is_translated:
                yield fault(place, f"is not translated into Chinese: {text.en}")
    for pack in rulebook.packs:
        for row in pack.asked_as:
            yield from _one_sided(f"{pack.id} {row.entry}", "keywords", row.keywords)
            yield from _one_sided(f"{pack.id} {row.entry}", "ways of asking", row.asked_as)
    for decoy in rulebook.decoys:
        yield from _one_sided(f"decoys {decoy.id}", "keywords", decoy.keywords)


def _one_sided(place: str, what: str, phrases: Phrases) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not phrases.say(language):
            yield fault(place, f"has no {what} in {language}")
