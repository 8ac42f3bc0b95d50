"""`hegui rules`: lint, test, show, print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli import report, rules_diff, rules_import, rules_schema, rules_signing
from hegui.cli.options import Config, Folder, Json, Language, checked_language, rules_folder
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.rulebook.pack import Rulebook

rules = typer.Typer(help="Rule packs: check, test, show and print them.", no_args_is_help=True)


def _read(config: Path | None, folder: Path | None) -> "Rulebook":
    """All of the folder: packs that nobody signed are worked on as well."""
    from hegui.rulebook.loader import load

    return load(rules_folder(config, folder))


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
    from hegui.rulebook.loader import load, source_files
    from hegui.rulebook.locating import of_fault

    used = rules_folder(config, folder)
    rulebook, sources = load(used), source_files(used)
    faults = [*check(rulebook), *(check_statutes(rulebook, statutes) if statutes else ())]
    places = [of_fault(fault.where, sources) or (None, None) for fault in faults]
    cited = sum(1 for pack in rulebook.packs for _ in pack.cited())
    if as_json:
        told = [{**f.model_dump(), "file": file, "line": line} for f, (file, line) in zip(faults, places, strict=True)]
        print_json({"faults": told, "citations": cited, "digest": rulebook.digest})
    else:
        for fault, (file, line) in zip(faults, places, strict=True):
            print_lines([f"{file}:{line}: {fault}" if file else str(fault)])
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
rules.command("diff")(rules_diff.diff)
rules.command("sign")(rules_signing.sign)
rules.command("signatures")(rules_signing.signatures)
rules.command("schema")(rules_schema.schema)
rules.add_typer(rules_import.imports, name="import")
