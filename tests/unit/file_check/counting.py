"""A small examiner of our own: it counts the lines of a text, and some words make it behave badly."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.fakes import FixedClock, SeededRandomness
from tests.talk import Parrot, Talk

from hegui.capabilities.file_check.dialogue import FileDialogue
from hegui.capabilities.file_check.model import Examiner, Fact, FileTask, UploadedFile, Work
from hegui.capabilities.file_check.worker import FileWorker
from hegui.capabilities.rectification.dialogue import RectificationDialogue
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Button, Draft
from hegui.conversation.router import Router
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual


class Counting:
    """Finds one fault in each line that says "fault"."""

    pack = "network-security"
    compares_answers = False

    def __init__(self, kind: str, *formats: FileKind) -> None:
        self.kind = kind
        self.formats = frozenset(formats)
        self.looked = 0

    async def examine(self, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        self.looked += 1
        text = path.read_text(encoding="utf-8")
        if "locked" in text:
            raise Refusal("upload.password")
        if "poison" in text:
            raise ZeroDivisionError
        return {"lines": text.count("\n"), "faults": text.count("fault"), "told": dict(given)}

    async def make(self, work: Work, file: UploadedFile, path: Path, found: FileTask, target: Path) -> str:
        target.write_text(f"{work} of {file.name}", encoding="utf-8")
        return f"{work}.txt"

    def page(self, say: Texts, file: UploadedFile, found: FileTask, number: int | None) -> Draft:
        result = found.result or {}
        return Draft().text(f"{file.name} page {number}: {result['lines']} lines, told {result['told']}")

    def pages(self, found: FileTask) -> int:
        return 2

    def offers(self, found: FileTask) -> tuple[Work, ...]:
        return ("report",)

    def facts(self, say: Texts, found: FileTask) -> tuple[Fact, ...]:
        open_facts = (Fact(id="since", text="Since when?"), Fact(id="big", text="Big?", answers=(("yes", "Yes"),)))
        return tuple(fact for fact in open_facts if fact.id not in (found.result or {})["told"])

    def faults(self, say: Texts, found: FileTask) -> tuple[YesNo, ...]:
        words = Bilingual(zh="有一处不对", en="One thing is wrong")
        asked = YesNo(id="Q90", kind="yes_no", text=words, finding=words, obligations=("N01",), weight="high")
        return (asked,) if (found.result or {})["faults"] else ()


class House:
    """The talk about files with its worker, ticked by hand. Two examiners read tables, one reads PDF."""

    def __init__(
        self,
        database: Database,
        clock: FixedClock,
        catalogue: Catalogue,
        rulebook: Rulebook,
        folder: Path,
        examiners: Mapping[str, Examiner] | None = None,
    ) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self.examiner = Counting("precursor-ledger", FileKind.csv)
        examiners = examiners or {
            "precursor-ledger": self.examiner,
            "security-management-system": Counting("security-management-system", FileKind.pdf),
            "emergency-plan": Counting("emergency-plan", FileKind.pdf),
        }
        randomness = SeededRandomness(5)
        self.files = FileFolder(folder / "files", SeededRandomness(6))
        self.worker = FileWorker(database, examiners, self.files, clock=clock, catalogue=catalogue)
        timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
        reminders = Reminders(timetable, quiet=None, catalogue=catalogue, randomness=randomness)
        cases = RectificationDialogue(rulebook, reminders, randomness)
        dialogue = FileDialogue(rulebook, examiners, self.files, cases, randomness, self.worker.wake)
        parrot = Parrot()
        router = Router([dialogue, cases, parrot], free_text=parrot, catalogue=catalogue, files=dialogue)
        self.talk = Talk(database, clock, catalogue, folder / "files", router=router)

    async def sends(self, content: str | bytes, name: str = "ledger.csv", address: str = "ann") -> list[str]:
        """Sends a file, lets it be fetched and worked on, and returns what was answered."""
        source = self.folder / f"sent-{len(list(self.folder.iterdir()))}"
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        await self.hears_file(source, name, address)
        return await self.works()

    async def hears_file(self, source: Path, name: str = "ledger.csv", address: str = "ann") -> None:
        """Sends a file and lets it be fetched, without working on it."""
        attachment = Attachment(source=str(source), name=name, size=source.stat().st_size)
        await self.talk.hears(Incoming(kind="file", attachment=attachment), address=address)
        await self.talk.worker.tick()
        await self.talk.worker.fetches()
        await self.talk.settles()

    async def works(self) -> list[str]:
        while await self.worker.tick():
            await self.worker.idle()
        await self.talk.settles()
        return self.talk.channel.texts()

    async def presses(self, *action: str, address: str = "ann") -> list[str]:
        return await self.talk.says(Incoming(kind="press", action=":".join(action)), address=address)

    @property
    def buttons(self) -> list[Button]:
        return list(self.talk.channel.arrived[-1].reply.buttons)

    def action(self, *first: str) -> tuple[str, ...]:
        """The action of the last message that begins with these parts."""
        wanted = ":".join(first)
        found = next(
            b.action
            for p in reversed(self.talk.channel.arrived)
            for b in p.reply.buttons
            if b.action.startswith(wanted)
        )
        return tuple(found.split(":"))
