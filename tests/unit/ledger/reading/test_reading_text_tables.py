"""Text tables (CSV): code, delimiter, quotes."""

from pathlib import Path

import pytest
from tests.unit.ledger.reading.reading import HEADERS, values

from hegui.capabilities.ledger.model import Book
from hegui.capabilities.ledger.reading import read_book
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.recognising import FileKind

TABLE = '购买日期,品名,数量,供应商\n2026-01-05,盐酸,5公斤,宁波镕㙍化工\n2026年1月6日,硫酸,"1,200",甲\n'


def read(folder: Path, raw: bytes, encoding: str | None = None) -> Book:
    assert HEADERS
    path = folder / "f3a9.csv"
    path.write_bytes(raw)
    return read_book(path, FileKind.csv, HEADERS, encoding=encoding, name="台账.csv")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_code_is_found_by_a_fixed_ladder(tmp_path: Path, code: str) -> None:
    book = read(tmp_path, TABLE.encode(code))
    assert values(book, "supplier") == ["宁波镕㙍化工", "甲"]
    assert values(book, "quantity") == [5, 1200]
    assert (book.sheets[0].name, [entry.row for entry in book.entries], book.unread) == ("台账.csv", [2, 3], ())


def test_the_code_may_be_named(tmp_path: Path) -> None:
    assert values(read(tmp_path, "日期,品名,期初,期末\n2026-01-05,鹽酸,5,5\n".encode("big5"), "big5"), "chemical") == [
        "鹽酸"
    ]


@pytest.mark.parametrize("code", ["no-such-code", "ascii", "utf-16-le", "zlib_codec"])
def test_a_code_that_does_not_fit_is_refused_in_words(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(tmp_path, TABLE.encode("gb18030") + b"\n", code)
    assert refused.value.key == "ledger.wrong_encoding"


@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_the_delimiter_is_told_by_the_first_lines(tmp_path: Path, mark: str) -> None:
    text = "购买日期,品名,数量,供应商\n2026-01-05,盐酸,5,甲\n".replace(",", mark)
    assert values(read(tmp_path, text.encode()), "chemical") == ["盐酸"]


def test_the_line_of_a_quoted_break_counts_as_one_row(tmp_path: Path) -> None:
    text = '购买日期,品名,数量,供应商\n2026-01-05,"盐\n酸",5,甲\n2026-01-06,硫酸,5,甲\n'
    assert [entry.row for entry in read(tmp_path, text.encode()).entries] == [2, 3]


def test_short_lines_and_what_is_left_open_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    book = read(tmp_path, '购买日期,品名,数量,供应商\n2026-01-05,盐酸\n2026-01-06,硫酸,5,"甲\n'.encode())
    assert [set(entry.values) for entry in book.entries] == [
        {"day", "chemical"},
        {"day", "chemical", "quantity", "supplier"},
    ]


def test_a_line_with_hundreds_of_cells_is_cut_and_said(tmp_path: Path) -> None:
    book = read(
        tmp_path, ("购买日期,品名,数量,供应商" + "," * 300 + "\n2026-01-05,盐酸,5,甲" + ",7" * 300 + "\n").encode()
    )
    assert len(book.entries) == 1
    assert book.unread[0].key == "ledger.unread.too_many_columns"
