"""`hegui user`: people who serve the authorities, each with a role."""

from typing import Annotated

import typer

from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.ordering import order
from hegui.cli.output import complain, print_json, print_lines
from hegui.cli.qr_code import Picture, Shown, show, write

user = typer.Typer(help="Officers, approvers, auditors, assessors and operators.", no_args_is_help=True)


@user.command("add")
def add(
    name: Annotated[str, typer.Option("--name", help="The person's name.")],
    role: Annotated[str, typer.Option("--role", help="officer, approver, auditor, assessor or operator.")],
    district: Annotated[str, typer.Option("--district", help="CN-33-06-03, 330603 or a name.")],
    unit: Annotated[str | None, typer.Option("--unit", help="The unit, such as a police station.")] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", help="When the invitation ends; default: 72 hours.")
    ] = None,
    qr: Shown = False,
    png: Picture = None,
    lang: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Register a person and make the invitation by which they take the account over."""
    from hegui.cli.invite import checked_moment

    settings = prepare(config)
    given = {"name": name, "role": role, "district": district, "unit": unit, "expires": checked_moment(expires)}
    made = order(settings, "user.add", **given, language=checked_language(lang))
    write(made["link"], png)
    if as_json:
        print_json(made)
    else:
        print_lines([f"{made['person']}  {made['link']}"])
        complain(f"The link works once, until {made['expires']}.")
        show(made["link"], qr)


@user.command("dismiss")
def dismiss(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whose role is to end.")],
    to: Annotated[str | None, typer.Option("--to", help="The officer who takes the enterprises over.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Take a person's role away; it holds from their next act on."""
    done = order(prepare(config), "user.dismiss", person=person, to=to)
    where = f"went to {done['to']}" if done["to"] else "have no contact officer now"
    print_json(done) if as_json else complain(
        f"{person} has no role any more; {done['enterprises']} enterprises {where}."
    )
