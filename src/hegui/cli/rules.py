"""`hegui rules`: lint, test, show, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli import report
from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.rulebook.pack import Rulebook

rules = typer.Typer(help="Rule packs: check, test, show and print them.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Option("--dir", help="Another rules folder.", show_default=False)]


def _read(config: Path | None, folder: Path | None) -> "Rulebook":
    settings = prepare(config)
    from hegui.bootstrap.stores import read_rules
    from hegui.rulebook.loader import load

    return load(folder) if folder else read_rules(settings)


@rules.command("lint")
def lint(
    statutes: Annotated[
        Path | None, typer.Option("--statutes", help="Folder of statute texts to check against.")
    ] = None,
    folder: Folder = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Refuse what cites nothing, cites wrongly, or is not said in both languages."""
    from hegui.rulebook.lint import check, check_statutes

    rulebook = _read(config, folder)
    faults = [*check(rulebook), *(check_statutes(rulebook, statutes) if statutes else ())]
    cited = sum(1 for pack in rulebook.packs for _ in pack.cited())
    if as_json:
        print_json({"faults": [fault.model_dump() for fault in faults], "citations": cited, "digest": rulebook.digest})
    else:
        print_lines(f"{fault.where}: {fault.message}" for fault in faults)
        against = f" against {statutes}" if statutes else ""
        complain(f"{len(faults)} faults; {cited} citations of {len(rulebook.packs)} packs checked{against}.")
    raise typer.Exit(1 if faults else 0)


@rules.command("test")
def test(folder: Folder = None, as_json: Json = False, config: Config = None) -> None:
    """Run the examples of every pack."""
    from hegui.rulebook.examples import run_examples

    rulebook = _read(config, folder)
    results = [result for pack in rulebook.packs for result in run_examples(pack)]
    failed = [result for result in results if result.problems]
    if as_json:
        print_json({"examples": len(results), "failed": [result.model_dump() for result in failed]})
    else:
        for result in failed:
            print_lines([f"{result.pack}: {result.name}", *(f"    {problem}" for problem in result.problems)])
        complain(f"{len(results)} examples, {len(failed)} failed.")
    raise typer.Exit(1 if failed else 0)


@rules.command("show")
def show(
    entry: Annotated[str, typer.Argument(help="An entry's id, such as N07 or P1.")],
    language: Language = None,
    folder: Folder = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Show one entry with its articles and the state of its verification."""
    from hegui.rulebook.printing import entry_as_json, entry_lines

    rulebook = _read(config, folder)
    chosen = checked_language(language) or "zh"
    shown = entry_as_json(entry, rulebook, chosen) if as_json else entry_lines(entry, rulebook, chosen)
    if shown is None:
        complain(f"There is no entry {entry}.")
        raise typer.Exit(1)
    if isinstance(shown, dict):
        print_json(shown)
    else:
        print_lines(shown)


@rules.command("print")
def print_pack(
    pack: Annotated[str, typer.Argument(help="A pack's id, such as network-security.")],
    language: Language = None,
    folder: Folder = None,
    config: Config = None,
) -> None:
    """Print a pack as a rule book that a lawyer can read and sign (Markdown)."""
    from hegui.rulebook.printing import as_markdown

    rulebook = _read(config, folder)
    found = rulebook.pack(pack)
    if found is None:
        complain(f"There is no pack {pack}. There are: {', '.join(p.id for p in rulebook.packs)}.")
        raise typer.Exit(1)
    typer.echo(as_markdown(found, rulebook, checked_language(language) or "zh"))


rules.command("report")(report.report)
