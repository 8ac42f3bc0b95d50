"""`hegui document`: policies and plans to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.check_document import checked_kind
from hegui.cli.options import Config, Language, checked_language, prepare
from hegui.cli.output import print_lines

document = typer.Typer(help="Policies and plans.", no_args_is_help=True)


@document.command("skeleton")
def skeleton(
    out: Annotated[Path, typer.Argument(metavar="OUT.docx", help="The file to write.")],
    kind: Annotated[str, typer.Option("--kind", help="security-management-system or emergency-plan.")],
    name: Annotated[str, typer.Option("--name", help="Name of the enterprise.")] = "",
    facts: Annotated[
        list[str] | None, typer.Option("--fact", metavar="BLANK=TEXT", help="Fills the blanks of this name.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="ELEMENT", help="Say that it does not apply.")
    ] = None,
    lang: Language = None,
    config: Config = None,
) -> None:
    """Write a policy or plan to fill in, with a chapter for each element."""
    checked_kind(kind)
    language = checked_language(lang) or "zh"
    if out.suffix.lower() != ".docx":
        raise typer.BadParameter("Give the file a name that ends in .docx.")
    settings = prepare(config)
    from hegui.bootstrap.rules import read_rules
    from hegui.capabilities.document_check import skeleton as writing
    from hegui.capabilities.document_check.service import DocumentBooks
    from hegui.foundation.errors import Refusal
    from hegui.foundation.language.catalogue import Catalogue, Texts

    chosen = DocumentBooks.of(read_rules(settings), kind).kind
    say = Texts(Catalogue.load(), language)
    given = _facts(facts or [], writing.blanks(chosen, say)) | {say("document.skeleton.enterprise"): name}
    waivable = {element.id for element in chosen.elements if element.business}
    if unknown := sorted(set(without or []) - waivable):
        raise typer.BadParameter(f"--without {unknown[0]}: may be left out: {', '.join(sorted(waivable)) or 'none'}.")
    if out.exists() and out.stat().st_size:
        raise Refusal("document.exists", file=out.name)  # it may be one that somebody has filled in
    out.write_bytes(writing.skeleton(chosen, say, given, without or []))
    print_lines([say("document.written", file=out.name)])


def _facts(given: list[str], names: tuple[str, ...]) -> dict[str, str]:
    """Blanks with what stands in them; raises a usage error for a blank that there is not."""
    told = dict(one.partition("=")[::2] for one in given)
    for name in told:
        if name not in names:
            raise typer.BadParameter(f"--fact {name}: there is no such blank. Blanks: {', '.join(names)}.")
    return told
