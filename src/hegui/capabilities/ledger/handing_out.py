"""An examination as it is handed out: its findings in words, for the copy, the report and the picture (pure)."""

from datetime import datetime

from hegui.capabilities.ledger import report as reporting
from hegui.capabilities.ledger import wording
from hegui.capabilities.ledger.model import Book, Finding
from hegui.capabilities.ledger.output.model import Examined, LeftOut, NotChecked, Told
from hegui.capabilities.ledger.report import Report
from hegui.capabilities.ledger.service import PACK
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.citing import as_cited
from hegui.rulebook.ledger_rules import LedgerRules
from hegui.rulebook.pack import Rulebook


def handed_out(
    report: Report,
    rules: LedgerRules,
    rulebook: Rulebook,
    say: Texts,
    *,
    file_name: str,
    sha256: str,
    at: datetime,
    enterprise: str | None = None,
) -> Examined:
    """In the language of `say`. A pack that nobody signed as it stands is named."""
    pack = rulebook.pack(PACK)
    title = pack.title.say(say.language) if pack else PACK
    return Examined(
        file_name=file_name,
        sha256=sha256,
        checked_at=at,
        book=Book(report.sheets, (), report.unread),
        told=tuple(told(finding, rules, rulebook, say) for finding in report.findings),
        left_out=tuple(LeftOut(one, reporting.why(one, say)) for one in report.unread),
        not_checked=tuple(
            NotChecked(say("ledger_check.comma").join(one.needed_by), one.question.say(say.language))
            for one in report.open_questions
        ),
        rules=title,
        unsigned=() if rulebook.is_signed(PACK) else (title,),
        enterprise=enterprise,
    )


def told(finding: Finding, rules: LedgerRules, rulebook: Rulebook, say: Texts) -> Told:
    """One finding in words."""
    return Told(
        finding,
        wording.sentence(finding, rules, say.language),
        wording.how_to_mend(finding, rules, say.language),
        say("ledger_check.comma").join(as_cited(one, rulebook, say.language) for one in finding.citations),
    )
