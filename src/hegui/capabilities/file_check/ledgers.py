"""The examiner of ledgers (台账体检): what the doctor found, for a phone, and what can be made of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from hegui.capabilities.file_check.model import Fact, FileTask, UploadedFile, Work
from hegui.capabilities.ledger import report as reporting
from hegui.capabilities.ledger import wording
from hegui.capabilities.ledger.checks import unasked
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.handing_out import handed_out, told
from hegui.capabilities.ledger.model import Finding
from hegui.capabilities.ledger.output.chart import chart_png
from hegui.capabilities.ledger.output.copying import write_copy
from hegui.capabilities.ledger.output.model import Examined
from hegui.capabilities.ledger.output.report import report_pdf
from hegui.capabilities.ledger.report import Report
from hegui.capabilities.ledger.service import PACK, LedgerBooks, doctor
from hegui.capabilities.ledger.task import Outcome
from hegui.conversation.reply import Draft
from hegui.foundation.clock import Clock
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import CHINA, Catalogue, Texts
from hegui.foundation.typesetting.apart import TypesetterApart
from hegui.foundation.untrusted.guard import TABLES
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.ledger_rules import FactQuestion
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual

KIND = "precursor-ledger"
FIRST_SHOWN = 3  # findings of the summary
ON_A_PAGE = 5
MOST_ROWS_NAMED = 12
LONGEST_NAME = 60
YES_NO: Mapping[str, str] = {"annual_report_filed": "yes_no", "two_person_custody": "yes_no", "dealing_since": "day"}
"""Facts that a person can tell in chat, in the order in which they are asked; the others need papers."""


class LedgerExaminer:
    """Keeps of an examination what the child said, and the day as of which it was made."""

    kind = KIND
    pack = PACK
    formats = TABLES
    compares_answers = False

    def __init__(self, rulebook: Rulebook, catalogue: Catalogue, clock: Clock, setter: TypesetterApart) -> None:
        self._rulebook = rulebook
        self._catalogue = catalogue
        self._clock = clock
        self._setter = setter

    async def examine(self, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        facts = _facts(given, self._clock.now().astimezone(CHINA).date())
        report = await doctor(path, self._books, facts)
        kept = Outcome(
            sheets=report.sheets,
            findings=report.findings,
            unread=report.unread,
            counts=dict(report.counts),
            left_out=report.left_out,
            stocks=report.stocks,
        )
        return kept.model_dump(mode="json") | {"as_of": facts.today.isoformat()}

    @property
    def _books(self) -> LedgerBooks:
        return LedgerBooks.of(self._rulebook)

    def _report(self, found: FileTask) -> Report:
        result = dict(found.result or {})
        facts = _facts(found.given, date.fromisoformat(result.pop("as_of")))
        outcome = Outcome.model_validate(result)
        return Report(
            sheets=outcome.sheets,
            findings=outcome.findings,
            unread=outcome.unread,
            counts=outcome.counts,
            left_out=outcome.left_out,
            stocks=outcome.stocks,
            open_questions=unasked(self._books.rules, facts),
        )

    # ---- pages ---------------------------------------------------------------------------------------------------

    def page(self, say: Texts, file: UploadedFile, found: FileTask, number: int | None) -> Draft:
        report = self._report(found)
        if number is None:
            return self._summary(say, file, report)
        draft = Draft().heading(say("file.ledger.page", name=file.name, number=number + 1, of=self.pages(found)))
        findings = report.findings[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        for finding in findings:
            self._finding(draft, finding, say)
        if not findings:
            self._unread(draft, report, say)
        return draft

    def pages(self, found: FileTask) -> int:
        report = self._report(found)
        return -(-len(report.findings) // ON_A_PAGE) + bool(report.unread)

    def _summary(self, say: Texts, file: UploadedFile, report: Report) -> Draft:
        draft = Draft().heading(say("file.ledger.heading", name=file.name))
        if not report.sheets:
            draft.text(say("ledger_check.no_ledger"))
            self._unread(draft, report, say)
            return draft
        draft.text(say("file.ledger.read", sheets=_listed(self._sheets(report, say), say)))
        if not report.findings:
            draft.text(say("ledger_check.nothing"))
        else:
            counts = {severity.lower(): number for severity, number in report.counts.items()}
            draft.text(say("ledger_check.counts", **counts))
        for finding, more in _first_of_each(report.findings)[:FIRST_SHOWN]:
            line = say("file.ledger.line", place=reporting.place(finding, say), told=self._sentence(finding, say))
            draft.item(line + (say("file.ledger.more_of_it", count=more) if more else ""))
        if report.unread:
            draft.note(say("file.ledger.unread_count", count=len(report.unread)))
        if not self._rulebook.is_signed(PACK):
            draft.note(say("answering.unsigned"))
        return draft.note(say("ledger_check.limits"))

    def _sheets(self, report: Report, say: Texts) -> Iterator[str]:
        for sheet in report.sheets:
            kind = say(f"ledger_check.kind.{sheet.kind}")
            yield say("ledger_check.sheet", name=sheet.name, kind=kind, rows=sheet.rows)

    def _sentence(self, finding: Finding, say: Texts) -> str:
        return wording.sentence(finding, self._books.rules, say.language)

    def _finding(self, draft: Draft, finding: Finding, say: Texts) -> None:
        words = told(finding, self._books.rules, self._rulebook, say)
        title = wording.title(finding, self._books.rules, say.language)
        severity = f"ledger_check.severity_{finding.severity.lower()}"
        draft.heading(say(severity, check=finding.check, title=title, place=reporting.place(finding, say)))
        draft.text(words.sentence)
        if words.citations:
            draft.note(say("ledger_check.basis", citations=words.citations))
        draft.note(say("ledger_check.mend", mend=words.mend))

    def _unread(self, draft: Draft, report: Report, say: Texts) -> None:
        if report.unread:
            draft.heading(say("ledger_check.unread"))
        for one in report.unread[: 2 * ON_A_PAGE]:
            where = "ledger_check.in_sheet" if one.row is None else "ledger_check.in_row"
            draft.item(say(where, sheet=one.sheet, row=one.row) + reporting.why(one, say))
        if len(report.unread) > 2 * ON_A_PAGE:
            draft.note(say("file.ledger.unread_more", count=len(report.unread) - 2 * ON_A_PAGE))

    # ---- what can be done with it ----------------------------------------------------------------------------------

    def offers(self, found: FileTask) -> tuple[Work, ...]:
        report = self._report(found)
        if not report.sheets:
            return ()
        return ("annotated", "report", "chart") if report.stocks else ("annotated", "report")

    async def make(self, work: Work, file: UploadedFile, path: Path, found: FileTask, target: Path) -> str:
        say = Texts(self._catalogue, found.language)
        report, stem = self._report(found), Path(file.name).stem[:LONGEST_NAME]
        match work:
            case "annotated":
                await write_copy(path, self._examined(file, found, report, say), target, say)
                return say("file.ledger.copy_name", name=stem)
            case "report":
                examined = self._examined(file, found, report, say)
                target.write_bytes(await report_pdf(examined, say, self._setter))
                return say("file.ledger.report_name", name=stem)
            case "chart":
                target.write_bytes(await chart_png(report.stocks, say, self._setter))
                return say("file.ledger.chart_name", name=stem)
            case _:
                raise Refusal("conversation.old_button")

    def _examined(self, file: UploadedFile, found: FileTask, report: Report, say: Texts) -> Examined:
        at: datetime = found.settled_at or self._clock.now()
        enterprise = found.given.get("unit_name")
        return handed_out(
            report,
            self._books.rules,
            self._rulebook,
            say,
            file_name=file.name,
            sha256=file.sha256,
            at=at,
            enterprise=enterprise,
        )

    def facts(self, say: Texts, found: FileTask) -> tuple[Fact, ...]:
        open_questions = {one.fact: one for one in self._report(found).open_questions}
        asked = [open_questions[name] for name in YES_NO if name in open_questions]
        return tuple(self._fact(one, say) for one in asked)

    def _fact(self, asked: FactQuestion, say: Texts) -> Fact:
        answers = (("yes", say("file.fact.yes")), ("no", say("file.fact.no"))) if YES_NO[asked.fact] == "yes_no" else ()
        return Fact(id=asked.fact, text=asked.question.say(say.language), answers=answers)

    def faults(self, say: Texts, found: FileTask) -> tuple[YesNo, ...]:
        """One question for each check that found a likely violation, with the rows it was found in."""
        likely = sorted((f for f in self._report(found).findings if f.severity == "A"), key=lambda f: f.check)
        return tuple(self._fault(list(rows)) for _, rows in groupby(likely, key=lambda f: f.check))

    def _fault(self, found: Sequence[Finding]) -> YesNo:
        check = self._books.rules.by_id[found[0].check]
        zh, en = (self._rows(found, Texts(self._catalogue, language)) for language in ("zh", "en"))
        citations = tuple(dict.fromkeys(citation for finding in found for citation in finding.citations))
        words = Bilingual(zh=f"{check.title.zh}{zh}", en=f"{check.title.en}{en}")
        return YesNo(
            id=check.id,
            kind="yes_no",
            text=check.title,
            finding=words,
            remedy=check.mend,
            citations=citations,
            weight="high",
        )

    def _rows(self, found: Sequence[Finding], say: Texts) -> str:
        places = [f"{sheet} {_listed(map(str, rows), say)}" for sheet, rows in _by_sheet(found[:MOST_ROWS_NAMED])]
        more = say("file.ledger.more_rows") if len(found) > MOST_ROWS_NAMED else ""
        return say("file.ledger.rows", places=_listed(places, say), more=more)


def _first_of_each(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """The first finding of each check with how many more there are: a column that is wrong fills no screen."""
    counted = Counter(finding.check for finding in findings)
    first = {finding.check: finding for finding in reversed(findings)}
    shown = sorted(first.values(), key=findings.index)
    return [(finding, counted[finding.check] - 1) for finding in shown]


def _by_sheet(found: Sequence[Finding]) -> Iterator[tuple[str, list[int]]]:
    for sheet, findings in groupby(found, key=lambda finding: finding.sheet):
        if rows := [finding.row for finding in findings if finding.row is not None]:
            yield sheet, rows


def _listed(words: Any, say: Texts) -> str:
    return str(say("ledger_check.comma").join(words))


def _facts(given: Mapping[str, Any], today: date) -> Facts:
    """Answers of the chat as facts."""
    known: dict[str, Any] = {"today": today}
    for name, value in given.items():
        known[name] = {"yes": True, "no": False}.get(value, value)
    return Facts.model_validate(known)
