"""`hegui demo`: a conversation in a made-up world that is thrown away at the end."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.chat import Plain, connect, quiet_log
from hegui.cli.options import Config, Language, checked_language

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Language as Spoken
    from hegui.settings import Settings

REMINDER_IN = 25  # seconds
REMINDER_SOON = 5
REMINDER_AWAITED = 60


def demo(
    language: Language = None,
    plain: Plain = False,
    fast: Annotated[bool, typer.Option("--fast/--no-fast", help="The reminder comes after 5 seconds.")] = False,
    config: Config = None,
) -> None:
    """Try it out: made-up enterprises, an open case, a reminder that comes while you watch."""
    chosen = checked_language(language)
    import asyncio
    import tempfile

    with tempfile.TemporaryDirectory(prefix="hegui-demo-") as folder:
        settings = _settings(config, Path(folder))
        asyncio.run(_demo(settings, chosen or settings.language, plain=plain, seconds=_seconds(fast)))


def _seconds(fast: bool) -> int:
    return REMINDER_SOON if fast else REMINDER_IN


def _settings(config: Path | None, folder: Path) -> "Settings":
    """Those of this machine, but for the store and what would hold the reminder back."""
    from hegui.foundation.logs import set_up
    from hegui.settings import read_settings

    settings = read_settings(
        config,
        data_dir=folder,
        database={"url": f"sqlite:///{folder / 'hegui.db'}"},
        telegram={"token": None},
        notifications={"quiet_hours": "off"},
    )
    set_up(settings.log_level)
    quiet_log(settings)
    return settings


async def _demo(settings: "Settings", language: "Spoken", *, plain: bool, seconds: int) -> None:
    from datetime import timedelta

    from hegui.channels.terminal.console import talk
    from hegui.channels.terminal.protocol import Who
    from hegui.cli.demo_data import furnish
    from hegui.cli.in_process import program_here
    from hegui.foundation.language.catalogue import Texts

    async with program_here(settings) as program:
        furnished = await furnish(program, language, timedelta(seconds=seconds))
        client = await connect(settings.data_dir, Who(person=furnished.member, language=language))
        say = Texts(program.catalogue, language)
        await talk(
            client,
            program.catalogue,
            data_dir=settings.data_dir,
            plain=plain,
            introduction=[say("demo.who"), say("demo.waiting", case=furnished.case, seconds=seconds), say("demo.try")],
            notice_within=REMINDER_AWAITED,
        )
