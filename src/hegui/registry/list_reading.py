"""Reads a list of enterprises (CSV, XLSX, XLS). Runs in a child process, because the file is from outside."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine as calamine

from hegui.foundation.errors import Refusal

TASK = "hegui.registry.list_reading:read"
REQUIRED = ("name", "uscc")
HEADER_WITHIN = 10  # rows: a title may stand above
CODES = ("utf-8-sig", "gb18030")
DELIMITERS = ",\t;"
BRACKETS = re.compile(r"\([^()]*\)$")
Cells = list[str]
Rows = Iterable[tuple[int, Cells]]


def read(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """The header row as it is, and every row below with its number, what stands in known columns, and all its cells.

    `given["headers"]` names each field's headers. Raises Refusal where no sheet has the headers that are needed.
    """
    headers = {name: field for field, names in given["headers"].items() for name in map(_plain, names)}
    sheets = _table(path) if given["kind"] == "csv" else _workbook(path)
    for rows in sheets:
        if found := _under_header(iter(rows), headers):
            return found
    raise Refusal("registry.no_headers")


def _under_header(rows: Iterator[tuple[int, Cells]], headers: Mapping[str, str]) -> dict[str, Any] | None:
    for number, cells in rows:
        places = _places(cells, headers)
        if all(field in places for field in REQUIRED):
            below = [_row(row, told, places) for row, told in rows if any(told)]
            return {"header": cells, "rows": below}
        if number >= HEADER_WITHIN:
            return None
    return None


def _places(cells: Sequence[str], headers: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands; the first column of a name counts."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if field := headers.get(_plain(cell)):
            places.setdefault(field, place)
    return places


def _row(number: int, cells: Cells, places: Mapping[str, int]) -> dict[str, Any]:
    fields = {field: cells[place] if place < len(cells) else "" for field, place in places.items()}
    return {"row": number, "fields": fields, "cells": cells}


def _plain(header: str) -> str:
    """Without blanks, case, the star of a column that must be filled, and what stands in brackets."""
    return BRACKETS.sub("", "".join(unicodedata.normalize("NFKC", header).split())).casefold().strip("*")


def _workbook(path: Path) -> Iterator[Rows]:
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield ((row, [_text(cell) for cell in cells]) for row, cells in enumerate(sheet.iter_rows(), 1))
    except calamine.PasswordError:
        raise Refusal("upload.password") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError):
        raise Refusal("upload.damaged") from None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _table(path: Path) -> Iterator[Rows]:
    text = _decoded(path.read_bytes())
    first = text[:20_000].splitlines()[:HEADER_WITHIN]
    mark = max(DELIMITERS, key=lambda one: sum(line.count(one) for line in first))
    yield _lines(text, mark)


def _lines(text: str, mark: str) -> Iterator[tuple[int, Cells]]:
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
            yield row, [cell.strip() for cell in cells]
    except csv.Error:
        raise Refusal("upload.damaged") from None


def _decoded(raw: bytes) -> str:
    for code in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else CODES:
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refusal("upload.damaged")
