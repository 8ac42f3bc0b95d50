"""`hegui check`: files looked through before somebody else does."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from datetime import date

    from hegui.capabilities.ledger.facts import Facts
    from hegui.capabilities.ledger.output.model import Examined
    from hegui.capabilities.ledger.report import Report
    from hegui.foundation.language.catalogue import Texts
    from hegui.rulebook.ledger_rules import LedgerRules
    from hegui.rulebook.pack import Rulebook

FINDINGS = 1
PRECURSOR = "precursor"

check = typer.Typer(help="Look through a ledger, a policy or a plan.", no_args_is_help=True)


@check.command("ledger")
def ledger(
    file: Annotated[Path, typer.Argument(help="XLSX, XLS or CSV.", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="precursor: precursor chemicals.")] = PRECURSOR,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Checked as of this date.", show_default=False)] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="JSON: what the sheet does not hold.")] = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="OUT.xlsx", help="Write a copy with the faults marked.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="OUT.pdf", help="Write a report to sign and hand in.")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Of a CSV; else it is recognised.")] = None,
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Check a ledger row by row; exit code 1 where something was found."""
    if kind != PRECURSOR:
        raise typer.BadParameter("--kind is precursor.")
    settings = prepare(config)
    chosen, day = checked_language(language) or "zh", checked_date(as_of)
    known = _facts(facts, day)
    from hegui.bootstrap.rules import read_rules
    from hegui.capabilities.ledger import report as reporting
    from hegui.capabilities.ledger.service import LedgerBooks, doctor
    from hegui.foundation.language.catalogue import Catalogue, Texts

    rulebook = read_rules(settings)
    books = LedgerBooks.of(rulebook)
    found = asyncio.run(doctor(file, books, known, encoding=encoding))
    say = Texts(Catalogue.load(), chosen)
    if annotate or report:
        examined = _handed_out(file, found, books.rules, rulebook, say)
        asyncio.run(_write(file, examined, say, annotate, report, encoding, settings.fonts.dir))
    if as_json:
        print_json(reporting.as_json(found, books.rules, rulebook, say))
    else:
        print_lines(reporting.lines(found, books.rules, rulebook, say))
    if found.findings or not found.sheets:
        raise typer.Exit(FINDINGS)


def _handed_out(file: Path, found: "Report", rules: "LedgerRules", rulebook: "Rulebook", say: "Texts") -> "Examined":
    import hashlib

    from hegui.capabilities.ledger.handing_out import handed_out
    from hegui.foundation.clock import SystemClock

    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    now = SystemClock().now()
    return handed_out(found, rules, rulebook, say, file_name=file.name, sha256=digest, at=now)


async def _write(
    file: Path,
    examined: "Examined",
    say: "Texts",
    annotate: Path | None,
    report: Path | None,
    encoding: str | None,
    fonts: Path | None,
) -> None:
    """Both are written whole or not at all."""
    from hegui.capabilities.ledger.output.copying import write_copy
    from hegui.capabilities.ledger.output.report import report_pdf
    from hegui.foundation.typesetting.apart import TypesetterApart

    if annotate:
        await write_copy(file, examined, annotate, say, encoding)
    if report:
        report.write_bytes(await report_pdf(examined, say, TypesetterApart(fonts)))


def _facts(file: Path | None, day: "date | None") -> "Facts":
    """What is known besides the sheet; raises a usage error for a file that is not such facts."""
    from pydantic import ValidationError

    from hegui.capabilities.ledger.facts import Facts
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA

    today = day or SystemClock().now().astimezone(CHINA).date()
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8")) if file else {}
        return Facts.model_validate({"today": today, **told} if isinstance(told, dict) else told)
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors()[0]["loc"]) or "the file"
        raise typer.BadParameter(f"--facts: {where}: {wrong.errors()[0]['msg']}") from None
    except ValueError:
        raise typer.BadParameter("--facts is not a JSON file.") from None
