"""The report of an examination (体检报告), a PDF to sign and hand in: what was checked, found, and not checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hegui.capabilities.ledger.output.model import Examined, Told
from hegui.foundation.language.catalogue import Texts
from hegui.foundation.typesetting.typesetter import SetsPages
from hegui.foundation.typesetting.wording import breakable

TEMPLATE = Path(__file__).with_name("report.typ")
MOST_FINDINGS = 500  # printed, worst first; the annotated copy has them all
MOST_NOT_CHECKED = 200
LONGEST = 600  # characters of one text
WORDS = ("title", "counts", "findings", "none", "mend", "sentence", "place", "number", "severity")


async def report_pdf(examined: Examined, texts: Texts, setter: SetsPages) -> bytes:
    """The same examination gives the same bytes; the document is dated with the moment of the examination."""
    return await setter.pdf(TEMPLATE, report_data(examined, texts), at=examined.checked_at)


def report_data(examined: Examined, texts: Texts) -> Mapping[str, Any]:
    """What the template prints, all of it in words."""
    told = examined.worst_first()
    return {
        "language": texts.language,
        "file": _short(examined.file_name),
        "words": _words(texts),
        "about": _about(examined, texts),
        "warning": _warning(examined, texts),
        "counts": [
            {"severity": severity, "words": texts(f"ledger_output.severity.{severity}"), "count": count}
            for severity, count in examined.counts().items()
        ],
        "findings": [_finding(number, one, texts) for number, one in enumerate(told[:MOST_FINDINGS], 1)],
        "more": _more(len(told), texts),
        "not_checked": _not_checked(examined, texts),
        "how": [texts("ledger_output.report.how_read"), texts("ledger_output.report.how_judged")],
    }


def _words(texts: Texts) -> dict[str, Any]:
    words: dict[str, Any] = {word: texts(f"ledger_output.report.{word}") for word in WORDS}
    for word in ("not_checked", "nothing_left", "how", "missing"):
        words[word] = texts(f"ledger_output.report.{word}")
    words["sign"] = [texts(f"ledger_output.report.sign_{who}") for who in ("by", "reviewed", "seal", "day")]
    return words


def _about(examined: Examined, texts: Texts) -> list[tuple[str, str]]:
    """Rows of name and value; what is not known has no row."""
    sheets = texts("ledger_output.comma").join(f"{sheet.name} ({sheet.rows})" for sheet in examined.book.sheets)
    known = {
        "enterprise": examined.enterprise or "",
        "file": examined.file_name,
        "sha256": breakable(examined.sha256, 16),
        "checked_at": texts("ledger_output.report.moment", moment=examined.checked_at),
        "sheets": sheets,
        "rules": examined.rules,
    }
    return [(texts(f"ledger_output.report.about_{name}"), _short(value)) for name, value in known.items() if value]


def _warning(examined: Examined, texts: Texts) -> str:
    if not examined.unsigned:
        return ""
    return texts("ledger_output.unsigned", packs=texts("ledger_output.comma").join(examined.unsigned))


def _finding(number: int, told: Told, texts: Texts) -> dict[str, Any]:
    finding = told.finding
    row = texts("ledger_output.findings.row_word", row=finding.row) if finding.row else ""
    place = "\n".join(part for part in (finding.sheet, row, "".join(finding.column.split())) if part)
    return {
        "number": number,
        "severity": finding.severity,
        "words": texts(f"ledger_output.severity.{finding.severity}"),
        "check": finding.check,
        "place": breakable(_short(place)),
        "sentence": breakable(_short(told.sentence), 24),
        "citations": _short(told.citations),
        "mend": breakable(_short(told.mend), 24),
    }


def _more(count: int, texts: Texts) -> str:
    if count <= MOST_FINDINGS:
        return ""
    return texts("ledger_output.report.more", shown=MOST_FINDINGS, count=count)


def _not_checked(examined: Examined, texts: Texts) -> list[str]:
    lines = [f"{one.check} {one.sentence}" for one in examined.not_checked]
    for left in examined.left_out:
        row = texts("ledger_output.findings.row_word", row=left.unread.row) if left.unread.row else ""
        place = " ".join(part for part in (left.unread.sheet, row, left.unread.column) if part)
        lines.append(texts("ledger_output.report.left_out", place=place, why=left.sentence))
    kept = [breakable(_short(line), 24) for line in lines[:MOST_NOT_CHECKED]]
    if len(lines) > MOST_NOT_CHECKED:
        kept.append(texts("ledger_output.unread.more", shown=MOST_NOT_CHECKED, count=len(lines)))
    return kept


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
