"""What commands print: JSON on stdout alone, or lines for people."""

import json
from collections.abc import Iterable
from typing import Any

import typer


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def complain(text: str) -> None:
    """One sentence on stderr."""
    typer.echo(text, err=True)
