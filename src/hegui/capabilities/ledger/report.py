"""What an examination gave (体检报告), and as scripts read it (the contract of `hegui check ledger --json`) (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hegui.capabilities.ledger import wording
from hegui.capabilities.ledger.model import Finding, Severity, Sheet, Unread
from hegui.capabilities.ledger.output.chart import Stock
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.citing import as_cited
from hegui.rulebook.law import Citation
from hegui.rulebook.ledger_rules import FactQuestion, LedgerRules
from hegui.rulebook.pack import Rulebook


@dataclass(frozen=True, slots=True)
class Report:
    """Findings are sorted, the worst first; `counts` are of all of them, also of `left_out` that are not listed.

    `open_questions` are facts that nobody told, each with the checks that could not be made without it.
    """

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    counts: Mapping[Severity, int]
    left_out: int
    stocks: tuple[Stock, ...]
    open_questions: tuple[FactQuestion, ...]


def as_json(report: Report, rules: LedgerRules, rulebook: Rulebook, say: Texts) -> dict[str, Any]:
    """The report with its words in one language."""
    return {
        "sheets": [{"name": sheet.name, "kind": sheet.kind, "rows": sheet.rows} for sheet in report.sheets],
        "findings": [_finding(finding, rules, rulebook, say) for finding in report.findings],
        "unread": [_unread(unread, say) for unread in report.unread],
        "not_checked": [
            {"checks": list(one.needed_by), "fact": one.fact, "question": one.question.say(say.language)}
            for one in report.open_questions
        ],
        "counts": dict(report.counts),
        "left_out": report.left_out,
    }


def _finding(finding: Finding, rules: LedgerRules, rulebook: Rulebook, say: Texts) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "title": wording.title(finding, rules, say.language),
        "message": wording.sentence(finding, rules, say.language),
        "mend": wording.how_to_mend(finding, rules, say.language),
        "citations": [_cited(citation, rulebook, say) for citation in finding.citations],
    }


def _cited(citation: Citation, rulebook: Rulebook, say: Texts) -> dict[str, Any]:
    law = rulebook.law(citation.law)
    places = {"inserted": citation.inserted, "paragraph": citation.paragraph, "item": citation.item}
    return {
        "law": law.title if law else citation.law,
        "article": citation.article,
        **{name: number for name, number in places.items() if number is not None},
        "text": as_cited(citation, rulebook, say.language),
    }


def _unread(unread: Unread, say: Texts) -> dict[str, Any]:
    return {"sheet": unread.sheet, "row": unread.row, "column": unread.column, "reason": why(unread, say)}


def why(unread: Unread, say: Texts) -> str:
    """Why something was not read."""
    return say(unread.key, **unread.given)


def lines(report: Report, rules: LedgerRules, rulebook: Rulebook, say: Texts) -> Iterator[str]:
    """For a terminal: what was read, what was found, what was not read, what could not be checked."""
    for sheet in report.sheets:
        yield say("ledger_check.sheet", name=sheet.name, kind=say(f"ledger_check.kind.{sheet.kind}"), rows=sheet.rows)
    if not report.sheets:
        yield say("ledger_check.no_ledger")
    elif not report.findings:
        yield say("ledger_check.nothing")
    else:
        yield say("ledger_check.counts", **{severity.lower(): number for severity, number in report.counts.items()})
    yield from _found(report, rules, rulebook, say)
    yield from _not_done(report, say)


def _found(report: Report, rules: LedgerRules, rulebook: Rulebook, say: Texts) -> Iterator[str]:
    mended: set[tuple[str, str]] = set()
    for finding in report.findings:
        cited = say("ledger_check.comma").join(as_cited(one, rulebook, say.language) for one in finding.citations)
        yield ""
        yield say(
            f"ledger_check.severity_{finding.severity.lower()}",
            check=finding.check,
            title=wording.title(finding, rules, say.language),
            place=place(finding, say),
        )
        yield "  " + wording.sentence(finding, rules, say.language)
        if cited:
            yield "  " + say("ledger_check.basis", citations=cited)
        if (key := (finding.check, finding.variant)) not in mended:
            mended.add(key)
            yield "  " + say("ledger_check.mend", mend=wording.how_to_mend(finding, rules, say.language))


def place(finding: Finding, say: Texts) -> str:
    """Where it is, in words."""
    if finding.row is None:
        return say("ledger_check.whole", sheet=finding.sheet)
    return say("ledger_check.place", sheet=finding.sheet, row=finding.row, column=finding.column)


def _not_done(report: Report, say: Texts) -> Iterator[str]:
    if report.left_out:
        yield from ("", say("ledger_check.left_out", count=report.left_out))
    if report.unread:
        yield from ("", say("ledger_check.unread"))
        yield from ("  " + _where(unread, say) + why(unread, say) for unread in report.unread)
    if report.open_questions and report.sheets:
        yield from ("", say("ledger_check.not_checked"))
        for one in report.open_questions:
            yield f"  {', '.join(one.needed_by)} {one.question.say(say.language)}"
    yield from ("", say("ledger_check.limits"))


def _where(unread: Unread, say: Texts) -> str:
    if unread.row is None:
        return say("ledger_check.in_sheet", sheet=unread.sheet)
    return say("ledger_check.in_row", sheet=unread.sheet, row=unread.row)
