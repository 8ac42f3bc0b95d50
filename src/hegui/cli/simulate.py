"""`hegui simulate`: what would be sent to whom, on a clock that jumps ahead."""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.settings import Settings


def simulate(
    start: Annotated[str, typer.Option("--from", help="Date, or date and time with zone.")],
    end: Annotated[str, typer.Option("--to", help="The same; a date alone means until its end.")],
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Show the letters that would be sent in a span of time if nobody did anything. Sends and stores nothing."""
    first, last = _moment(start, time.min), _moment(end, time.max)
    if last < first:
        raise typer.BadParameter("--to lies before --from.")
    settings = prepare(config)
    import asyncio

    letters = asyncio.run(_foresee(settings, first, last))
    if as_json:
        print_json(letters)
    else:
        print_lines(
            f"{n['at']}  {n['recipient']}  {n['kind']}  {n['about']}\n    {_indented(n['text'])}" for n in letters
        )
        print_lines([f"{len(letters)} letters."])


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _moment(given: str, at: time) -> datetime:
    from hegui.foundation.language.catalogue import CHINA
    from hegui.rulebook.checks.dated import read_date

    day = read_date(given)
    try:
        moment = datetime.combine(day, at) if day else datetime.fromisoformat(given)
    except ValueError as wrong:
        raise typer.BadParameter(f"“{given}” is no date and no moment. Write it as 2026-05-01.") from wrong
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)


async def _foresee(settings: "Settings", first: datetime, last: datetime) -> list[dict[str, Any]]:
    from hegui.bootstrap.serving import open_program
    from hegui.delivery.simulation import foresee

    async with open_program(settings) as program:
        seen = await foresee(
            program.database,
            program.reminders,
            start=first,
            end=last,
            catalogue=program.catalogue,
            released_at=program.released_at,
        )
    return [letter.model_dump(mode="json") for letter in seen]
