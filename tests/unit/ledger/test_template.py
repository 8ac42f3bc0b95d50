"""The empty ledger can be filled in as it is, and holds nothing that reads like a dealing."""

import io
from pathlib import Path

import openpyxl
import pytest
from tests.unit.cli.commands import FINDINGS, FINE, USAGE, Commands

from hegui.capabilities.ledger.output.template import read_template, template_workbook
from hegui.foundation.language.catalogue import Catalogue, Language, Texts

SHEETS = {"购买": 23, "领用": 11, "库存": 14, "销售": 16, "转让": 8}


@pytest.fixture(params=["zh", "en"])
def book(request: pytest.FixtureRequest, catalogue: Catalogue) -> openpyxl.Workbook:
    language: Language = request.param
    return openpyxl.load_workbook(io.BytesIO(template_workbook(Texts(catalogue, language))))


def test_five_sheets_have_headers_and_nothing_else(book: openpyxl.Workbook) -> None:
    assert {name: book[name].max_column for name in book.sheetnames[:5]} == SHEETS
    assert {book[name].max_row for name in SHEETS} == {1}
    assert book["库存"]["H1"].value == "期末"
    assert book["购买"]["P1"].value == "备案证明类型(一次/多次)"


def test_identity_numbers_are_kept_as_text_and_days_as_dates(book: openpyxl.Workbook) -> None:
    columns = book["销售"].column_dimensions
    assert columns["I"].number_format == "@"
    assert columns["A"].number_format == "yyyy-mm-dd"


def test_lists_offer_the_words_and_only_warn(book: openpyxl.Workbook) -> None:
    rules = {str(rule.sqref): rule for rule in book["购买"].data_validations.dataValidation}
    assert rules["P2:P5001"].formula1 == '"一次,多次"'
    assert {rule.errorStyle for rule in rules.values()} == {"warning"}


def test_the_header_stays_in_sight(book: openpyxl.Workbook) -> None:
    assert {book[name].freeze_panes for name in SHEETS} == {"C2"}


def test_the_notes_explain_every_header_one_a_line(book: openpyxl.Workbook) -> None:
    notes = book[book.sheetnames[5]]
    explained = [(row[0], row[1]) for row in notes.iter_rows(values_only=True)]
    for sheet in read_template().sheets:
        for column in sheet.columns:
            assert (sheet.name, column.header) in explained


def test_no_field_stands_twice_on_a_sheet() -> None:
    for sheet in read_template().sheets:
        fields = [column.field for column in sheet.columns]
        assert len(set(fields)) == len(fields)


def test_the_command_writes_it_and_never_over_a_ledger(tmp_path: Path) -> None:
    hegui, out = Commands(tmp_path / "data"), tmp_path / "台账.xlsx"
    out.touch()  # an empty file may be filled
    assert hegui("ledger", "template", str(out)).returncode == FINE
    written = out.read_bytes()
    again = hegui("ledger", "template", str(out))
    assert (again.returncode, out.read_bytes()) == (FINDINGS, written)
    assert "was not overwritten" in again.stderr
    assert hegui("ledger", "template", str(tmp_path / "x.csv")).returncode == USAGE
