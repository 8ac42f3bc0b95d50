"""The empty ledger (空白台账): five sheets with our headers, and one that explains them.

Examples stand on the notes sheet, one header a line, so that no checker reads them as dealings.
"""

import io
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from pydantic import BaseModel, ConfigDict, Field

from hegui.capabilities.ledger.model import Field as LedgerField
from hegui.capabilities.ledger.output.cells import width_of
from hegui.foundation.language.catalogue import Texts

FILE = Path(__file__).with_name("template.toml")
ROWS = 5000  # rows under a header that have lists to choose from
WIDEST_HEADER, LONG_COLUMN, GAP = 24, 26, 3  # characters
HEADER_LOOK = {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "vcenter"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Part):
    """A header with what may stand under it."""

    field: LedgerField
    header: str
    kind: Literal["date", "amount", "text", "long", "choice"] = Field(alias="as")
    en: str
    example: str


class TemplateSheet(_Part):
    """One sheet of the empty ledger."""

    name: str
    columns: tuple[Column, ...]


class Template(_Part):
    """All sheets, and the words of the lists by field."""

    choices: dict[LedgerField, tuple[str, ...]]
    sheets: tuple[TemplateSheet, ...]


def read_template() -> Template:
    return Template.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


def template_workbook(texts: Texts) -> bytes:
    """The workbook, with its notes in the language of `texts`; headers are Chinese in both."""
    template, content = read_template(), io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
        "amount": None,
        "header": book.add_format(HEADER_LOOK),
    }
    for sheet in template.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, template.choices, looks, texts)
    _write_notes(book, template, texts)
    book.close()
    return content.getvalue()


def _write_sheet(page: Any, sheet: TemplateSheet, choices: Any, looks: dict[str, Any], texts: Texts) -> None:
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.header, looks["header"])
        look = looks.get(column.kind, looks["text"])
        page.set_column(place, place, _width(column), look)
        if rule := _validation(column, choices, texts):
            page.data_validation(1, place, ROWS, place, rule)
    page.set_row(0, 32)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _width(column: Column) -> int:
    if column.kind == "long":
        return LONG_COLUMN
    return min(WIDEST_HEADER, max(width_of(column.header), width_of(column.example))) + GAP


def _validation(column: Column, choices: Any, texts: Texts) -> dict[str, Any] | None:
    """A warning, not a bar: what was really done must be writable."""
    said = {"error_type": "warning", "error_title": column.header[:32]}
    match column.kind:
        case "choice":
            source = list(choices[column.field])
            return {**said, "validate": "list", "source": source, "error_message": texts("ledger_output.template.pick")}
        case "amount":
            message = texts("ledger_output.template.amount")
            return {**said, "validate": "decimal", "criteria": ">=", "value": 0, "error_message": message}
        case "date":
            message = texts("ledger_output.template.date")
            # Number 32874 is 1 January 1990; a year written with two digits ends up before it.
            return {**said, "validate": "date", "criteria": ">=", "value": 32874, "error_message": message}
        case _:
            return None


def _write_notes(book: Any, template: Template, texts: Texts) -> None:
    page = book.add_worksheet(texts("ledger_output.template.notes"))
    header, wrapped = book.add_format(HEADER_LOOK), book.add_format({"text_wrap": True, "valign": "top"})
    row = 0
    for line in texts.catalogue.words(texts.language, "ledger_output.template.advice"):
        page.merge_range(row, 0, row, 3, line, wrapped)
        page.set_row(row, 32)
        row += 1
    for place, word in enumerate(("sheet", "header", "meaning", "example")):
        page.write_string(row + 1, place, texts(f"ledger_output.template.{word}"), header)
    for number, explained in enumerate(_explained(template, texts), row + 2):
        for place, text in enumerate(explained):
            page.write_string(number, place, text, wrapped)
    page.set_column(0, 0, 10)
    page.set_column(1, 1, 30)
    page.set_column(2, 2, 46)
    page.set_column(3, 3, 28)


def _explained(template: Template, texts: Texts) -> Sequence[tuple[str, str, str, str]]:
    return [
        (sheet.name, column.header, _meaning(column, template, texts), column.example)
        for sheet in template.sheets
        for column in sheet.columns
    ]


def _meaning(column: Column, template: Template, texts: Texts) -> str:
    allowed = ""
    if column.kind == "choice":
        allowed = texts("ledger_output.template.one_of", words=" / ".join(template.choices[column.field]))
    how = allowed or texts(f"ledger_output.template.how_{column.kind}")
    return how if texts.language == "zh" else f"{column.en}. {how}"
