"""The lint of the rules: one validator a file, each with `check(rulebook)`; `statutes` needs the texts as well."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from hegui.rulebook.lint import (
    articles,
    citations,
    dates,
    languages,
    mentions,
    overlaps,
    paths,
    phrasings,
    statuses,
    statutes,
    tone,
    translations,
    versions,
)
from hegui.rulebook.lint.fault import Fault
from hegui.rulebook.pack import Rulebook

__all__ = ["VALIDATORS", "Fault", "check", "check_statutes"]

VALIDATORS: Mapping[str, Callable[[Rulebook], Iterator[Fault]]] = {
    "citations": citations.check,
    "articles": articles.check,
    "statuses": statuses.check,
    "versions": versions.check,
    "dates": dates.check,
    "languages": languages.check,
    "mentions": mentions.check,
    "phrasings": phrasings.check,
    "paths": paths.check,
    "overlaps": overlaps.check,
    "tone": tone.check,
    "translations": translations.check,
}


def check(rulebook: Rulebook) -> Iterator[Fault]:
    """Everything that all validators find, in their order."""
    for validator in VALIDATORS.values():
        yield from validator(rulebook)


def check_statutes(rulebook: Rulebook, folder: Path) -> Iterator[Fault]:
    """What differs from the statute texts in a folder."""
    return statutes.check(rulebook, folder)
