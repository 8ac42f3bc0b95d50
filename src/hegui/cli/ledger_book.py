"""`hegui ledger …`: the enterprise's own ledger by command, for a member, carried out by the program that runs.

Looking is an act too: what an enterprise records is private, so it is refused and audited like any other.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.settings import Settings

ledger = typer.Typer(help="The enterprise's own ledger of precursor chemicals.", no_args_is_help=True)

Enterprise = Annotated[str, typer.Option("--enterprise", help="Id or unified social credit code.")]
By = Annotated[str, typer.Option("--by", help="The member for whom it is done.")]
Field = Annotated[
    list[str] | None, typer.Option("--field", help="A column: supplier=…, certificate=…; may be repeated.")
]


@ledger.command("record")
def record(
    enterprise: Enterprise,
    by: By,
    kind: Annotated[str, typer.Option("--kind", help="purchase, use, sale, transfer, loss or stock-take.")],
    chemical: Annotated[str, typer.Option("--chemical", help="Name, other name or CAS number.")],
    amount: Annotated[str, typer.Option("--amount", help="Such as 25 or 0.5; a stock-take's is what was counted.")],
    unit: Annotated[str, typer.Option("--unit", help="kg, g, t, L, mL or another word.")],
    day: Annotated[str, typer.Option("--day", help="When it happened.")],
    field: Field = None,
    unlisted: Annotated[bool, typer.Option("--unlisted", help="The chemical is not in the catalogue.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Record it in spite of warnings.")] = False,
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Record an entry. With warnings nothing is recorded until it is confirmed (exit code 1)."""
    settings = _allowed(config)
    given = {
        "kind": kind.replace("-", "_"),
        "chemical": chemical,
        "amount": amount,
        "unit": unit,
        "day": day,
        "fields": _fields(field),
        "unlisted": unlisted,
        "confirmed": confirm,
    }
    done = _order(settings, "ledger.record", enterprise, by, language, given)
    if as_json:
        print_json(done)
    else:
        print_lines(f"! {one['message']} {one['basis']}".rstrip() for one in done["warnings"])
        print_lines([_recorded(done)] if done["recorded"] else ["Nothing was recorded. Add --confirm to record it."])
    raise typer.Exit(0 if done["recorded"] else 1)


@ledger.command("correct")
def correct(
    number: Annotated[int, typer.Argument(help="The number of the entry that is wrong.", min=1)],
    enterprise: Enterprise,
    by: By,
    why: Annotated[str, typer.Option("--why", help="The reason; it stays with the entry.")],
    amount: Annotated[str | None, typer.Option("--amount", help="What is right instead.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="What is right instead.")] = None,
    day: Annotated[str | None, typer.Option("--day", help="What is right instead.")] = None,
    field: Field = None,
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Take an entry back by a counter-entry; with anything given, record what is right in its place."""
    settings = _allowed(config)
    otherwise = {name: value for name, value in (("amount", amount), ("unit", unit), ("day", day)) if value}
    given = {"number": number, "why": why, "otherwise": otherwise, "fields": _fields(field)}
    done = _order(settings, "ledger.correct", enterprise, by, language, given)
    taken = f"Entry {done['corrected']} was taken back by entry {done['counter']}. {_recorded(done)}"
    print_json(done) if as_json else print_lines([taken])


@ledger.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="A workbook that `hegui ledger export` wrote.")],
    enterprise: Enterprise,
    by: By,
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Bring an exported ledger into an empty one, all of it or nothing."""
    settings = _allowed(config)
    done = _order(settings, "ledger.import", enterprise, by, language, {"file": str(file.absolute())})
    line = f"Brought in {done['entries']} entries and {done['certificates']} certificates."
    print_json(done) if as_json else print_lines([line])


@ledger.command("balance")
def balance(
    enterprise: Enterprise,
    by: By,
    on: Annotated[str | None, typer.Option("--on", help="At the end of this day.", show_default=False)] = None,
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Print what should be in stock, and what is left on each certificate."""
    day = checked_date(on)
    given = {"on": day.isoformat() if day else None}
    _told(_order(_allowed(config), "ledger.balance", enterprise, by, language, given), as_json=as_json)


@ledger.command("totals")
def totals(
    enterprise: Enterprise,
    by: By,
    year: Annotated[int, typer.Option("--year", min=1990, max=2200, help="Of which year.")],
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Print the totals of a year, as the annual report wants them."""
    _told(_order(_allowed(config), "ledger.totals", enterprise, by, language, {"year": year}), as_json=as_json)


@ledger.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the workbook.")],
    enterprise: Enterprise,
    by: By,
    as_json: Json = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """Write the ledger as a workbook with the canonical headers."""
    given = {"file": str(file.absolute())}
    _told(_order(_allowed(config), "ledger.export", enterprise, by, language, given), as_json=as_json)


# ---- What they share ------------------------------------------------------------------------------------------------


def _told(done: dict[str, Any], *, as_json: bool) -> None:
    """JSON as it came, or its lines for people."""
    lines = done.pop("lines")
    print_json(done) if as_json else print_lines(lines)


def _allowed(config: Path | None) -> "Settings":
    """The settings; raises Refusal unless commands may act for people."""
    settings = prepare(config)
    if not settings.cli.acts_for_people:
        from hegui.foundation.errors import Refusal

        raise Refusal("ledger_book.acts_not_allowed")
    return settings


def _order(
    settings: "Settings", name: str, enterprise: str, by: str, language: str | None, given: dict[str, Any]
) -> dict[str, Any]:
    """Hands the act to the program that runs, or carries it out here."""
    import getpass

    who = {"person": by, "os_user": getpass.getuser(), "language": checked_language(language)}

    from hegui.bootstrap.handing_over import carry_out

    done: dict[str, Any] = asyncio.run(carry_out(settings, name, {**given, **who, "enterprise": enterprise}))
    return done


def _fields(given: list[str] | None) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in given or ():
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(f"“{one}” is no column with its value. Write it as supplier=….")
        told[name.strip().replace("-", "_")] = value
    return told


def _recorded(done: dict[str, Any]) -> str:
    held = done["balance"]
    return f"Entry {done['entry']}. In stock by the book: {held['chemical']} {held['amount']} {held['unit']}."
