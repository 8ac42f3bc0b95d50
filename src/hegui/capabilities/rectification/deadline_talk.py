"""Talks a person through a proposal: every press and typed line on the way to a case or another deadline."""

from datetime import date

from hegui.capabilities.rectification import decisions, proposal, service, store, wording
from hegui.capabilities.rectification.model import Case, Due
from hegui.capabilities.rectification.periods import read_period
from hegui.capabilities.rectification.proposal import Proposal
from hegui.capabilities.rectification.steps import Steps
from hegui.capabilities.self_check import access
from hegui.capabilities.self_check import service as self_check
from hegui.capabilities.self_check.model import Fault
from hegui.conversation.turn import Turn
from hegui.delivery.reminders.service import Reminders
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness
from hegui.rulebook.checks.dated import read_date
from hegui.rulebook.obligation import Period
from hegui.rulebook.pack import Rulebook

LONGEST_PERIOD = 40  # what is kept of a period as it was typed


class DeadlineTalk:
    """Holds no state: what was chosen stands on the floor, what is open in the store."""

    def __init__(self, rulebook: Rulebook, reminders: Reminders, randomness: Randomness) -> None:
        self._rulebook = rulebook
        self._reminders = reminders
        self._randomness = randomness
        self._days = reminders.timetable.days

    # Choosing findings

    async def pick(self, turn: Turn, run: str, *, toggled: str | None = None, which: str | None = None) -> None:
        """Shows what is open, with one finding toggled, or with all or the red ones chosen."""
        _, faults = await self._open_faults(turn, run)
        ids = [fault.finding.id for fault in faults if which != "reds" or fault.finding.severity == "red"]
        chosen = proposal.of_run(turn, run)
        if which:
            chosen = chosen.model_copy(update={"findings": tuple(ids)})
        elif toggled in ids:
            chosen = chosen.toggled(toggled)
        proposal.hold(turn, "pick", chosen)
        turn.reply(self._steps(turn, chosen).pick(faults).reply(panel=True))

    async def _open_faults(self, turn: Turn, run: str) -> tuple[str, list[Fault]]:
        """The run's pack, and its findings that nobody works on yet."""
        sheet = await access.readable(turn.tx, run, turn.speaker.person)
        faults = [f for f in await self_check.faults_on(turn.tx, sheet) if f.finding.state == "open"]
        if not faults:
            raise Refusal("case.pick.none")
        return sheet.run.pack, faults

    # Choosing a deadline

    async def press(self, turn: Turn, act: str, kind: str, its_id: str, *rest: str) -> None:
        chosen = await self._allowed(turn, kind, its_id)
        match act, rest:
            case "due", ():
                await self._source(turn, chosen)
            case "in", (count,) if count in map(str, decisions.SELF_SET_WORKING_DAYS):
                due = decisions.self_set(int(count), self._today(turn), self._days)
                await self._confirm(turn, chosen, due)
            case "law", (period_id,):
                await self._by_statute(turn, chosen, period_id)
            case "day", ():
                self._ask(turn, "day", chosen)
            case "order", ():
                self._ask(turn, "order_day", chosen)
            case "today", ():
                self._received(turn, chosen, self._today(turn))
            case _:
                raise Refusal("conversation.old_button")

    async def _allowed(self, turn: Turn, kind: str, its_id: str) -> Proposal:
        """The proposal the button belongs to, with the right to go on with it checked again."""
        chosen = proposal.of_subject(turn, kind, its_id)
        if chosen.kind == "case":
            await service.get(turn.tx, its_id, turn.speaker.person)
        elif not chosen.findings:
            raise Refusal("case.pick.choose_one")
        return chosen

    async def _source(self, turn: Turn, chosen: Proposal) -> None:
        proposal.hold(turn, "source", chosen)
        periods = await self._periods(turn, chosen)
        turn.reply(self._steps(turn, chosen).source(periods).reply(panel=True))

    async def _by_statute(self, turn: Turn, chosen: Proposal, period_id: str) -> None:
        period = next((p for p in await self._periods(turn, chosen) if p.id == period_id), None)
        if period is None:
            raise Refusal("conversation.old_button")
        await self._confirm(turn, chosen, decisions.by_statute(period, self._today(turn), self._days))

    async def _periods(self, turn: Turn, chosen: Proposal) -> tuple[Period, ...]:
        pack_id, duties = await self._duties(turn, chosen)
        pack = self._rulebook.pack(pack_id)
        return decisions.statutory(pack, duties) if pack else ()

    async def _duties(self, turn: Turn, chosen: Proposal) -> tuple[str, list[str]]:
        if chosen.kind == "run":
            pack, faults = await self._chosen_faults(turn, chosen)
            return pack, [duty for fault in faults for duty in fault.question.obligations]
        case = await service.get(turn.tx, chosen.id, turn.speaker.person)
        items = (await store.items(turn.tx, [case.id])).get(case.id, ())
        return case.pack, [duty for item in items for duty in item.obligations]

    async def _chosen_faults(self, turn: Turn, chosen: Proposal) -> tuple[str, list[Fault]]:
        sheet = await access.readable(turn.tx, chosen.id, turn.speaker.person)
        faults = await self_check.faults_on(turn.tx, sheet)
        return sheet.run.pack, [fault for fault in faults if fault.finding.id in chosen.findings]

    def _ask(self, turn: Turn, step: proposal.Step, chosen: Proposal) -> None:
        proposal.hold(turn, step, chosen)
        steps = self._steps(turn, chosen)
        draft = {"day": steps.day, "order_day": steps.order_day, "order_period": steps.order_period}[step]()
        turn.reply(draft.reply(panel=turn.incoming.kind == "press"))

    # Typed answers

    async def text(self, turn: Turn, step: str, typed: str) -> None:
        chosen = proposal.held(turn.floor)
        if chosen is None or step not in ("day", "order_day", "order_period"):
            raise Refusal("conversation.press_a_button")
        match step:
            case "day":
                day = self._read_day(turn, chosen, typed)
                await self._confirm(turn, chosen, decisions.on_day(day, self._today(turn), self._days))
            case "order_day":
                day = self._read_day(turn, chosen, typed)
                self._received(turn, chosen, day)
            case _:
                await self._confirm(turn, chosen, self._read_order(turn, chosen, typed))

    def _read_day(self, turn: Turn, chosen: Proposal, typed: str) -> date:
        day = read_date(typed)
        if day is None:
            raise Refusal("case.own_day.unclear", example=self._steps(turn, chosen).example)
        return day

    def _received(self, turn: Turn, chosen: Proposal, day: date) -> None:
        if day > self._today(turn):
            raise Refusal("case.order_day.future", example=self._today(turn).isoformat())
        self._ask(turn, "order_period", chosen.model_copy(update={"order_day": day.isoformat()}))

    def _read_order(self, turn: Turn, chosen: Proposal, typed: str) -> Due:
        received = date.fromisoformat(chosen.order_day)
        if day := read_date(typed):
            return decisions.by_order_on(day, received, self._days)
        span = read_period(typed, wording.period_words(turn.catalogue))
        if span is None:
            raise Refusal("case.order_period.unclear", example=self._steps(turn, chosen).example)
        return decisions.by_order(received, span, typed.strip()[:LONGEST_PERIOD], self._days)

    # Confirming

    async def _confirm(self, turn: Turn, chosen: Proposal, due: Due) -> None:
        steps = self._steps(turn, chosen)
        if problem := decisions.problem_of(due.day, self._today(turn)):
            raise Refusal(f"case.due.{problem}", day=due.day, example=steps.example)
        pack, _ = await self._duties(turn, chosen)
        proposal.hold(turn, "confirm", chosen.model_copy(update={"due": due}))
        source = wording.source(turn.say, self._rulebook, pack, due)
        reminded = self._reminders.timetable.planned(due.day, turn.now)
        ordered = await self._ordered(turn, chosen)
        turn.reply(steps.confirm(due, source, reminded, ordered=ordered).reply(panel=turn.incoming.kind == "press"))

    async def _ordered(self, turn: Turn, chosen: Proposal) -> date | None:
        """The deadline that an order set for the case so far."""
        if chosen.kind == "run":
            return None
        case = await service.get(turn.tx, chosen.id, turn.speaker.person)
        return case.due if case.due_source == "order" else None

    async def settle(self, turn: Turn, kind: str, its_id: str, day: str) -> Case:
        """Opens the case, or sets its new deadline, as confirmed; a second press gives what the first one made."""
        chosen = proposal.held(turn.floor)
        if chosen is None or chosen.subject != (kind, its_id) or chosen.due is None:
            return await self._settled_before(turn, kind, its_id, day)
        if f"{chosen.due.day:%Y%m%d}" != day:
            raise Refusal("conversation.old_button")
        if problem := decisions.problem_of(chosen.due.day, self._today(turn)):
            raise Refusal(f"case.due.{problem}", day=chosen.due.day, example=self._steps(turn, chosen).example)
        case = await self._save(turn, chosen, chosen.due)
        turn.release()
        return case

    async def _save(self, turn: Turn, chosen: Proposal, due: Due) -> Case:
        by, now = turn.speaker, turn.now
        if chosen.kind == "case":
            return await service.change_deadline(turn.tx, self._reminders, chosen.id, due, by=by, now=now)
        pack, faults = await self._chosen_faults(turn, chosen)
        return await service.open_case(
            turn.tx, self._reminders, faults, pack=pack, due=due, by=by, now=now, randomness=self._randomness
        )

    async def _settled_before(self, turn: Turn, kind: str, its_id: str, day: str) -> Case:
        """The case that an earlier press of the same button opened or changed."""
        person = turn.speaker.person
        if kind == "c":
            return await service.get(turn.tx, its_id, person)
        faults = await self_check.findings_of(turn.tx, its_id, person)
        for case_id in dict.fromkeys(fault.finding.case for fault in faults if fault.finding.case):
            case = await service.get(turn.tx, case_id, person)
            if f"{case.due:%Y%m%d}" == day:
                return case
        raise Refusal("case.choose_again")

    def _steps(self, turn: Turn, chosen: Proposal) -> Steps:
        return Steps(turn.say, self._rulebook, self._days, self._today(turn), chosen)

    def _today(self, turn: Turn) -> date:
        return wording.china_day(turn.now)
