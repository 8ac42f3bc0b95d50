"""The client's end of the socket: sends acts, waits until they are settled, and hands on what comes."""

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path

from hegui.channels.terminal.protocol import (
    LONGEST_LETTER,
    LONGEST_LINE,
    Act,
    Content,
    Hello,
    Letter,
    Line,
    Problem,
    Settled,
    Shown,
    Welcome,
    Who,
    from_program,
)
from hegui.foundation.errors import EnvironmentProblem, Refusal
from hegui.foundation.language.catalogue import Language

ENDED = "The program that carried this conversation has stopped. Everything that was answered is kept."


class Client:
    """`show` is called for each letter, in order; what it returns from is on the screen."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._open: deque[asyncio.Future[None]] = deque()
        self.language: Language = "zh"
        self.noticed = asyncio.Event()
        self.ended = asyncio.Event()

    @classmethod
    async def connect(cls, place: Path, who: Who) -> "Client":
        """Raises OSError where nobody listens, Refusal where the program does not let this person in."""
        reader, writer = await asyncio.open_unix_connection(str(place), limit=LONGEST_LETTER)
        client = cls(reader, writer)
        client._write(Hello(hello=who))
        answer = from_program.validate_json(await reader.readline() or b"{}")
        if isinstance(answer, Problem):
            client.close()
            raise Refusal(answer.problem)
        if isinstance(answer, Welcome):
            client.language = answer.welcome.language
        return client

    async def listen(self, show: Callable[[Content], None], complain: Callable[[str], None]) -> None:
        """Hands on what comes until the program ends the connection."""
        try:
            while raw := await self._reader.readline():
                self._take(from_program.validate_json(raw), show, complain)
        except ConnectionError:
            return
        finally:
            self.ended.set()
            while self._open:
                self._answered()

    def _take(
        self,
        line: Welcome | Letter | Settled | Problem,
        show: Callable[[Content], None],
        complain: Callable[[str], None],
    ) -> None:
        match line:
            case Letter():
                show(line.letter)
                self._write(Shown(shown=line.letter.id))
                if line.letter.notice:
                    self.noticed.set()
            case Welcome():
                self.language = line.welcome.language
            case Settled():
                self._answered()
            case Problem():
                complain(line.problem)
                self._answered()

    def _answered(self) -> None:
        if self._open:
            answer = self._open.popleft()
            if not answer.done():
                answer.set_result(None)

    async def act(self, act: Act) -> None:
        """Returns once the act is settled. Raises Refusal for one that is too long to be sent."""
        if len(act.encoded()) > LONGEST_LINE:
            raise Refusal("terminal.line_too_long")
        answer = asyncio.get_running_loop().create_future()
        self._open.append(answer)
        self._write(act)
        await answer

    def check(self) -> None:
        """Raises EnvironmentProblem once the program is gone."""
        if self.ended.is_set():
            raise EnvironmentProblem(ENDED)

    def _write(self, line: Line) -> None:
        self._writer.write(line.encoded())

    def close(self) -> None:
        self._writer.close()
