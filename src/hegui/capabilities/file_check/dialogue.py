"""Talks about files: takes them, asks what they are, shows what was found, and what can be done with it."""

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from hegui.capabilities.file_check import pages, service, store
from hegui.capabilities.file_check.model import Examiner, Fact, FileTask, UploadedFile, Work
from hegui.capabilities.rectification.dialogue import RectificationDialogue
from hegui.capabilities.self_check import service as self_check
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Attachment
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.files import FileFolder
from hegui.foundation.randomness import Randomness
from hegui.foundation.untrusted.guard import glance
from hegui.foundation.untrusted.recognising import FileKind
from hegui.registry import enterprises
from hegui.rulebook.checklist import Checklist
from hegui.rulebook.checks.dated import read_date
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual

SHOWN = 5  # earlier files that the first page offers
FACT = "fact"
LONGEST_TITLE = 60


class FileDialogue(Dialogue):
    """Takes every file that nobody else waits for. `begun` wakes the worker."""

    name = pages.FILE
    commands = ("file",)

    def __init__(
        self,
        rulebook: Rulebook,
        examiners: Mapping[str, Examiner],
        files: FileFolder,
        rectification: RectificationDialogue,
        randomness: Randomness,
        begun: Callable[[], None],
    ) -> None:
        self._rulebook = rulebook
        self._examiners = examiners
        self._files = files
        self._rectification = rectification
        self._randomness = randomness
        self._begun = begun

    def wants_file(self, step: str) -> bool:
        return True

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        mine = [one.id for one in await enterprises.of_person(turn.tx, turn.speaker.person)]
        held = await store.of_person(turn.tx, turn.speaker.person, mine, SHOWN)
        turn.release()
        turn.reply(pages.what_to_send(turn.say, held).reply())

    async def on_file(self, turn: Turn, attachment: Attachment) -> None:
        """One kind that fits is begun at once; where several fit, the person says which."""
        kinds = self._kinds_of(attachment.stored or "")
        file = await service.take(turn.tx, attachment, by=turn.speaker, now=turn.now, randomness=self._randomness)
        if len(kinds) == 1:
            await self._begin(turn, file, kinds[0])
        else:
            turn.reply(pages.choose_kind(turn.say, file, kinds).reply())

    def _kinds_of(self, stored: str) -> list[str]:
        """Examiners that read this format. Raises Refusal with the way on for a format that none reads."""
        readable = frozenset[FileKind]().union(*(one.formats for one in self._examiners.values()))
        found = glance(self._files.path(stored), readable)
        return [kind for kind, examiner in self._examiners.items() if found in examiner.formats]

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("as", file_id, number):
                await self._as(turn, file_id, number)
            case ("open", file_id):
                await self._open(turn, file_id)
            case ("drop", file_id):
                turn.reply(pages.drop(turn.say, await self._held(turn, file_id)).reply(panel=True))
            case ("gone", file_id):
                await service.take_back(turn.tx, await self._held(turn, file_id), by=turn.speaker, now=turn.now)
                turn.reply(pages.gone(turn.say).reply(panel=True))
            case (act, task_id, *rest):
                file, found = await self._found(turn, task_id)
                await self._on_found(turn, act, file, found, tuple(rest))
            case _:
                raise Refusal("conversation.old_button")

    async def _on_found(self, turn: Turn, act: str, file: UploadedFile, found: FileTask, rest: tuple[str, ...]) -> None:
        match (act, *rest):
            case ("all", page) if page.isdecimal():
                self._whole(turn, file, found, int(page))
            case ("make", work) if work in get_args(Work):
                await self._make(turn, file, found, cast("Work", work))
            case ("ask",):
                self._ask(turn, file, found, {})
            case ("fact", number, value) if number.isdecimal():
                await self._fact(turn, file, found, int(number), value)
            case ("case",):
                await self._case(turn, file, found)
            case _:
                raise Refusal("conversation.old_button")

    async def _as(self, turn: Turn, file_id: str, number: str) -> None:
        file = await self._held(turn, file_id)
        kinds = self._kinds_of(file.stored or "")
        if not number.isdecimal() or int(number) >= len(kinds) or file.kind:
            raise Refusal("conversation.old_button")
        await self._begin(turn, file, kinds[int(number)])

    async def _begin(self, turn: Turn, file: UploadedFile, kind: str) -> None:
        chosen = await service.choose(turn.tx, file, kind, by=turn.speaker, now=turn.now)
        await self._ask_for(turn, chosen, "examine", await self._known(turn, chosen))
        turn.reply(pages.begun(turn.say, chosen, kind).reply())

    async def _known(self, turn: Turn, file: UploadedFile) -> dict[str, Any]:
        """What the house knows already: the enterprise's name, and what its sender answered in the last self-check."""
        of = await enterprises.get(turn.tx, file.enterprise) if file.enterprise else None
        known: dict[str, Any] = {"unit_name": of.name} if of else {}
        examiner = self._examiners[file.kind or ""]
        if examiner.compares_answers:
            known["answers"] = await self_check.last_answers(turn.tx, file.person, examiner.pack)
        return known

    async def _ask_for(self, turn: Turn, file: UploadedFile, work: Work, given: dict[str, Any] | None = None) -> None:
        await service.ask_for(
            turn.tx, file, work, by=turn.speaker, now=turn.now, randomness=self._randomness, given=given
        )
        turn.tx.after_commit(self._begun)

    async def _open(self, turn: Turn, file_id: str) -> None:
        file = await self._held(turn, file_id)
        found = await store.latest_found(turn.tx, file.id)
        examiner = self._examiners.get(file.kind or "")
        if found is None or examiner is None:
            raise Refusal("file.not_ready")
        turn.reply(pages.summary(turn.say, examiner, file, found).reply(panel=True))

    def _whole(self, turn: Turn, file: UploadedFile, found: FileTask, number: int) -> None:
        examiner = self._examiners[file.kind or ""]
        if number >= examiner.pages(found):
            raise Refusal("conversation.old_button")
        turn.reply(pages.whole(turn.say, examiner, file, found, number).reply(panel=True))

    async def _make(self, turn: Turn, file: UploadedFile, found: FileTask, work: Work) -> None:
        if work not in self._examiners[file.kind or ""].offers(found):
            raise Refusal("conversation.old_button")
        await self._ask_for(turn, file, work)
        turn.reply(pages.making(turn.say, work).reply())

    # ---- what only the person knows ------------------------------------------------------------------------------

    def _ask(self, turn: Turn, file: UploadedFile, found: FileTask, known: dict[str, str]) -> bool:
        """Asks the next fact and says whether there was one. What is known so far waits on the floor."""
        facts = self._examiners[file.kind or ""].facts(turn.say, found)
        left = [number for number, fact in enumerate(facts) if fact.id not in known]
        if not left:
            return False
        turn.hold(self.name, FACT, task=found.id, fact=str(left[0]), **{f"_{k}": v for k, v in known.items()})
        turn.reply(pages.ask_fact(turn.say, found, facts[left[0]], left[0], len(left)).reply(panel=True))
        return True

    async def _fact(self, turn: Turn, file: UploadedFile, found: FileTask, number: int, value: str) -> None:
        """When the last one is answered, the file is looked at again with them."""
        held = turn.floor.data if turn.floor and turn.floor.dialogue == self.name else {}
        known = {k[1:]: v for k, v in held.items() if k.startswith("_")} if held.get("task") == found.id else {}
        facts = self._examiners[file.kind or ""].facts(turn.say, found)
        if number >= len(facts) or not (value == pages.UNKNOWN or _fits(facts[number], value)):
            raise Refusal("conversation.old_button")
        known[facts[number].id] = value
        if self._ask(turn, file, found, known):
            return
        turn.release()
        given = found.given | {key: said for key, said in known.items() if said != pages.UNKNOWN}
        if given == found.given:
            turn.reply(pages.summary(turn.say, self._examiners[file.kind or ""], file, found).reply(panel=True))
            return
        await self._ask_for(turn, file, "examine", given)
        turn.reply(pages.begun(turn.say, file, file.kind or "").reply())

    async def on_text(self, turn: Turn, text: str) -> None:
        """A date typed as the answer to a fact."""
        floor = turn.floor
        day = read_date(text)
        if floor is None or floor.step != FACT or day is None:
            raise Refusal("file.fact.not_a_date")
        file, found = await self._found(turn, floor.data["task"])
        await self._fact(turn, file, found, int(floor.data["fact"]), day.isoformat())

    # ---- putting right -------------------------------------------------------------------------------------------

    async def _case(self, turn: Turn, file: UploadedFile, found: FileTask) -> None:
        """The likely violations become findings, and the person goes on to choose a deadline for them."""
        examiner = self._examiners[file.kind or ""]
        pack, faults = self._rulebook.pack(examiner.pack), examiner.faults(turn.say, found)
        if pack is None or not faults:
            raise Refusal("conversation.old_button")
        title = Bilingual(zh=file.name[:LONGEST_TITLE], en=file.name[:LONGEST_TITLE])
        checklist = Checklist(id="uploaded-file", title=title, introduction=title, questions=faults)
        sheet = await self_check.record(
            turn.tx,
            found.id,
            checklist,
            pack=pack,
            person=turn.speaker.person,
            enterprise=file.enterprise,
            now=turn.now,
            randomness=self._randomness,
        )
        about, of = f"run:{sheet.run.id}", sheet.run.enterprise
        await turn.audit("findings of a file", about, enterprise=of, file=file.id, count=len(faults))
        await self._rectification.on_press(turn, ("all", sheet.run.id))

    async def _held(self, turn: Turn, file_id: str) -> UploadedFile:
        return await service.held(turn.tx, file_id, turn.speaker.person)

    async def _found(self, turn: Turn, task_id: str) -> tuple[UploadedFile, FileTask]:
        task = await store.get_task(turn.tx, task_id)
        if task is None:
            raise Refusal("conversation.old_button")
        file = await self._held(turn, task.file)
        if task.result is None or file.kind not in self._examiners:
            raise Refusal("file.not_ready")
        return file, task


def _fits(fact: Fact, value: str) -> bool:
    return value in dict(fact.answers) if fact.answers else read_date(value) is not None
