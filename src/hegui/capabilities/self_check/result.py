"""Screens of a finished self-check: result, findings with articles and remedies, what changed since last time."""

from collections import Counter
from collections.abc import Sequence

from hegui.capabilities.self_check import pages
from hegui.capabilities.self_check.model import Difference, Fault, Sheet
from hegui.capabilities.self_check.pages import CHECK
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook.checks.base import Verdict
from hegui.rulebook.citing import Cited, cite, mark
from hegui.rulebook.pack import Rulebook

FINDINGS_A_PAGE = 4
PROOFS_SHOWN = 5


def result(turn: Turn, sheet: Sheet, faults: Sequence[Fault], rulebook: Rulebook) -> Draft:
    """How it went, the worst findings first, and what to do now."""
    say = turn.say
    draft = Draft().heading(say("check.result.title", title=sheet.snapshot.checklist.title.say(turn.language)))
    count = Counter(fault.finding.severity for fault in faults)
    unsettled = sum(judged.open for judged in sheet.judged(turn.now))
    if faults:
        figures = {severity: count[severity] for severity in ("red", "amber", "advice")}
        draft.text(say("check.result.counts", count=len(faults), **figures))
        _describe(draft, turn, faults[:FINDINGS_A_PAGE], rulebook)
    else:
        draft.text(say("check.result.nothing_so_far" if unsettled else "check.result.nothing"))
        _proofs(draft, turn, sheet)
    if unsettled:
        draft.text(say("check.result.open", count=unsettled))
    draft.note(say("check.result.note"))
    _ways_on(draft, turn, sheet, faults)
    return draft


def findings(turn: Turn, sheet: Sheet, faults: Sequence[Fault], rulebook: Rulebook, page: int) -> Draft:
    shown, here, last = pages.page_of(faults, page, FINDINGS_A_PAGE)
    draft = Draft().heading(turn.say("check.result.all", here=here + 1, all=last + 1))
    _describe(draft, turn, shown, rulebook)
    pages.turn_pages(draft, turn, here, last, CHECK, "found", sheet.run.id)
    return draft.button(turn.say("check.button.result"), CHECK, "result", sheet.run.id)


def _describe(draft: Draft, turn: Turn, faults: Sequence[Fault], rulebook: Rulebook) -> None:
    today = turn.now.astimezone(CHINA).date()
    for fault in faults:
        title = (fault.question.finding or fault.question.text).say(turn.language)
        state = "" if fault.finding.state == "open" else turn.say(f"check.result.state_{fault.finding.state}")
        sign = turn.say(f"check.result.{fault.finding.severity}")
        draft.item(turn.say("check.result.fault", sign=sign, title=title, state=state))
        if fault.citations:
            cited = [cite(citation, rulebook, turn.language, today) for citation in fault.citations]
            draft.note(turn.say("check.result.articles", articles=_articles(turn, cited)))
        if fault.question.remedy:
            draft.text(turn.say("check.result.remedy", remedy=fault.question.remedy.say(turn.language)))


def _articles(turn: Turn, cited: Sequence[Cited]) -> str:
    """Article after article, those of one law together, its name said once."""
    name_ends = "》" if turn.language == "zh" else ", Art."
    by_law: dict[str, list[str]] = {}
    for one in cited:
        listed = by_law.setdefault(one.law, [])
        name, _, place = one.text.rpartition(name_ends)
        text = f"{name_ends[2:]}{place}" if listed and name else one.text
        listed.append(text + mark(one.status, turn.language))
    comma = turn.say("check.result.comma")
    return comma.join(comma.join(dict.fromkeys(listed)) for listed in by_law.values())


def _proofs(draft: Draft, turn: Turn, sheet: Sheet) -> None:
    """What shows that the duties are done, the weightiest first: worth keeping where nothing is at fault."""
    done = [j.question for j in sheet.judged(turn.now) if j.verdict is Verdict.SATISFIED and j.question.evidence]
    weighty = sorted(done, key=lambda question: ("high", "medium", "low").index(question.weight))
    if weighty:
        draft.text(turn.say("check.result.keep"))
    for question in weighty[:PROOFS_SHOWN]:
        if question.evidence:
            draft.item(question.evidence.say(turn.language))


def _ways_on(draft: Draft, turn: Turn, sheet: Sheet, faults: Sequence[Fault]) -> None:
    say, run = turn.say, sheet.run
    own = run.person == turn.speaker.person
    if any(fault.finding.state == "open" for fault in faults):
        draft.button(say("check.button.make_cases"), "case", "from", run.id)
    if len(faults) > FINDINGS_A_PAGE:
        rest = say("check.button.more_findings", count=len(faults) - FINDINGS_A_PAGE)
        draft.button(rest, CHECK, "found", run.id, "1")
    if run.based_on:
        draft.button(say("check.button.differences"), CHECK, "diff", run.id, "0")
    if faults and own:
        draft.button(say("check.button.evidence_later"), CHECK, "later", run.id, "0")


def evidence_later(turn: Turn, sheet: Sheet, faults: Sequence[Fault], page: int) -> Draft:
    """Which finding the evidence is for."""
    shown, here, last = pages.page_of(faults, page, pages.QUESTIONS_A_PAGE)
    draft = Draft().text(turn.say("check.evidence.for_which"))
    for fault in shown:
        title = pages.shortened((fault.question.finding or fault.question.text).say(turn.language))
        draft.button(title, CHECK, "evid", sheet.run.id, fault.question.id)
    pages.turn_pages(draft, turn, here, last, CHECK, "later", sheet.run.id)
    return draft.button(turn.say("check.button.result"), CHECK, "result", sheet.run.id)


def differences(turn: Turn, sheet: Sheet, found: Sequence[Difference], page: int) -> Draft:
    say = turn.say
    shown, here, last = pages.page_of(found, page, pages.QUESTIONS_A_PAGE)
    draft = Draft().heading(say("check.difference.title", here=here + 1, all=last + 1))
    if not found:
        draft.text(say("check.difference.none"))
    for one in shown:
        draft.item(pages.shortened(one.question.text.say(turn.language)))
        before = pages.answer_text(turn, one.question, one.before)
        draft.text(say("check.difference.line", before=before, after=pages.answer_text(turn, one.question, one.after)))
        draft.note(say("check.result.comma").join(say(f"check.difference.{cause}") for cause in one.causes))
    pages.turn_pages(draft, turn, here, last, CHECK, "diff", sheet.run.id)
    return draft.button(say("check.button.result"), CHECK, "result", sheet.run.id)
