"""Options that commands share, and what every command does first: read the settings, set up the log."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Language as Spoken
    from hegui.settings import Settings

Config = Annotated[Path | None, typer.Option("--config", help="Settings file (TOML).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout and nothing else.")]
Folder = Annotated[Path | None, typer.Option("--dir", help="Another rules folder.", show_default=False)]
Language = Annotated[str | None, typer.Option("--lang", help="zh or en.", show_default=False)]


def prepare(config: Path | None) -> "Settings":
    """Settings of this run, with the log going to stderr."""
    from hegui.foundation.logs import set_up
    from hegui.settings import read_settings

    settings = read_settings(config)
    set_up(settings.log_level)
    return settings


def rules_folder(config: Path | None, given: Path | None) -> Path:
    """The rules folder that is named, or the one in use."""
    settings = prepare(config)
    from hegui.rulebook.loader import default_folder

    return given or settings.rules.dir or default_folder()


def checked_language(given: str | None) -> "Spoken | None":
    """Raises a usage error for a language that does not exist."""
    match given:
        case None | "zh" | "en":
            return given
    raise typer.BadParameter("--lang is zh or en.")


def checked_date(given: str | None) -> date | None:
    from hegui.rulebook.checks.dated import read_date

    if given is None:
        return None
    found = read_date(given)
    if found is None:
        raise typer.BadParameter(f"“{given}” is not a date. Write it as 2026-05-01.")
    return found
