"""/cases and /reminders: cases listed, shown, marked done, reopened; what is sent about them and when."""

from hegui.capabilities.rectification import service, store, wording
from hegui.capabilities.rectification.deadline_talk import DeadlineTalk
from hegui.capabilities.rectification.model import Case, Item
from hegui.capabilities.rectification.pages import Pages
from hegui.capabilities.self_check import service as self_check
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.delivery.outbox import store as outbox
from hegui.delivery.reminders.service import Reminders
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness
from hegui.rulebook.pack import Rulebook

SENT_SHOWN = 5


class RectificationDialogue(Dialogue):
    """Talks about cases (整改事项)."""

    name = "case"
    commands = ("cases", "reminders")

    def __init__(self, rulebook: Rulebook, reminders: Reminders, randomness: Randomness) -> None:
        self._rulebook = rulebook
        self._reminders = reminders
        self._talk = DeadlineTalk(rulebook, reminders, randomness)

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        turn.release()
        if command == "reminders":
            await self._show_reminders(turn, panel=False)
        else:
            await self._list(turn, 0, panel=False)

    async def on_text(self, turn: Turn, text: str) -> None:
        await self._talk.text(turn, turn.floor.step if turn.floor else "", text)

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("from", run):
                await self._talk.pick(turn, run)
            case ("pick", run, finding):
                await self._talk.pick(turn, run, toggled=finding)
            case ("reds" | "all" as which, run):
                await self._talk.pick(turn, run, which=which)
            case ("open", kind, its_id, day):
                await self._settle(turn, kind, its_id, day)
            case ("due" | "in" | "law" | "day" | "order" | "today" as act, "r" | "c" as kind, its_id, *rest):
                await self._talk.press(turn, act, kind, its_id, *rest)
            case _:
                await self._press_on_case(turn, action)

    async def _press_on_case(self, turn: Turn, action: tuple[str, ...]) -> None:
        turn.release()
        match action:
            case ("list",):
                await self._list(turn, 0)
            case ("list", page) if page.isdecimal():
                await self._list(turn, int(page))
            case ("reminders",):
                await self._show_reminders(turn)
            case ("leave",):
                turn.reply(Draft().text(turn.say("conversation.cancelled")).reply(panel=True))
            case ("ask",):
                turn.reply(Draft().text(turn.say("case.ask_hint")).reply())
            case (act, case_id):
                await self._act(turn, act, case_id)
            case _:
                raise Refusal("conversation.old_button")

    async def _act(self, turn: Turn, act: str, case_id: str) -> None:
        case = await service.get(turn.tx, case_id, turn.speaker.person)
        match act:
            case "show":
                await self._show(turn, case, panel=True)
            case "done":
                turn.reply(self._pages(turn).sure(case, "case.done.ask", "done_yes").reply(panel=True))
            case "stop":
                turn.reply(self._pages(turn).sure(case, "case.reminders.stop_ask", "stop_yes").reply(panel=True))
            case "done_yes":
                await self._done(turn, case)
            case "stop_yes":
                await service.stop_reminders(turn.tx, self._reminders, case_id, by=turn.speaker, now=turn.now)
                self._tell(turn, "case.reminders.stopped", case)
            case "reopen":
                await self._reopen(turn, case)
            case _:
                raise Refusal("conversation.old_button")

    async def _settle(self, turn: Turn, kind: str, its_id: str, day: str) -> None:
        case = await self._talk.settle(turn, kind, its_id, day)
        if kind == "c":
            turn.reply(Draft().text(turn.say("case.changed.text", number=case.reference, due=case.due)).reply())
        else:
            heading = turn.say("case.opened.heading", number=case.reference)
            turn.reply(Draft().heading(heading).text(turn.say("case.opened.text", due=case.due)).reply())
        await self._show(turn, case)

    async def _done(self, turn: Turn, case: Case) -> None:
        done = await service.mark_done(turn.tx, self._reminders, case.id, by=turn.speaker, now=turn.now)
        draft = Draft().heading(turn.say("case.done.heading", number=done.reference)).text(turn.say("case.done.text"))
        draft.button(turn.say("case.button.reopen"), "case", "reopen", done.id)
        turn.reply(draft.button(turn.say("case.button.list"), "case", "list").reply())

    async def _reopen(self, turn: Turn, case: Case) -> None:
        held = await service.reopen(turn.tx, self._reminders, case.id, by=turn.speaker, now=turn.now)
        past = held.due < wording.china_day(turn.now)
        self._tell(turn, "case.done.reopened_past" if past else "case.done.reopened", held)
        await self._show(turn, held)

    def _tell(self, turn: Turn, key: str, case: Case) -> None:
        turn.reply(Draft().text(turn.say(key, number=case.reference, due=case.due)).reply())

    async def _list(self, turn: Turn, page: int, *, panel: bool = True) -> None:
        cases, count = await service.listed(turn.tx, turn.speaker.person, page)
        items = await store.items(turn.tx, [case.id for case in cases])
        pages = -(-count // service.PAGE)
        turn.reply(self._pages(turn).listed(cases, items, page=page, pages=pages).reply(panel=panel))

    async def _show(self, turn: Turn, case: Case, *, panel: bool = False) -> None:
        items: tuple[Item, ...] = (await store.items(turn.tx, [case.id])).get(case.id, ())
        reminder = (await self._reminders.about(turn.tx, [case.about])).get(case.about)
        faults = await self._faults(turn, case)
        turn.reply(self._pages(turn).one(case, items, faults, reminder).reply(panel=panel))

    async def _faults(self, turn: Turn, case: Case) -> dict[str, Fault]:
        """What the case's run showed, as far as this person may read it."""
        try:
            found = await self_check.findings_of(turn.tx, case.run, turn.speaker.person)
        except Refusal:
            return {}
        return {fault.finding.id: fault for fault in found}

    async def _show_reminders(self, turn: Turn, *, panel: bool = True) -> None:
        cases = await service.still_open(turn.tx, turn.speaker.person)
        held = await self._reminders.about(turn.tx, [case.about for case in cases])
        sent = await outbox.sent_to(turn.tx, turn.speaker.person, SENT_SHOWN)
        turn.reply(self._pages(turn).reminders(cases, held, sent).reply(panel=panel))

    def _pages(self, turn: Turn) -> Pages:
        return Pages(turn.say, self._rulebook, self._reminders.timetable, wording.china_day(turn.now))
