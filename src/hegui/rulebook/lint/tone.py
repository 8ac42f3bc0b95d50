"""Duties, checklists and letters explain: they neither threaten nor promise leniency, which only the police decide.

What the law itself says follows (ladders, leniency tables) is stated as law and not looked at here. The words stand in
`tone.toml`, for lawyers to add to.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hegui.foundation.language.catalogue import LANGUAGES, Catalogue
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import bilingual
from hegui.rulebook.obligation import Obligation
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual, Language

CLAUSE = re.compile(r"[^。！？；!?;\n]+")
SAID: Mapping[str, str] = {"threat": "threatens", "promise": "promises leniency"}


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for pack in rulebook.packs:
        for duty in pack.obligations:
            yield from _of_texts(f"{pack.id} {duty.id}", _said_of(duty))
        for place, text in bilingual(pack.checklist, pack.id):
            yield from _of_texts(place, [text])
    yield from of_sentences(Catalogue.load())


def of_sentences(catalogue: Catalogue) -> Iterator[Fault]:
    """Faults of what the program itself says: letters, reminders, screens."""
    for language in LANGUAGES:
        for key in sorted(catalogue.keys(language)):
            for sentence in _sentences(catalogue.raw(language, key)):
                yield from (fault(f"{language} {key}", wrong) for wrong in faults(sentence, language))


def faults(text: str, language: Language) -> Iterator[str]:
    """What is wrong with the tone of one text."""
    words = _words()
    for clause in CLAUSE.findall(text.casefold()):
        if any(denial in clause for denial in words["denied"][language]):
            continue
        for kind, said in SAID.items():
            for word in (word for word in words[kind][language] if word in clause):
                yield f"{said} ({word}): {text}"


def _of_texts(place: str, texts: list[Bilingual]) -> Iterator[Fault]:
    for text in texts:
        for language in LANGUAGES:
            yield from (fault(place, wrong) for wrong in faults(text.say(language), language))


def _said_of(duty: Obligation) -> list[Bilingual]:
    said = [duty.title, duty.duty, duty.binds, duty.cycle, duty.next_step, duty.note]
    return [text for text in said if text]


def _sentences(raw: Any) -> Iterator[str]:
    """The texts of one key: a sentence or its forms by number; lists hold words that people type."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping):
        yield from map(str, raw.values())


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    file = Path(__file__).with_suffix(".toml")
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return {kind: {lang: tuple(w.casefold() for w in lists[lang]) for lang in lists} for kind, lists in told.items()}
