"""What is to be written into an annotated copy (批注副本), as JSON for the process that writes it."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from hegui.capabilities.ledger.model import Severity
from hegui.capabilities.ledger.output.model import Examined, Told
from hegui.foundation.language.catalogue import Texts

MOST_FINDINGS = 20_000  # written into one copy, worst first; what is left out is counted on the first sheet
MOST_LEFT_OUT = 5_000


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mark(_Part):
    """A finding at its place: `line` is the row of the findings sheet, `note` the comment at the cell."""

    sheet: str
    row: int | None
    column: str
    severity: Severity
    line: tuple[str, ...]
    note: str


class Plan(_Part):
    """All that the writer needs, in words.

    `name` is what the reader called the one sheet of a CSV; `header_rows` are the rows of the headers of each sheet.
    """

    out: Path
    kind: str = ""
    encoding: str | None = None
    name: str
    findings_sheet: str
    unread_sheet: str
    heading: tuple[str, ...]
    findings_header: tuple[str, ...]
    unread_header: tuple[str, ...]
    marks: tuple[Mark, ...]
    unread: tuple[tuple[str, str, str, str], ...]
    header_rows: dict[str, tuple[int, ...]]
    row_word: str
    too_many_sheets: str


def plan(examined: Examined, out: Path, texts: Texts, encoding: str | None = None) -> dict[str, Any]:
    """The plan of an annotated copy that will be written to `out`; the guard adds the kind of the original."""
    told = examined.worst_first()
    made = Plan(
        out=out.absolute(),
        encoding=encoding,
        name=examined.book.sheets[0].name if examined.book.sheets else Path(examined.file_name).stem,
        findings_sheet=texts("ledger_output.findings.sheet_name"),
        unread_sheet=texts("ledger_output.unread.sheet_name"),
        heading=heading(examined, texts),
        findings_header=tuple(texts(f"ledger_output.findings.{word}") for word in FINDINGS_HEADER),
        unread_header=tuple(texts(f"ledger_output.findings.{word}") for word in ("sheet", "row", "column", "why")),
        marks=tuple(_mark(one, texts) for one in told[:MOST_FINDINGS]),
        unread=tuple(
            (one.unread.sheet, str(one.unread.row or ""), one.unread.column, one.sentence)
            for one in examined.left_out[:MOST_LEFT_OUT]
        ),
        header_rows=_header_rows(examined),
        row_word=texts("ledger_output.findings.row_word", row="{row}"),
        too_many_sheets=texts("ledger_output.findings.too_many_sheets", count="{count}"),
    )
    return made.model_dump(mode="json", exclude={"kind"})


FINDINGS_HEADER = ("number", "severity", "check", "sheet", "row", "column", "sentence", "mend", "basis")


def heading(examined: Examined, texts: Texts) -> tuple[str, ...]:
    """The lines above the findings: which file, when, how many, and what a reader must know of the copy."""
    counts = {str(severity): count for severity, count in examined.counts().items()}
    lines = [
        texts("ledger_output.findings.title"),
        texts("ledger_output.findings.about", file=examined.file_name, day=examined.checked_at),
        texts("ledger_output.findings.counts", **counts) if examined.told else texts("ledger_output.findings.none"),
        texts("ledger_output.findings.copy"),
    ]
    if examined.unsigned:
        lines.append(texts("ledger_output.unsigned", packs=texts("ledger_output.comma").join(examined.unsigned)))
    if len(examined.told) > MOST_FINDINGS:
        lines.append(texts("ledger_output.findings.more", shown=MOST_FINDINGS, count=len(examined.told)))
    if len(examined.left_out) > MOST_LEFT_OUT:
        lines.append(texts("ledger_output.unread.more", shown=MOST_LEFT_OUT, count=len(examined.left_out)))
    return tuple(lines)


def _mark(told: Told, texts: Texts) -> Mark:
    finding = told.finding
    severity = texts(f"ledger_output.severity.{finding.severity}")
    place = (finding.sheet, str(finding.row or ""), finding.column)
    note = "\n".join(
        line
        for line in (
            f"{severity} {finding.check}",
            told.sentence,
            texts("ledger_output.findings.to_mend", mend=told.mend) if told.mend else "",
            told.citations,
        )
        if line
    )
    return Mark(
        sheet=finding.sheet,
        row=finding.row,
        column=finding.column,
        severity=finding.severity,
        line=(severity, finding.check, *place, told.sentence, told.mend, told.citations),
        note=note,
    )


def _header_rows(examined: Examined) -> dict[str, tuple[int, ...]]:
    rows: dict[str, set[int]] = {}
    for sheet in examined.book.sheets:
        rows.setdefault(sheet.name, set()).add(sheet.header_row)
    return {name: tuple(sorted(held)) for name, held in rows.items()}
