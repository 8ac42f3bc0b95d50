"""`hegui ask`: one answer, or one for each line of a file."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Language as Spoken
    from hegui.rulebook.pack import Rulebook


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
    given = {"id": None, "text": text, "lang": language, "on": on, "locality": locality}
    from hegui.bootstrap.rules import open_answering, read_rules
    from hegui.foundation.language.catalogue import Catalogue

    rulebook = read_rules(settings)
    questions = [_checked(given, rulebook)] if batch is None else _read(batch, given, rulebook)
    answering = open_answering(settings, rulebook, Catalogue.load())
    for question in questions:
        answer = answering.ask(question.text, question.language, question.on, question.locality)
        told = answering.as_json(answer, question.id)
        if as_json or batch:
            print_json(told)
        else:
            typer.echo(told["text"])


class Question(NamedTuple):
    """One question, its parts checked."""

    id: Any
    text: str
    language: "Spoken | None"
    on: date
    locality: str | None


def _checked(told: dict[str, Any], rulebook: "Rulebook") -> Question:
    """Raises a usage error for a language, a date or a place that does not exist."""
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA

    locality = told.get("locality") or None
    if locality is not None and not (isinstance(locality, str) and rulebook.places.knows(locality)):
        raise typer.BadParameter(f"“{locality}” is not the code of a place. Write it as CN-33-06.")
    on = checked_date(told.get("on")) or SystemClock().now().astimezone(CHINA).date()
    return Question(told["id"], str(told["text"] or ""), checked_language(told.get("lang")), on, locality)


def _read(file: Path, defaults: dict[str, Any], rulebook: "Rulebook") -> list[Question]:
    """Every question of a file; a usage error names all lines that cannot be read, before any is answered."""
    if not file.is_file():
        raise typer.BadParameter(f"There is no file {file}.")
    questions, wrong = [], []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    questions.append(_checked({**defaults, **_told(line)}, rulebook))
            except typer.BadParameter as fault:
                wrong.append(f"Line {number}: {fault.message}")
    if wrong:
        raise typer.BadParameter("\n".join(wrong))
    return questions


def _told(line: str) -> dict[str, Any]:
    """What a line says. Keys that are not known are ignored."""
    try:
        told = json.loads(line)
        return {"id": told["id"], "text": told["text"], **{key: told[key] for key in KEYS if key in told}}
    except (ValueError, KeyError, TypeError) as wrong:
        raise typer.BadParameter("this is not a question: it needs id and text as JSON.") from wrong


KEYS = ("lang", "on", "locality")
