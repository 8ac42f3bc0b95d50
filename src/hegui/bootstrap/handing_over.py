"""Carries out what a command wants changed: here, or by the program that runs on the store.

Nobody but the holder of the lock writes to SQLite. On PostgreSQL several may, but the program that runs here is asked
all the same, so that one set of settings and rules is in force.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.serving import open_program
from hegui.bootstrap.stores import prepare_folder
from hegui.channels.terminal import place
from hegui.channels.terminal.protocol import LONGEST_LETTER, Done, Ordered, Refused, from_answer
from hegui.foundation.database.dialect import file_of
from hegui.foundation.errors import AnotherInstance, EnvironmentProblem, Refusal
from hegui.foundation.instance import only_instance
from hegui.settings import Settings

Hand = Callable[[str, dict[str, Any]], Awaitable[Any]]
TRIES, PAUSE_SECONDS = 150, 0.1  # as long as a few commands before this one may take


async def carry_out(settings: Settings, name: str, given: dict[str, Any]) -> Any:
    """What the order came to. Raises Refusal, EnvironmentProblem, and AnotherInstance where nobody can be asked."""
    async with hands(settings) as order:
        return await order(name, given)


@asynccontextmanager
async def hands(settings: Settings) -> AsyncIterator[Hand]:
    """Somebody who carries out one order after the other; raises as `carry_out` does."""
    prepare_folder(settings)
    async with AsyncExitStack() as stack:
        if await _may_write(settings, stack):
            program = await stack.enter_async_context(open_program(settings))
            yield partial(carry_out_here, program)
        else:
            yield partial(_ask, settings.data_dir)


async def _may_write(settings: Settings, stack: AsyncExitStack) -> bool:
    """True where this process writes itself, False where a program listens. One that just begins or ends is awaited."""
    for left in reversed(range(TRIES)):
        try:
            await stack.enter_async_context(only_instance(settings.database_url))
        except AnotherInstance:
            if await _listens(settings.data_dir):
                return False
            if file_of(settings.database_url) is None:
                return True  # a program on another machine: PostgreSQL lets both write
            if not left:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return True
    return False


async def _listens(data_dir: Path) -> bool:
    """Whether a program answers here; the socket of one that was killed may still lie about."""
    try:
        _, writer = await asyncio.open_unix_connection(str(place.find(data_dir)))
    except OSError:
        return False
    writer.close()
    return True


async def _ask(data_dir: Path, name: str, given: dict[str, Any]) -> Any:
    try:
        reader, writer = await asyncio.open_unix_connection(str(place.find(data_dir)), limit=LONGEST_LETTER)
    except OSError:
        raise AnotherInstance(
            f"Another Hegui uses this database, but it does not listen in {data_dir}. "
            "Try again in a moment, or stop that program first."
        ) from None
    try:
        writer.write(Ordered(order=name, given=given).encoded())
        raw = await reader.readline()
    finally:
        writer.close()
    return _answer(raw)


def _answer(raw: bytes) -> Any:
    try:
        answer = from_answer.validate_json(raw)
    except ValidationError:
        raise EnvironmentProblem(
            "The running program did not carry this out. If it is an older version, restart it."
        ) from None
    if isinstance(answer, Done):
        return answer.done
    if isinstance(answer, Refused):
        raise Refusal(answer.refused, **answer.params)
    raise Refusal(answer.problem)
