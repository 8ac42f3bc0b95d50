"""A program that works in the process of a command: database, workers and the terminal's socket, without Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hegui.bootstrap.program import Program
from hegui.bootstrap.serving import own_program, run_until
from hegui.settings import Settings


@asynccontextmanager
async def program_here(settings: Settings) -> AsyncIterator[Program]:
    """Works while the block runs; what is under way then is finished. Raises AnotherInstance."""
    stop = asyncio.Event()
    async with own_program(settings, telegram=False) as (program, _):
        work = asyncio.create_task(run_until(stop, [program.run(stop)]))
        try:
            yield program
        finally:
            stop.set()
            await work
