"""The last page of a form: everything once more, what to look at, what the stock will be; then what was done."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hegui.capabilities.ledger.model import Finding
from hegui.capabilities.ledger.own import decisions
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping
from hegui.capabilities.ledger.own.forms import Form, Question, entry_of
from hegui.capabilities.ledger.own.model import Concern, LedgerEntry
from hegui.capabilities.ledger.own.pages import LEDGER
from hegui.capabilities.ledger.own.units import shown
from hegui.capabilities.ledger.own.weighing import Weighed
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook import citing

MARK = "⚠"
MOST_ARTICLES = 2


def confirm_page(turn: Turn, keeping: Bookkeeping, form: Form, weighed: Weighed | None) -> Draft:
    say = turn.say
    draft = Draft().heading(say("ledger_book.form.confirm", kind=say(f"ledger_book.kind.{form.kind}")))
    for question in form.questions:
        if value := _value(say, form, question):
            label = say(f"ledger_book.label.{question.name}")
            draft.item(say("ledger_book.form.line", label=label, value=value))
    if weighed is None:
        return draft
    before, after = shown(weighed.before), shown(weighed.after)
    draft.text(say("ledger_book.form.stock", before=before, after=after, unit=form.unit))
    warnings(draft, say, keeping, weighed)
    return draft


def _value(say: Texts, form: Form, question: Question) -> str:
    """As it is kept; what was chosen of a few in the language of the talk."""
    match question.name:
        case "chemical":
            return form.name
        case "amount":
            return f"{form.amount} {form.unit}"
        case name:
            kept = form.values.get(name, "")
            keys = (f"ledger_book.value.{choice}" for choice in question.choices)
            return next((say(key) for key in keys if say.catalogue.say("zh", key) == kept), kept)


def warnings(draft: Draft, say: Texts, keeping: Bookkeeping, weighed: Weighed) -> None:
    """Each with its article where it rests on a duty. Nothing is shown as wrong that was not looked at."""
    found = told(say, keeping, weighed)
    if not found:
        draft.note(say("ledger_book.form.no_warnings"))
        return
    draft.heading(say("ledger_book.form.warnings"))
    for one in found:
        draft.item(f"{MARK} {one.sentence}")
        if one.articles:
            draft.note(say("ledger_book.form.article", articles=one.articles))
    draft.note(say("ledger_book.form.still"))


class Told(NamedTuple):
    """Something to look at, in words."""

    check: str
    sentence: str
    articles: str


def told(say: Texts, keeping: Bookkeeping, weighed: Weighed) -> list[Told]:
    """Everything to look at, likely violations first."""
    likely = [one for one in weighed.findings if one.severity == "A"]
    others = [one for one in weighed.findings if one.severity != "A"]
    own = [Told(one.check, say(one.key, **one.given), articles(say, keeping, one)) for one in weighed.concerns]
    first, last = ([_finding(say, keeping, one) for one in some] for some in (likely, others))
    return sorted([*first, *own], key=lambda one: (not one.articles, one.check)) + last


def _finding(say: Texts, keeping: Bookkeeping, finding: Finding) -> Told:
    """Articles stand only where a violation is likely; everything else is a question."""
    said = keeping.doctor.sentence(finding, say.language) if keeping.doctor else finding.check
    cited = finding.citations[:MOST_ARTICLES] if finding.severity == "A" else ()
    return Told(finding.check, said, citing.cite_all(keeping.rulebook, cited, say.language))


def articles(say: Texts, keeping: Bookkeeping, concern: Concern) -> str:
    duty = keeping.rulebook.duty(concern.duty) if concern.duty else None
    return citing.cite_all(keeping.rulebook, duty.citations[:MOST_ARTICLES], say.language) if duty else ""


def recorded_page(turn: Turn, form: Form, said: str, every: Sequence[LedgerEntry], due: date | None) -> Draft:
    """`due`: of the yearly report, said with the first entry of a ledger."""
    say = turn.say
    account = decisions.account_of(entry_of(form))
    draft = Draft().heading(said)
    amount = shown(decisions.balance_of(every, account))
    draft.text(say("ledger_book.line.balance", name=form.name, amount=amount, unit=account.unit))
    if due:
        draft.note(say("ledger_book.done.report", due=due))
    draft.button(say("ledger_book.button.another"), LEDGER, "new", form.enterprise, form.kind)
    return draft.button(say("ledger_book.button.menu"), LEDGER, "m", form.enterprise)
