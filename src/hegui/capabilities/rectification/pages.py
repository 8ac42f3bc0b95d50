"""Pages about existing cases: the list, one case, its questions before an act, the reminders."""

from collections.abc import Mapping, Sequence
from datetime import date

from hegui.capabilities.rectification import wording
from hegui.capabilities.rectification.model import Case, Item
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.reply import Draft
from hegui.delivery.outbox.model import Letter
from hegui.delivery.reminders.model import Reminder
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.pack import Rulebook


class Pages:
    """Writes pages in one person's language as of one day."""

    def __init__(self, say: Texts, rulebook: Rulebook, timetable: Timetable, today: date) -> None:
        self._say = say
        self._rulebook = rulebook
        self._timetable = timetable
        self._today = today

    def listed(self, cases: Sequence[Case], items: Mapping[str, Sequence[Item]], *, page: int, pages: int) -> Draft:
        say = self._say
        draft = Draft().heading(say("case.list.heading"))
        if not cases:
            return draft.text(say("case.list.none"))
        for case in cases:
            draft.item(self._line(case, items.get(case.id, ())))
        buttons = [(say("case.button.show", number=c.reference), ("case", "show", c.id)) for c in cases]
        for start in range(0, len(buttons), 2):
            draft.row(*buttons[start : start + 2])
        turns = [
            (say(f"case.list.{name}"), ("case", "list", str(to)))
            for name, to in (("earlier", page - 1), ("later", page + 1))
            if 0 <= to < pages
        ]
        if turns:
            draft.row(*turns)
        return draft.button(say("case.button.reminders"), "case", "reminders")

    def _line(self, case: Case, items: Sequence[Item]) -> str:
        key = "case.list.open_line" if case.is_open else "case.list.done_line"
        title = wording.title(self._say, self._rulebook, case, items)
        return self._say(key, number=case.reference, title=title, due=case.due, left=self._left(case.due))

    def _left(self, due: date) -> str:
        return wording.left(self._say, due, self._today, self._timetable.days)

    def one(self, case: Case, items: Sequence[Item], faults: Mapping[str, Fault], reminder: Reminder | None) -> Draft:
        say = self._say
        draft = Draft().heading(say("case.show.heading", number=case.reference, state=say(f"case.state.{case.state}")))
        if case.is_open:
            self._deadline(draft, case, reminder)
        else:
            draft.text(say("case.show.done_on", at=case.done_at))
        for item in items:
            self._item(draft, case, item, faults.get(item.finding))
        return self._acts(draft, case)

    def _deadline(self, draft: Draft, case: Case, reminder: Reminder | None) -> None:
        say = self._say
        draft.text(say("case.show.due", due=case.due, left=self._left(case.due)))
        draft.note(wording.source(say, self._rulebook, case.pack, wording.due_of(case)))
        if case.provisional and self._timetable.days.is_provisional(min(self._today, case.due), case.due):
            draft.note(say("case.show.provisional"))
        coming = self._timetable.upcoming(reminder) if reminder else ()
        times = say("case.show.reminders", times=wording.times(coming))
        draft.note(times if coming else say("case.show.no_reminders"))

    def _item(self, draft: Draft, case: Case, item: Item, fault: Fault | None) -> None:
        say, language = self._say, self._say.language
        if fault is None:
            draft.item(wording.title(say, self._rulebook, case, [item]))
            return
        question = fault.question
        draft.item((question.finding or question.text).say(language))
        if question.remedy:
            draft.text(say("case.show.remedy", remedy=question.remedy.say(language)))
        if fault.citations:
            draft.note(say("case.show.article", article=wording.articles(say, self._rulebook, fault.citations)))

    def _acts(self, draft: Draft, case: Case) -> Draft:
        say = self._say
        if case.is_open:
            draft.row(
                (say("case.button.done"), ("case", "done", case.id)),
                (say("case.button.change"), ("case", "due", "c", case.id)),
            )
        else:
            draft.button(say("case.button.reopen"), "case", "reopen", case.id)
        return draft.row(
            (say("case.button.list"), ("case", "list")),
            (say("case.button.ask"), ("case", "ask")),
        )

    def sure(self, case: Case, question: str, act: str) -> Draft:
        """Asks once more before an act; `question` is a key, `act` the button that does it."""
        say = self._say
        return (
            Draft()
            .text(say(question, number=case.reference))
            .button(say(f"case.button.{act}"), "case", act, case.id)
            .button(say("case.button.back"), "case", "show", case.id)
        )

    def reminders(self, cases: Sequence[Case], held: Mapping[str, Reminder], sent: Sequence[Letter]) -> Draft:
        say = self._say
        draft = Draft().heading(say("case.reminders.heading"))
        if not cases:
            draft.text(say("case.reminders.none"))
        for case in cases:
            self._next(draft, case, held.get(case.about))
        if sent:
            draft.heading(say("case.reminders.sent_heading"))
        for letter in sent:
            text = letter.reply.blocks[0].text
            draft.item(say("case.reminders.sent_line", at=letter.settled_at, text=text))
        if any(case.due_source != "self" for case in cases):
            draft.note(say("case.reminders.why"))
        return draft.button(say("case.button.list"), "case", "list")

    def _next(self, draft: Draft, case: Case, reminder: Reminder | None) -> None:
        say = self._say
        coming = self._timetable.upcoming(reminder) if reminder else ()
        show = (say("case.button.show", number=case.reference), ("case", "show", case.id))
        if not coming:
            draft.item(say("case.reminders.silent", number=case.reference)).row(show)
            return
        draft.item(say("case.reminders.next", number=case.reference, at=coming[0]))
        stop = (say("case.button.stop"), ("case", "stop", case.id))
        draft.row(show, stop) if case.due_source == "self" else draft.row(show)
