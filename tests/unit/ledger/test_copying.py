"""The copy is written by the confined process, and a file that cannot be read leaves nothing behind."""

from pathlib import Path

import openpyxl
import pytest
from tests.unit.ledger.examined import BUY, STOCK, examined, ledger

from hegui.capabilities.ledger.output.copying import write_copy
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue, Texts


async def test_the_confined_process_writes_the_copy(tmp_path: Path, catalogue: Catalogue) -> None:
    out = tmp_path / "copy.xlsx"
    await write_copy(ledger(tmp_path / "ledger.xlsx"), examined(), out, Texts(catalogue, "zh"))
    assert openpyxl.load_workbook(out).sheetnames == ["体检结果", "未读取的内容", BUY, STOCK]
    assert out.stat().st_mode & 0o077 == 0
    assert {file.name for file in tmp_path.iterdir()} == {"ledger.xlsx", "copy.xlsx"}


async def test_a_file_that_is_no_ledger_leaves_nothing_behind(tmp_path: Path, catalogue: Catalogue) -> None:
    source = tmp_path / "ledger.xlsx"
    source.write_bytes(b"%PDF-1.7 nothing of a ledger")
    with pytest.raises(Refusal) as refused:
        await write_copy(source, examined(), tmp_path / "copy.xlsx", Texts(catalogue, "zh"))
    assert catalogue.has(refused.value.key)
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.xlsx"]
