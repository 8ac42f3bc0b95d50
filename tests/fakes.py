"""The few fakes: clock, randomness and the far end of a channel. Everything else in the tests is real."""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hegui.conversation.incoming import Attachment, Incoming
from hegui.conversation.turn import Speaker
from hegui.delivery.channel import Parcel


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._monotonic = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._monotonic += by.total_seconds()

    def set(self, moment: datetime) -> None:
        self._now = moment


class SeededRandomness:
    """The same values in every run."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311  repeatable on purpose

    def choice(self, of: str) -> str:
        return self._random.choice(of)

    def secret(self, length: int) -> bytes:
        return self._random.randbytes(length)


class RecordingChannel:
    """A channel whose far end keeps what arrives. `fails` may raise for a parcel, before or after it arrives."""

    def __init__(self, name: str = "recording") -> None:
        self.name = name
        self.arrived: list[Parcel] = []
        self.fails: Callable[[Parcel], BaseException | None] = lambda parcel: None
        self.loses_answer: Callable[[Parcel], BaseException | None] = lambda parcel: None
        self.delay_seconds = 0.0
        self.fetch_delay_seconds = 0.0

    def read(self, body: str) -> Incoming:
        return Incoming.model_validate_json(body)

    async def fetch(self, attachment: Attachment, target: Path) -> None:
        await asyncio.sleep(self.fetch_delay_seconds)
        await asyncio.to_thread(target.write_bytes, Path(attachment.source).read_bytes())

    async def send(self, parcel: Parcel) -> int | None:
        if problem := self.fails(parcel):
            raise problem
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        self.arrived.append(parcel)
        if problem := self.loses_answer(parcel):
            raise problem
        return len(self.arrived)

    def heard(self, incoming: Incoming, speaker: Speaker) -> None:
        return

    def texts(self, address: str | None = None) -> list[str]:
        return [p.reply.plain() for p in self.arrived if address in (None, p.address)]
