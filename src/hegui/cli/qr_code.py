"""QR codes of invitations: for a terminal, or as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.output import complain

Shown = Annotated[bool, typer.Option("--qr", help="Also print the link as a QR code.")]
Picture = Annotated[Path | None, typer.Option("--png", help="Also write the link as a QR code (PNG).")]
QUIET_MODULES = 4  # of white around it, as the standard asks
DOTS = 8  # a module's side


def _is_link(link: str) -> bool:
    """Without a bot there is nothing that a telephone could open."""
    if not link.startswith("https://"):
        complain("There is no QR code, because there is no Telegram bot to open.")
        return False
    return True


def show(link: str, wanted: bool) -> None:
    """Prints it where it is wanted."""
    if wanted and _is_link(link):
        import sys

        import segno

        segno.make(link, micro=False).terminal(sys.stdout, border=2, compact=True)


def write(link: str, file: Path | None) -> None:
    """Writes it where a file is named; others of this machine cannot read it."""
    if file is not None and _is_link(link):
        import io
        import os

        import segno

        picture = io.BytesIO()
        segno.make(link, micro=False).save(picture, kind="png", scale=DOTS, border=QUIET_MODULES)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(picture.getvalue())
