"""`hegui enterprise`: enter enterprises, one by one or from a list, and say who looks after them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.ordering import order
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Language as Spoken
    from hegui.settings import Settings

enterprise = typer.Typer(help="Enterprises and who belongs to them.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="ENTERPRISE", help="Id or unified social credit code.")]


@enterprise.command("add")
def add(
    name: Annotated[str, typer.Option("--name", help="Its full name.")],
    uscc: Annotated[str, typer.Option("--uscc", help="Its unified social credit code.")],
    district: Annotated[str, typer.Option("--district", help="CN-33-06-03, 330603 or a name.")],
    tag: Annotated[list[str] | None, typer.Option("--tag", help="KEY=VALUE; may be repeated.")] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Its contact officer, by id or name.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Register an enterprise."""
    settings = prepare(config)
    made = order(
        settings, "enterprise.add", name=name, uscc=uscc, district=district, tags=list(tag or ()), officer=officer
    )
    print_json(made) if as_json else print_lines([f"{made['enterprise']}  {made['uscc']}  {made['name']}"])


@enterprise.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX or XLS.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    lang: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Add enterprises from a list, or bring them up to date; each row whole or not at all.

    Refused rows are written beside the list, with the reason of each (exit code 1).
    """
    settings, language = prepare(config), checked_language(lang)
    import asyncio

    done = asyncio.run(_take_in(settings, file, language or settings.language, dry_run=dry_run))
    if as_json:
        print_json(done)
    else:
        print_lines(f"Row {one['row']}: {one['why']}" for one in done["refused"])
        changed = done["updated"] - done["unchanged"]
        complain(f"Added {done['added']}, changed {changed}, as before {done['unchanged']}.")
        complain(f"Refused rows: {len(done['refused'])}{_where(done)}.")
    raise typer.Exit(1 if done["refused"] else 0)


async def _take_in(settings: "Settings", file: Path, language: "Spoken", *, dry_run: bool) -> dict[str, Any]:
    from hegui.bootstrap.handing_over import hands
    from hegui.cli.enterprise_list import read_list, take_in
    from hegui.foundation.language.catalogue import Catalogue, Texts

    catalogue = Catalogue.load()
    read = await read_list(file, catalogue)
    async with hands(settings) as hand:
        return await take_in(hand, file, read, Texts(catalogue, language), dry_run=dry_run)


def _where(done: dict[str, Any]) -> str:
    return f", written to {done['error_sheet']}" if "error_sheet" in done else ""


@enterprise.command("affiliate")
def affiliate(
    lead: Annotated[str, typer.Argument(metavar="LEAD", help="Id or credit code of the lead enterprise.")],
    affiliated: Annotated[str, typer.Argument(metavar="AFFILIATE", help="Id or credit code of the other.")],
    end: Annotated[bool, typer.Option("--end", help="Take it away again.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Put an enterprise under a lead enterprise."""
    done = order(prepare(config), "enterprise.affiliate", lead=lead, affiliate=affiliated, end=end)
    print_json(done) if as_json else complain(f"{done['lead']} leads {len(done['affiliates'])} enterprises.")


@enterprise.command("revoke")
def revoke(
    which: Which,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The member who is to go.")],
    as_json: Json = False,
    config: Config = None,
) -> None:
    """End a person's membership; it holds from their next act on."""
    done = order(prepare(config), "enterprise.revoke", enterprise=which, person=person)
    print_json(done) if as_json else complain(f"{done['person']} is no longer a member of {done['enterprise']}.")


@enterprise.command("transfer")
def transfer(
    before: Annotated[str, typer.Option("--from", help="The officer who gives them up.")],
    after: Annotated[str, typer.Option("--to", help="The officer who takes them over.")],
    which: Annotated[list[str] | None, typer.Option("--enterprise", help="Only this one; may be repeated.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Give an officer's enterprises, all or some, to another officer."""
    given = {"from": before, "to": after, "enterprises": list(which or ())}
    done = order(prepare(config), "enterprise.transfer", **given)
    print_json(done) if as_json else complain(f"{done['transferred']} enterprises went to {done['to']}.")
