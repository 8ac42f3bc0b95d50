"""Compares the register and every citation with a folder of statute texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hegui.rulebook.article_shapes import FILE, PLAIN, Shape, Shapes, key, name
from hegui.rulebook.law import Citation, Law, Version
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import entries
from hegui.rulebook.numerals import chinese, heading
from hegui.rulebook.pack import Rulebook

INDEX = "INDEX.tsv"
EXCERPT = re.compile(r"（[^（）]*）$")  # the title of an excerpt says so in brackets at its end
WIDE = str.maketrans("()", "（）")  # some texts number their items with half-width brackets
SUBITEM = re.compile(r"\d+[.．、]")  # 目: below an item
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
                messages = (
                    *_differences(law, version, read(version.file)),
                    *_wrong_shapes(law, version, rulebook, statutes),
                )
                yield from (fault(f"law {law.id}", message) for message in messages)
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


def shape_of(article: str) -> Shape:
    """The number of items of each paragraph of an article, as printed."""
    counts: list[int] = []
    for line in (line.translate(WIDE) for line in article.splitlines() if line and not line.startswith("<!--")):
        if SUBITEM.match(line):
            continue
        if not line.startswith("（"):
            counts.append(0)
        elif counts and line.startswith(f"（{chinese(counts[-1] + 1)}）"):
            counts[-1] += 1
    return tuple(counts) or PLAIN


def shapes_of(law: Law, version: Version, statutes: Path) -> Mapping[str, Shape] | None:
    """The shapes of all articles of a version whose text is held; by 23, or 286-1 for one inserted."""
    statute = _read(statutes / version.file) if version.file else None
    if statute is None:
        return None
    named = {heading(number, None): str(number) for number in range(1, version.last + 1)}
    named |= {heading(one.article, one.number): name(one.article, one.number) for one in version.inserted}
    return {named[title]: shape_of(text) for title, text in statute.articles.items() if title in named}


def _wrong_shapes(law: Law, version: Version, rulebook: Rulebook, statutes: Path) -> Iterator[str]:
    found = shapes_of(law, version, statutes)
    held = rulebook.article_shapes.get(key(law.id, version.effective))
    if found is not None and (held is None or dict(held.listed) != {k: v for k, v in found.items() if v != PLAIN}):
        yield f"the paragraphs and items of the text of {version.effective} are not those of {FILE}"


def _not_there(citation: Citation, statute: Statute) -> str | None:
    title = heading(citation.article, citation.inserted)
    article = statute.articles.get(title)
    if article is None:
        return f"the text has no {title}"
    one = Shapes({str(citation.article): shape_of(article)})
    if not one.holds(citation.article, None, citation.paragraph, None):
        return f"{title} has no paragraph {citation.paragraph}"
    if not one.holds(citation.article, None, citation.paragraph, citation.item):
        return f"{title} has no item {citation.item} there"
    return None
