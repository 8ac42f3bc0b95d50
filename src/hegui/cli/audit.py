"""`hegui audit`: checks the audit log, and writes it out for an auditor or a court."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Json, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.foundation.audit.verifying import Report
    from hegui.settings import Settings

audit = typer.Typer(help="Check the audit log, or hand it over.", no_args_is_help=True)


@audit.command("verify")
def verify(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            "--checkpoint", help="File or folder of checkpoints kept elsewhere; may be repeated.", exists=True
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="File of the public keys to trust, and no other.", exists=True)
    ] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Check every row and every checkpoint; ends with 1 and names the first row where something is not whole."""
    settings = prepare(config)
    from hegui.foundation.audit.verifying import lines

    report = asyncio.run(_verify(settings, checkpoint or [], key))
    if as_json:
        first = report.faults[0].seq if report.faults else None
        print_json({"ok": report.ok, **asdict(report), "first_bad": first})
    else:
        print_lines(lines(report))
    raise typer.Exit(0 if report.ok else 1)


async def _verify(settings: "Settings", files: list[Path], keys: Path | None) -> "Report":
    from hegui.bootstrap.auditing import verify as check
    from hegui.bootstrap.stores import open_store

    async with open_store(settings) as database, database.read() as tx:
        return await check(tx, settings, files, keys)


@audit.command("export")
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that does not exist yet, or an empty one.")],
    enterprise: Annotated[
        str | None, typer.Option("--enterprise", help="Only rows of this enterprise, proven.")
    ] = None,
    about: Annotated[str | None, typer.Option("--about", help="Only rows about this, as case:ID, proven.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Write rows (JSON lines), checkpoints, public keys, a verifier that stands alone, and a page about them."""
    settings = prepare(config)
    said = asyncio.run(_export(settings, out, enterprise, about))
    if as_json:
        print_json({"folder": str(out), **said})
    else:
        print_lines([f"{said['rows']} rows and {said['checkpoints']} checkpoints are in {out}."])


async def _export(settings: "Settings", out: Path, enterprise: str | None, about: str | None) -> dict[str, int]:
    from hegui.bootstrap.auditing import write_export
    from hegui.bootstrap.stores import open_store

    async with open_store(settings) as database, database.read() as tx:
        return await write_export(tx, settings, out, enterprise=enterprise, about=about)
