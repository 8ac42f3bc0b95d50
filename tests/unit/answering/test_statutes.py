"""Imported statute texts: read, kept, searched; and what a broken import leaves behind."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hegui.capabilities.answering.decisions import NO_CONTRAST
from hegui.capabilities.answering.statutes.library import Library
from hegui.capabilities.answering.statutes.shelf import Shelf
from hegui.capabilities.answering.statutes.texts import NotStatutes, from_database, from_folder
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)
OURS = """\
---
title_zh: "中华人民共和国网络安全法"
effective: "2026-01-01"
articles: 2
---

# 中华人民共和国网络安全法

<!-- 第一章 总则 -->

## 第一条

（自拟示例）网络运营者留存日志。

（自拟示例）另起一款。

<!-- 第二章 附则 -->

## 第二条之一

（自拟示例）附加一条。
"""
FOREIGN = (
    "CREATE TABLE articles (id INTEGER, law_name TEXT, article_no_arabic INTEGER, article_no TEXT,"
    " chapter TEXT, article_text TEXT, status TEXT)"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "csl.md").write_text(OURS, encoding="utf-8")
    return texts


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "laws.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute(FOREIGN)
        row = (1, "中华人民共和国示例继承法", 3, "第三条", None, "（自拟示例）遗产由继承人分配。", "现行有效")
        made.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        made.execute("INSERT INTO articles VALUES (2, '旧法', 1, '第一条', NULL, '失效', '已废止')")
    return file


@pytest.fixture
def shelf(tmp_path: Path, folder: Path) -> Shelf:
    kept = Shelf(tmp_path / "data")
    kept.put("folder", from_folder(folder))
    return kept


def test_a_folder_gives_articles_with_chapter_and_version(folder: Path) -> None:
    first, second = from_folder(folder)
    assert (first.number, first.inserted, first.chapter, first.effective) == (1, 0, "第一章 总则", "2026-01-01")
    assert first.text.splitlines() == ["（自拟示例）网络运营者留存日志。", "（自拟示例）另起一款。"]
    assert (second.number, second.inserted, second.chapter) == (2, 1, "第二章 附则")


@pytest.mark.parametrize("content", ["no front matter", "---\ntitle_zh: x\n---\n## 第一条\n", "---\n" * 3, ""])
def test_a_file_that_is_no_statute_is_refused_as_a_whole(folder: Path, content: str) -> None:
    (folder / "bad.md").write_text(content, encoding="utf-8")
    with pytest.raises(NotStatutes, match=r"bad\.md"):
        from_folder(folder)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotStatutes):
        from_folder(tmp_path / "none")


def test_a_database_gives_what_is_in_force(database: Path) -> None:
    assert [(article.law, article.number) for article in from_database(database)] == [("中华人民共和国示例继承法", 3)]


def test_what_is_no_database_is_refused(folder: Path) -> None:
    with pytest.raises(NotStatutes):
        from_database(folder / "csl.md")


def test_the_text_of_a_day_is_found(shelf: Shelf, rulebook: Rulebook) -> None:
    library = Library(shelf, rulebook)
    found = library.article("中华人民共和国网络安全法", 1, None, TODAY)
    assert found is not None
    assert "留存日志" in found.text
    assert library.article("中华人民共和国网络安全法", 1, None, date(2025, 1, 1)) is None
    assert library.article("中华人民共和国网络安全法", 9, None, TODAY) is None


def test_only_laws_that_the_rules_cover_are_shown(shelf: Shelf, database: Path, rulebook: Rulebook) -> None:
    shelf.put("package", from_database(database))
    library = Library(shelf, rulebook)
    assert [passage.law for passage in library.search("遗产怎么分配，日志要留存吗", 3)] == [
        "中华人民共和国网络安全法"
    ] * 1


def test_the_contrast_tells_our_matters_from_others(shelf: Shelf, database: Path, rulebook: Rulebook) -> None:
    assert Library(shelf, rulebook).contrast("日志要留存吗") == NO_CONTRAST
    shelf.put("package", from_database(database))
    library = Library(shelf, rulebook)
    assert library.contrast("日志要留存吗") > 1 > library.contrast("遗产怎么分配")


def test_a_half_built_index_is_never_opened(shelf: Shelf, rulebook: Rulebook) -> None:
    (shelf.folder / "building-left-by-a-kill").mkdir()
    (shelf.folder / "building-left-by-a-kill" / "meta.json").write_text("{", encoding="utf-8")
    assert Library(shelf, rulebook).search("日志", 1)


def test_the_index_may_be_deleted_at_any_time(shelf: Shelf, rulebook: Rulebook) -> None:
    Library(shelf, rulebook)
    index = next(shelf.folder.glob("index-*"))
    for file in index.iterdir():
        file.unlink()
    index.rmdir()
    assert Library(shelf, rulebook).search("日志", 1)


def test_an_import_takes_the_place_of_the_one_before(shelf: Shelf, folder: Path, rulebook: Rulebook) -> None:
    before = shelf.digest()
    (folder / "csl.md").write_text(OURS.replace("日志", "台账"), encoding="utf-8")
    shelf.put("folder", from_folder(folder))
    assert shelf.digest() != before
    assert Library(shelf, rulebook).search("台账", 1)
    assert len(list(shelf.folder.glob("index-*"))) == 1
