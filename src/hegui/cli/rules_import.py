"""`hegui rules import`: lists of requirements in other formats, as drafts of packs."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Json, prepare, rules_folder
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.rulebook.law import Law

imports = typer.Typer(help="Take lists of requirements over as drafts of packs.", no_args_is_help=True)
PREFIX = re.compile(r"^[A-Z]{1,3}$")
REPORT = "import-report.json"


@imports.callback()
def _group() -> None:
    """Take lists of requirements over as drafts of packs."""


@imports.command("oscal")
def oscal(
    file: Annotated[Path, typer.Argument(help="An OSCAL catalog or resolved profile, JSON or YAML.")],
    out: Annotated[Path, typer.Option("--out", help="Folder in which the draft is made.")],
    law: Annotated[
        str | None, typer.Option("--law", help="A law of the register whose article numbers the controls bear.")
    ] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="One to three capitals before the numbers of duties.")] = "OC",
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Draft a pack from an OSCAL catalog: unverified, not translated, with a report of what was left out."""
    if not PREFIX.match(prefix):
        raise typer.BadParameter("--prefix is one to three capital letters.")
    prepare(config)
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA
    from hegui.rulebook.oscal.drafting import Draft
    from hegui.rulebook.oscal.opening import open_catalog
    from hegui.rulebook.oscal.writing import files_of, slug_of

    cited = _law(law, config)
    catalog = open_catalog(file)
    today = SystemClock().now().astimezone(CHINA).date()
    draft = Draft(catalog, prefix, today, cited)
    files, report = files_of(draft, slug_of(catalog.metadata.title), today)
    told = report.as_data()
    _write(out, {**files, f"{report.packs[0]}/{REPORT}": json.dumps(told, ensure_ascii=False, indent=1) + "\n"})
    if as_json:
        print_json(told)
    else:
        print_lines(report.lines())
        complain(f"Wrote {', '.join(report.packs)} into {out}. Translate, cite and check; then `hegui rules lint`.")


def _law(law_id: str | None, config: Path | None) -> "Law | None":
    """A law of the rules in use."""
    if law_id is None:
        return None
    from hegui.rulebook.loader import load

    found = load(rules_folder(config, None)).law(law_id)
    if found is None:
        complain(f"There is no law {law_id} in the register.")
        raise typer.Exit(1)
    return found


def _write(out: Path, files: Mapping[str, str]) -> None:
    """Everything or nothing: a draft that is there already may have been worked on."""
    folders = dict.fromkeys(out / name.split("/")[0] for name in files)
    for folder in folders:
        if folder.exists():
            complain(f"{folder} is there already; remove it or choose another --out.")
            raise typer.Exit(1)
    for folder in folders:
        folder.mkdir(parents=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
