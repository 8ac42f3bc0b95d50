"""Helps tests to talk: a small dialogue of our own, and a worker and sender around it."""

from collections.abc import Mapping
from pathlib import Path

from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.reply import Draft
from hegui.conversation.router import Router
from hegui.conversation.turn import Turn
from hegui.delivery.inbox import store as inbox
from hegui.delivery.inbox.flooding import Patience
from hegui.delivery.inbox.store import Arrival
from hegui.delivery.inbox.worker import InboxWorker
from hegui.delivery.outbox.decisions import Limits
from hegui.delivery.outbox.sender import Sender
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue
from tests.fakes import FixedClock, RecordingChannel, SeededRandomness

SOURCE = "test:1"


class Parrot(Dialogue):
    """Says back what it hears. Some words make it behave badly."""

    name = "parrot"
    commands = ("help",)

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        turn.reply(Draft().text(f"{command}:{rest}").button("go", "parrot", "go").reply())

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        turn.reply(Draft().text("pressed " + ":".join(action)).reply(panel=True))

    async def on_text(self, turn: Turn, text: str) -> None:
        match text:
            case "poison":
                await turn.audit("half done", "parrot")
                raise ZeroDivisionError
            case "endless":
                await self.on_text(turn, text)
            case "refuse":
                await turn.audit("half done", "parrot")
                raise Refusal("conversation.empty")
            case "hold":
                turn.hold(self.name, "holding")
                turn.reply(Draft().text("held").reply())
            case _:
                said = f"{turn.floor.step} {text}" if turn.floor else text
                turn.reply(Draft().text(said).reply())

    def wants_file(self, step: str) -> bool:
        return step == "holding"

    async def on_file(self, turn: Turn, attachment: Attachment) -> None:
        turn.reply(Draft().text(f"got {attachment.name} {attachment.size}").reply())


class Talk:
    """Everything between a person's words and the answer, ticked by hand."""

    def __init__(
        self,
        database: Database,
        clock: FixedClock,
        catalogue: Catalogue,
        folder: Path,
        *,
        limits: Mapping[str, Limits] | None = None,
        in_flight: int = 8,
        router: Router | None = None,
        patience: Mapping[str, Patience] | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.channel = RecordingChannel()
        channels = {self.channel.name: self.channel}
        parrot = Parrot()
        router = router or Router([parrot], free_text=parrot, catalogue=catalogue)
        self.sender = Sender(
            database,
            channels,
            clock=clock,
            catalogue=catalogue,
            owner="test",
            released_at=lambda moment: moment,
            limits=limits,
            in_flight=in_flight,
        )
        self.worker = InboxWorker(
            database,
            router,
            channels,
            clock=clock,
            catalogue=catalogue,
            randomness=SeededRandomness(id(self) % 1000),
            files=FileFolder(folder, SeededRandomness(id(self) % 1000 + 1)),
            patience=patience,
        )
        self._update_id = 0

    async def hears(self, *acts: Incoming | str, address: str = "ann") -> None:
        """Puts acts into the inbox without handling them."""
        for act in acts:
            incoming = Incoming(kind="text", text=act) if isinstance(act, str) else act
            self._update_id += 1
            async with self.database.write() as tx:
                arrival = Arrival(update_id=self._update_id, address=address, body=incoming.model_dump_json())
                await inbox.put(tx, SOURCE, self.channel.name, [arrival], self.clock.now())

    async def settles(self) -> None:
        """Handles and sends until there is nothing left to do at this moment."""
        while await self.worker.tick() or await self.sender.tick():
            await self.sender.drain()

    async def says(self, *acts: Incoming | str, address: str = "ann") -> list[str]:
        """Says something and returns all that has been answered to this address so far."""
        await self.hears(*acts, address=address)
        await self.settles()
        return self.channel.texts(address)
