"""`hegui ask`: one answer, or one for each line of a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json

if TYPE_CHECKING:
    from hegui.capabilities.answering.service import Answering

LONGEST_LINE = 100_000


def ask(
    text: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    language: Language = None,
    on: Annotated[str | None, typer.Option("--on", help="As of this date.", show_default=False)] = None,
    locality: Annotated[str | None, typer.Option("--locality", help="Place, such as CN-33-06.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON lines: id, text, lang, on, locality.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Answer a question with its articles, or say that nothing fits."""
    if (text is None) == (batch is None):
        raise typer.BadParameter("Give a question, or --batch FILE.")
    settings = prepare(config)
    defaults = {"lang": checked_language(language), "on": on, "locality": locality}
    checked_date(on)
    from hegui.bootstrap.stores import open_library, read_rules
    from hegui.capabilities.answering.service import Answering

    rulebook = read_rules(settings)
    answering = Answering(rulebook, statutes=open_library(settings, rulebook))
    for question in [{"id": None, "text": text}] if batch is None else _lines(batch):
        answered = _answer(answering, {**defaults, **question})
        if as_json or batch:
            print_json(answered)
        else:
            typer.echo(answered["text"])


def _answer(answering: "Answering", question: dict[str, Any]) -> dict[str, Any]:
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA

    day = checked_date(question.get("on")) or SystemClock().now().astimezone(CHINA).date()
    language = checked_language(question.get("lang"))
    found = answering.ask(str(question["text"] or ""), language=language, on=day, locality=question.get("locality"))
    return answering.as_json(found, question.get("id"))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """Raises a usage error naming the line that cannot be read."""
    if not file.is_file():
        raise typer.BadParameter(f"There is no file {file}.")
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _question(line, number)


def _question(line: str, number: int) -> dict[str, Any]:
    try:
        question = json.loads(line)
        return {"id": question["id"], "text": question["text"], **{k: question[k] for k in KEYS if k in question}}
    except (ValueError, KeyError, TypeError) as wrong:
        raise typer.BadParameter(f"Line {number} is not a question: it needs id and text as JSON.") from wrong


KEYS = ("lang", "on", "locality")
