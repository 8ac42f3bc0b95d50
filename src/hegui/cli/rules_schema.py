"""`hegui rules schema`: JSON schemas for the editors of people who write rules."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.options import Config, prepare
from hegui.cli.output import complain, print_json


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write them into this folder.", show_default=False)] = None,
    config: Config = None,
) -> None:
    """Print or write one JSON schema for each kind of file in the rules folder."""
    prepare(config)
    from hegui.rulebook.editor_schema import as_text, schemas

    found = schemas()
    if out is None:
        print_json(found)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, one in found.items():
        (out / f"{name}.json").write_text(as_text(one), encoding="utf-8")
    complain(f"Wrote {len(found)} schemas into {out}.")
