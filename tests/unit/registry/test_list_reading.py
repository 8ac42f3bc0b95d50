"""Lists of enterprises as files: where the header stands, which row is which, and what no list is."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hegui.cli.enterprise_list import headers, read_list
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry.list_reading import read


def _read(file: Path, kind: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    rows = read(file, {"kind": kind, "headers": headers(catalogue)})["rows"]
    return [{"row": row["row"], **row["fields"]} for row in rows]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_text_table_is_read_in_the_usual_codes_and_with_the_usual_marks(
    tmp_path: Path, catalogue: Catalogue, code: str, mark: str
) -> None:
    file = tmp_path / "list.csv"
    lines = [["单位名称", "备注", "社会信用代码", "所属辖区"], ["甲厂", "x", "C1", "柯桥区"], [], ["乙厂", "", "C2"]]
    file.write_text("\n".join(mark.join(line) for line in lines), encoding=code)
    assert _read(file, "csv", catalogue) == [
        {"row": 2, "name": "甲厂", "uscc": "C1", "district": "柯桥区"},
        {"row": 4, "name": "乙厂", "uscc": "C2", "district": ""},
    ]


def test_english_headers_and_a_title_above_are_read_too(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "list.csv"
    file.write_text('Enterprises 2026\n\nTags,USCC,Name\n"network=yes;size=small",C1,"One, Ltd"\n', encoding="utf-8")
    assert _read(file, "csv", catalogue) == [
        {"row": 4, "tags": "network=yes;size=small", "uscc": "C1", "name": "One, Ltd"}
    ]


def test_a_workbook_is_read_with_the_numbers_of_its_own_rows(tmp_path: Path, catalogue: Catalogue) -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("名单")
    sheet.cell(3, 2, "企业名称 *")
    sheet.cell(3, 3, "统一社会信用代码（18位）")
    sheet.cell(5, 2, "甲厂")
    sheet.cell(5, 3, 330600000012345)
    book.save(tmp_path / "list.xlsx")
    assert _read(tmp_path / "list.xlsx", "xlsx", catalogue) == [{"row": 5, "name": "甲厂", "uscc": "330600000012345"}]


@pytest.mark.parametrize("text", ["", "企业名称,辖区\n甲厂,柯桥区\n", "a,b\n" * 30 + "name,uscc\n"])
def test_a_table_without_the_headers_that_are_needed_is_refused(
    tmp_path: Path, catalogue: Catalogue, text: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        _read(file, "csv", catalogue)
    assert refused.value.key == "registry.no_headers"


def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Refusal) as refused:
        _read(file, "xlsx", catalogue)
    assert refused.value.key == "upload.damaged"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(50)], ids=["nothing", "a picture"])
async def test_what_is_no_table_is_refused_before_it_is_opened(
    tmp_path: Path, catalogue: Catalogue, content: bytes
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        await read_list(file, catalogue)
    assert refused.value.key.startswith("upload.")
