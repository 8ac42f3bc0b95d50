"""`hegui invite`: invitations that work once, one or a whole list."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, prepare
from hegui.cli.ordering import order, order_in_parts
from hegui.cli.output import complain, print_json, print_lines
from hegui.cli.qr_code import Picture, Shown, show, write

if TYPE_CHECKING:
    from hegui.settings import Settings

KEYS = {"enterprise", "role", "person"}


def invite(
    enterprise: Annotated[str | None, typer.Option("--enterprise", help="Id or unified social credit code.")] = None,
    role: Annotated[str, typer.Option("--role", help="owner or staff.")] = "staff",
    person: Annotated[str | None, typer.Option("--person", help="A registered person with a new chat.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="One JSON object a line: enterprise, role.")] = None,
    expires: Annotated[str | None, typer.Option("--expires", help="Date and time; default: in 72 hours.")] = None,
    qr: Shown = False,
    png: Picture = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Make an invitation into an enterprise, or to a person's account. The link works once."""
    if sum(one is not None for one in (enterprise, person, batch)) != 1:
        raise typer.BadParameter("Give one of --enterprise, --person and --batch.")
    settings, until = prepare(config), checked_moment(expires)
    if batch:
        raise typer.Exit(_batch(settings, batch, until))
    wanted = {"person": person} if person else {"enterprise": enterprise, "role": role}
    (made,) = order(settings, "user.invite", invitations=[wanted], expires=until)
    if "refused" in made:
        complain(made["refused"])
        raise typer.Exit(1)
    write(made["link"], png)
    if as_json:
        print_json(made)
    else:
        print_lines([made["link"]])
        complain(f"The link works once, until {made['expires']}.")
        show(made["link"], qr)


def _batch(settings: "Settings", file: Path, until: str | None) -> int:
    """Prints one answer a line, in the order of the file; the exit code says whether one was refused."""
    import asyncio

    with file.open(encoding="utf-8-sig") as lines:
        wanted = list(_wanted(lines))

    async def run() -> bool:
        from hegui.bootstrap.handing_over import hands

        refused = False
        async with hands(settings) as hand:
            async for answers in order_in_parts(hand, "user.invite", "invitations", wanted, expires=until):
                for answer in answers:
                    print_json(answer)
                    refused |= "refused" in answer
        return refused

    return 1 if asyncio.run(run()) else 0


def _wanted(lines: Any) -> Iterator[dict[str, Any]]:
    """What each line asks for; one that cannot be read asks for nothing, and is answered like that."""
    for line in lines:
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        known = (
            {key: str(told[key]) for key in KEYS & told.keys() if told[key] is not None}
            if isinstance(told, dict)
            else {}
        )
        yield known or {"unreadable": True}


def checked_moment(given: str | None) -> str | None:
    """A date, or a date and a time; in China's time where no zone is named. Raises a usage error."""
    if given is None:
        return None
    from hegui.foundation.language.catalogue import CHINA

    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError as wrong:
        raise typer.BadParameter(f"“{given}” is no date and time. Write it as 2026-12-01T18:00.") from wrong
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).isoformat()
