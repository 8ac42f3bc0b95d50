"""`hegui chat`: the conversation in this terminal, carried by the running program or by one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Language, checked_language, prepare

if TYPE_CHECKING:
    from hegui.channels.terminal.client import Client
    from hegui.channels.terminal.protocol import Who
    from hegui.settings import Settings

STARTING = 3  # seconds that a program may need until it listens

Plain = Annotated[bool, typer.Option("--plain", help="Plain lines: no colours, no completion.")]


def chat(
    person: Annotated[str | None, typer.Option("--as", help="Speak as this registered person.")] = None,
    invitation: Annotated[str | None, typer.Option("--invitation", help="Redeem this invitation first.")] = None,
    language: Language = None,
    plain: Plain = False,
    config: Config = None,
) -> None:
    """Talk to the assistant in this terminal, or through a pipe."""
    settings = prepare(config)
    chosen = checked_language(language)
    import asyncio

    from hegui.channels.terminal.protocol import Who

    quiet_log(settings)
    asyncio.run(_chat(settings, Who(person=person or None, language=chosen, name=user_name()), invitation, plain=plain))


def quiet_log(settings: "Settings") -> None:
    """Ordinary events of a program that runs in this process do not belong between question and answer."""
    import logging

    if settings.log_level != "DEBUG":
        logging.getLogger().setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))


def user_name() -> str:
    import getpass

    return getpass.getuser()


async def _chat(settings: "Settings", who: "Who", invitation: str | None, *, plain: bool) -> None:
    from hegui.channels.terminal.console import talk
    from hegui.foundation.language.catalogue import Catalogue

    async with _program(settings):
        client = await connect(settings.data_dir, who)
        await talk(client, Catalogue.load(), data_dir=settings.data_dir, plain=plain, invitation=invitation)


@asynccontextmanager
async def _program(settings: "Settings") -> AsyncIterator[None]:
    """A program that listens while the block runs: one of our own, unless one runs already."""
    from contextlib import AsyncExitStack, suppress

    from hegui.cli.in_process import program_here
    from hegui.foundation.errors import AnotherInstance

    async with AsyncExitStack() as stack:
        with suppress(AnotherInstance):
            await stack.enter_async_context(program_here(settings))
        yield


async def connect(data_dir: Path, who: "Who") -> "Client":
    """Raises AnotherInstance where a program holds the database but does not listen here."""
    import asyncio

    from hegui.channels.terminal import place
    from hegui.channels.terminal.client import Client
    from hegui.foundation.errors import AnotherInstance

    pause = 0.1
    for _ in range(round(STARTING / pause)):
        try:
            return await Client.connect(place.find(data_dir), who)
        except OSError:
            await asyncio.sleep(pause)
    raise AnotherInstance(
        f"Another Hegui uses this database, but it does not listen in {data_dir}. "
        "Try again in a moment, or stop that program first."
    )
