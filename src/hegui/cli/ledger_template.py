"""`hegui ledger template`: the workbook to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.options import Config, Language, checked_language, prepare
from hegui.cli.output import print_lines


def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The file to write.")],
    lang: Language = None,
    config: Config = None,
) -> None:
    """Write an empty ledger with our headers, lists to choose from, and notes."""
    language = checked_language(lang)
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("Give the file a name that ends in .xlsx.")
    settings = prepare(config)
    from hegui.capabilities.ledger.output.template import template_workbook
    from hegui.foundation.errors import Refusal
    from hegui.foundation.language.catalogue import Catalogue, Texts

    if out.exists() and out.stat().st_size:
        raise Refusal("ledger_output.exists", file=out.name)  # it may be a ledger that somebody has filled in
    texts = Texts(Catalogue.load(), language or settings.language)
    out.write_bytes(template_workbook(texts))
    print_lines([texts("ledger_output.written", file=out.name)])
