"""Talks the self-check through: commands, presses, typed answers and files.

The run is found in the button or the floor and goes through the wall (`access`) at every act; what is shown comes from
`pages` and `result`.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from hegui.capabilities.self_check import access, evidence, evidence_talk, pages, result, service, store, typed
from hegui.capabilities.self_check.model import Sheet
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Attachment
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness
from hegui.registry import enterprises, places
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.places import NATION, lies_in

ANSWERING = "answer"
LARGEST_PAGE = 3  # digits


class Act(NamedTuple):
    """What a button does to a run: for its own person only, and whether only while it is going on."""

    parts: int
    do: Callable[[Turn, Sheet, tuple[str, ...]], Awaitable[None]]
    own: bool = True
    running: bool = True


class SelfCheckDialogue(Dialogue):
    """/check: one live panel from the first question to the result."""

    name = pages.CHECK
    commands = ("check",)

    def __init__(self, rulebook: Rulebook, randomness: Randomness) -> None:
        self._rulebook = rulebook
        self._randomness = randomness
        self._packs = [pack for pack in rulebook.packs if pack.checklist]
        self._acts: Mapping[str, Act] = {
            "on": Act(0, self._resume),
            "anew": Act(0, self._anew),
            "a": Act(2, self._answer),
            "u": Act(1, self._unsure),
            "s": Act(1, self._skip),
            "b": Act(1, self._back),
            "j": Act(1, self._jump),
            "help": Act(1, self._help),
            "list": Act(1, self._review),
            "leave": Act(0, self._leave),
            "finish": Act(0, self._finish),
            "evid": Act(1, evidence_talk.want, running=False),
            "files": Act(1, evidence_talk.files, running=False),
            "del": Act(1, evidence_talk.remove, running=False),
            "later": Act(1, self._later, running=False),
            "fresh": Act(1, self._fresh, running=False),
            "redo": Act(0, self._redo, running=False),
            "result": Act(0, self._result, own=False, running=False),
            "found": Act(1, self._findings, own=False, running=False),
            "diff": Act(1, self._differences, own=False, running=False),
        }

    # ---- Ways in ---------------------------------------------------------------------------------

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        await access.taking_part(turn.tx, turn.speaker.person)
        named = [p for p in self._packs if rest and rest.lower() in (p.id, p.title.zh.lower(), p.title.en.lower())]
        await self._open(turn, named or await self._packs_here(turn))

    async def _packs_here(self, turn: Turn) -> list[Pack]:
        """Those of the whole country, and those of the person's place."""
        place = await places.of_person(turn.tx, turn.speaker.person) or NATION
        return [pack for pack in self._packs if lies_in(place, pack.jurisdiction)]

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("open",):
                await self.on_command(turn, "check", "")
            case ("runs",):
                await self._runs(turn)
            case ("pack", mark):
                await access.taking_part(turn.tx, turn.speaker.person)
                await self._open(turn, [self._pack_marked(mark)])
            case ("go", mark, whose):
                await self._start(turn, self._pack_marked(mark), whose)
            case (verb, run_id, *rest) if verb in self._acts and len(rest) == self._acts[verb].parts:
                await self._act(turn, self._acts[verb], run_id, tuple(rest))
            case _:
                raise Refusal(access.NO_SUCH_RUN)

    async def _act(self, turn: Turn, act: Act, run_id: str, rest: tuple[str, ...]) -> None:
        passing = access.own if act.own else access.readable
        sheet = await passing(turn.tx, run_id, turn.speaker.person)
        if act.running and sheet.run.state != "running":
            self._closed(turn, sheet)
        else:
            await act.do(turn, sheet, rest)

    async def _open(self, turn: Turn, packs: list[Pack]) -> None:
        if len(packs) != 1:
            turn.reply(pages.choose_pack(turn, packs).reply())
            return
        person, pack = turn.speaker.person, packs[0]
        unfinished = await store.unfinished(turn.tx, person, pack.id)
        sheet = await access.sheet_of(turn.tx, unfinished) if unfinished else None
        finished = await store.last_finished(turn.tx, person, pack.id)
        mine = await enterprises.of_person(turn.tx, person)
        turn.reply(pages.introduction(turn, pack, mine, sheet, finished).reply())

    async def _runs(self, turn: Turn) -> None:
        titles = {pack.id: pack.title.say(turn.language) for pack in self._packs}
        turn.reply(pages.runs(turn, await service.runs_of(turn.tx, turn.speaker.person), titles).reply())

    async def _start(self, turn: Turn, pack: Pack, whose: str | None, based_on: str | None = None) -> None:
        enterprise = None if whose == pages.FOR_ME else whose
        sheet = await service.start(
            turn.tx,
            pack,
            turn.speaker.person,
            enterprise,
            now=turn.now,
            randomness=self._randomness,
            based_on=based_on,
        )
        await turn.audit("self-check started", f"run:{sheet.run.id}", enterprise=sheet.run.enterprise)
        notes = [turn.say("check.taken_over", count=len(sheet.answers))] if based_on and sheet.answers else []
        await self._show(turn, sheet, notes)

    async def _anew(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        mine = await enterprises.of_person(turn.tx, turn.speaker.person)
        turn.reply(pages.anew(turn, sheet, mine).reply(panel=True))

    async def _fresh(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        """Pressed twice it finds the run that the first press began."""
        if await service.abandon(turn.tx, sheet, turn.now):
            await turn.audit("self-check abandoned", f"run:{sheet.run.id}", enterprise=sheet.run.enterprise)
        await self._start(turn, self._pack(sheet.run.pack), rest[0])

    async def _redo(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        mine = await access.enterprises_of(turn.tx, turn.speaker.person)
        whose = sheet.run.enterprise if sheet.run.enterprise in mine else None
        await self._start(turn, self._pack(sheet.run.pack), whose or pages.FOR_ME, based_on=sheet.run.id)

    # ---- Question to question --------------------------------------------------------------------

    async def _resume(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        await self._show(turn, sheet)

    async def _answer(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        option = pages.option_of(access.asked(sheet, rest[0]), rest[1])
        if option is None:
            raise Refusal(access.NO_SUCH_RUN)
        await self._show(turn, await service.answer(turn.tx, sheet, rest[0], option.value, turn.now))

    async def _unsure(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        await self._show(turn, await service.unsure(turn.tx, sheet, rest[0], turn.now))

    async def _skip(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        await self._show(turn, await service.skip(turn.tx, sheet, rest[0], turn.now))

    async def _back(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        await self._show(turn, await service.back(turn.tx, sheet, rest[0], turn.now))

    async def _jump(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        await self._show(turn, await service.jump(turn.tx, sheet, rest[0], turn.now))

    async def _help(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        """Goes to the question first, so that what is typed next answers what is shown."""
        await self._show(turn, await service.jump(turn.tx, sheet, rest[0], turn.now), with_help=True)

    async def _leave(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        turn.release()
        turn.reply(pages.left(turn, sheet).reply(panel=True))

    async def _review(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        turn.reply(pages.review(turn, sheet, _page(rest[0])).reply(panel=True))

    async def _show(self, turn: Turn, sheet: Sheet, notes: list[str] | None = None, *, with_help: bool = False) -> None:
        """The present question, or the review page when all are answered; typed text now belongs to it."""
        current = sheet.current
        turn.hold(self.name, ANSWERING, run=sheet.run.id, question=current.id if current else "")
        if current is None:
            draft = pages.review(turn, sheet, 0)
        else:
            files = len(await evidence.kept(turn.tx, sheet, current.id))
            draft = pages.question(turn, sheet, current, files, notes=notes or (), with_help=with_help)
        turn.reply(draft.reply(panel=True))

    # ---- Typed text and files --------------------------------------------------------------------

    async def on_text(self, turn: Turn, text: str) -> None:
        step, sheet, question = await self._listening(turn)
        if step == evidence_talk.STEP and question:
            await evidence_talk.date_it(turn, sheet, question, text)
        elif sheet.run.state != "running":
            self._closed(turn, sheet)
        elif question is None:
            await self._show(turn, sheet)
        else:
            await self._typed(turn, sheet, question, text)

    async def _typed(self, turn: Turn, sheet: Sheet, question: AnyQuestion, text: str) -> None:
        read = typed.read(turn, question, text)
        if read.problem:
            files = len(await evidence.kept(turn.tx, sheet, question.id))
            turn.reply(pages.question(turn, sheet, question, files, notes=read.problem).reply(panel=True))
        elif read.value is not None:
            await self._show(turn, await service.answer(turn.tx, sheet, question.id, read.value, turn.now))
        else:
            by_word = {"skip": self._skip, "unsure": self._unsure, "back": self._back, "help": self._help}
            await by_word[read.wish](turn, sheet, (question.id,))

    async def on_file(self, turn: Turn, attachment: Attachment) -> None:
        step, sheet, question = await self._listening(turn)
        if step != evidence_talk.STEP or question is None:
            raise Refusal("conversation.file_not_expected")
        await evidence_talk.keep(turn, sheet, question, attachment, self._randomness)

    def wants_file(self, step: str) -> bool:
        return step == evidence_talk.STEP

    async def on_cancel(self, turn: Turn) -> None:
        turn.reply(pages.laid_aside(turn).reply())

    async def _listening(self, turn: Turn) -> tuple[str, Sheet, AnyQuestion | None]:
        """What this chat was told to type or send; the question is None when it is not asked any more."""
        if turn.floor is None:
            raise Refusal("conversation.press_a_button")
        sheet = await access.own(turn.tx, turn.floor.data.get("run", ""), turn.speaker.person)
        return turn.floor.step, sheet, sheet.question(turn.floor.data.get("question", ""))

    # ---- The end ---------------------------------------------------------------------------------

    async def _finish(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        finished = await service.finish(turn.tx, sheet, now=turn.now, randomness=self._randomness)
        await turn.audit("self-check finished", f"run:{sheet.run.id}", enterprise=sheet.run.enterprise)
        turn.release()
        await self._result(turn, finished, rest)

    async def _result(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        faults = await service.faults_on(turn.tx, self._finished(sheet))
        turn.reply(result.result(turn, sheet, faults, self._rulebook).reply())

    async def _findings(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        faults = await service.faults_on(turn.tx, self._finished(sheet))
        turn.reply(result.findings(turn, sheet, faults, self._rulebook, _page(rest[0])).reply(panel=True))

    async def _later(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        faults = await service.faults_on(turn.tx, sheet)
        turn.reply(result.evidence_later(turn, sheet, faults, _page(rest[0])).reply(panel=True))

    async def _differences(self, turn: Turn, sheet: Sheet, rest: tuple[str, ...]) -> None:
        found = await service.differences_of(turn.tx, self._finished(sheet), turn.speaker.person, turn.now)
        turn.reply(result.differences(turn, sheet, found, _page(rest[0])).reply(panel=True))

    # ---- What buttons name -----------------------------------------------------------------------

    def _pack_marked(self, mark: str) -> Pack:
        return self._pack(next((pack.id for pack in self._packs if pages.mark(pack.id) == mark), ""))

    def _pack(self, pack_id: str) -> Pack:
        pack = next((pack for pack in self._packs if pack.id == pack_id), None)
        if pack is None:
            raise Refusal(access.NO_SUCH_RUN)
        return pack

    def _finished(self, sheet: Sheet) -> Sheet:
        if sheet.run.state != "finished":
            raise Refusal(access.NO_SUCH_RUN)
        return sheet

    def _closed(self, turn: Turn, sheet: Sheet) -> None:
        """What a button or a typed answer meets when the run is over."""
        turn.release()
        finished = sheet.run.state == "finished"
        turn.reply((pages.finished_already(turn, sheet) if finished else pages.laid_aside(turn)).reply())


def _page(part: str) -> int:
    if not part.isdigit() or len(part) > LARGEST_PAGE:
        raise Refusal(access.NO_SUCH_RUN)
    return int(part)
