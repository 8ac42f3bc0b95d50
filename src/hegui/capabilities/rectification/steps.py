"""Pages on the way to a case or another deadline: choose findings, choose where the deadline comes from, confirm."""

from collections.abc import Sequence
from datetime import date, datetime

from hegui.capabilities.rectification import decisions, wording
from hegui.capabilities.rectification.model import Due
from hegui.capabilities.rectification.proposal import Proposal
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.reply import Draft
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.counting import Span
from hegui.rulebook.obligation import Period
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

CHOSEN, NOT_CHOSEN = "☑", "☐"
LONGEST_LABEL = 40


class Steps:
    """Writes each step of one proposal in one person's language as of one day; every step leads back and out."""

    def __init__(self, say: Texts, rulebook: Rulebook, days: WorkingDays, today: date, proposal: Proposal) -> None:
        self._say = say
        self._rulebook = rulebook
        self._days = days
        self._today = today
        self._proposal = proposal
        self._subject = proposal.subject

    def pick(self, faults: Sequence[Fault]) -> Draft:
        """All open findings of the run, each a button that is ticked or not."""
        say, run, chosen = self._say, self._proposal.id, self._proposal.findings
        draft = Draft().heading(say("case.pick.heading")).text(say("case.pick.text"))
        for fault in faults:
            mark = CHOSEN if fault.finding.id in chosen else NOT_CHOSEN
            draft.button(f"{mark} {self._name(fault)}", "case", "pick", run, fault.finding.id)
        draft.row((say("case.button.reds"), ("case", "reds", run)), (say("case.button.all"), ("case", "all", run)))
        if chosen:
            draft.button(say("case.button.next", count=len(chosen)), "case", "due", "r", run)
        return self._ends(draft, ("case", "list"))

    def _name(self, fault: Fault) -> str:
        text = (fault.question.finding or fault.question.text).say(self._say.language)
        short = text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
        return f"{self._say(f'check.result.{fault.finding.severity}')} {short}"

    def source(self, periods: Sequence[Period]) -> Draft:
        say = self._say
        draft = Draft().heading(say("case.choose.heading")).text(say("case.choose.text"))
        draft.button(say("case.button.order"), "case", "order", *self._subject)
        spans = [Span(count=count, unit="working") for count in decisions.SELF_SET_WORKING_DAYS]
        draft.row(*((wording.length(say, s), ("case", "in", *self._subject, str(s.count))) for s in spans))
        draft.button(say("case.button.own_day"), "case", "day", *self._subject)
        for period in periods:
            self._statutory(draft, period)
        its_id = self._proposal.id
        back = ("case", "show", its_id) if self._proposal.kind == "case" else ("case", "from", its_id)
        return self._ends(draft, back)

    def _statutory(self, draft: Draft, period: Period) -> None:
        say = self._say
        span = wording.length(say, decisions.span_of(period))
        label = say("case.button.statute", name=period.name.say(say.language), length=span)
        draft.button(label, "case", "law", *self._subject, period.id)
        article = wording.articles(say, self._rulebook, period.citations)
        draft.note(say("case.choose.statute", trigger=period.trigger.say(say.language), article=article))

    def day(self) -> Draft:
        return self._typed("case.own_day.ask", self.example, back="due")

    def order_day(self) -> Draft:
        draft = Draft().heading(self._say("case.order_day.heading"))
        draft.text(self._say("case.order_day.ask", example=self._today.isoformat()))
        draft.button(self._say("case.button.today"), "case", "today", *self._subject)
        return self._ends(draft, ("case", "due", *self._subject))

    def order_period(self) -> Draft:
        return self._typed("case.order_period.ask", self.example, back="order")

    def _typed(self, key: str, example: str, *, back: str) -> Draft:
        return self._ends(Draft().text(self._say(key, example=example)), ("case", back, *self._subject))

    def confirm(self, due: Due, source: str, reminded: Sequence[datetime], *, ordered: date | None) -> Draft:
        """Everything that will hold once it is confirmed. `ordered`: the deadline from an order that it replaces."""
        say, adding = self._say, self._proposal.kind == "run"
        draft = Draft().heading(say("case.confirm.heading"))
        if adding:
            draft.item(say("case.confirm.items", count=len(self._proposal.findings)))
        draft.item(say("case.confirm.due", due=due.day, left=wording.left(say, due.day, self._today, self._days)))
        draft.note(source)
        for note in self._remarks(due, ordered):
            draft.note(say(note))
        draft.note(say("case.confirm.reminders", times=wording.times(reminded)))
        yes = say("case.button.open" if adding else "case.button.change_yes")
        draft.button(yes, "case", "open", *self._subject, f"{due.day:%Y%m%d}")
        return self._ends(draft, ("case", "due", *self._subject))

    def _remarks(self, due: Due, ordered: date | None) -> list[str]:
        found = []
        if ordered and due.day > ordered:
            found.append("case.confirm.later_than_ordered")
        if due.moved:
            found.append("case.confirm.moved")
        if not self._days.is_working(due.day):
            found.append("case.confirm.day_off")
        if due.provisional:
            found.append("case.show.provisional")
        return found

    @property
    def example(self) -> str:
        """A date that would be taken."""
        return self._days.add(self._today, decisions.SELF_SET_WORKING_DAYS[1]).isoformat()

    def _ends(self, draft: Draft, back: tuple[str, ...]) -> Draft:
        return draft.row((self._say("case.button.back"), back), (self._say("case.button.leave"), ("case", "leave")))
