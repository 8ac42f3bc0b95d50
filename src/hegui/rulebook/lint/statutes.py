"""Compares the register and every citation with a folder of statute texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hegui.rulebook.law import Citation, Law, Version
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import entries
from hegui.rulebook.numerals import chinese, heading
from hegui.rulebook.pack import Rulebook

INDEX = "INDEX.tsv"
EXCERPT = re.compile(r"（[^（）]*）$")  # the title of an excerpt says so in brackets at its end
WIDE = str.maketrans("()", "（）")  # some texts number their items with half-width brackets
HEADING = re.compile(r"^## (\S+)\s*$", re.MULTILINE)
FIELD = re.compile(r'^(\w+): "?(.*?)"?\s*$', re.MULTILINE)


@dataclass(frozen=True)
class Statute:
    """One text: its front matter, and the words under each heading."""

    front: Mapping[str, str]
    articles: Mapping[str, str]


def check(rulebook: Rulebook, statutes: Path) -> Iterator[Fault]:
    """Faults of the register first, then those of single citations."""
    yield from _missing_laws(rulebook, statutes)
    read = cache(lambda file: _read(statutes / file))
    for law in rulebook.laws:
        for version in law.versions:
            if version.file:
                yield from (
                    fault(f"law {law.id}", message) for message in _differences(law, version, read(version.file))
                )
    for entry in entries(rulebook):
        for citation in entry.citations:
            cited = rulebook.law(citation.law)
            found = cited.version_of(citation.version) if cited and citation.version else None
            statute = read(found.file) if found and found.file else None
            if statute and (wrong := _not_there(citation, statute)):
                yield fault(entry.place, f"{citation.law}: {wrong}")


def _read(file: Path) -> Statute | None:
    if not file.is_file():
        return None
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    parts = HEADING.split(body)
    return Statute(dict(FIELD.findall(front)), dict(zip(parts[1::2], parts[2::2], strict=True)))


def _missing_laws(rulebook: Rulebook, statutes: Path) -> Iterator[Fault]:
    registered = {version.file for law in rulebook.laws for version in law.versions}
    for line in (statutes / INDEX).read_text(encoding="utf-8").splitlines()[1:]:
        file = line.split("\t")[0]
        if file not in registered:
            yield fault("laws.yaml", f"{file} is among the texts but not in the register")


def _differences(law: Law, version: Version, statute: Statute | None) -> Iterator[str]:
    if statute is None:
        yield f"there is no file {version.file}"
        return
    told = statute.front
    if (EXCERPT.sub("", told["title_zh"]) if version.excerpt else told["title_zh"]) != law.title:
        yield f"the text is called {told['title_zh']}"
    if told["effective"] and told["effective"] != version.effective.isoformat():
        yield f"the text is in force from {told['effective']}, not {version.effective}"
    held = len(version.excerpt) + len(version.inserted) if version.excerpt else version.articles
    if told["articles"] != str(held):
        yield f"the text has {told['articles']} articles, not {held}"
    for inserted in version.inserted:
        if heading(inserted.article, inserted.number) not in statute.articles:
            yield f"the text has no Article {inserted.article}-{inserted.number}"


def _not_there(citation: Citation, statute: Statute) -> str | None:
    name = heading(citation.article, citation.inserted)
    article = statute.articles.get(name)
    if article is None:
        return f"the text has no {name}"
    words = [line.translate(WIDE) for line in article.splitlines() if line and not line.startswith("<!--")]
    if citation.paragraph:
        starts = [number for number, line in enumerate(words) if not line.startswith("（")]
        if citation.paragraph > len(starts):
            return f"{name} has no paragraph {citation.paragraph}"
        begin, end = starts[citation.paragraph - 1], [*starts, len(words)][citation.paragraph]
        words = words[begin:end]
    if citation.item and not any(line.startswith(f"（{chinese(citation.item)}）") for line in words):
        return f"{name} has no item {citation.item} there"
    return None
