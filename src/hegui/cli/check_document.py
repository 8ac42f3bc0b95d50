"""`hegui check document`: what a policy or plan holds, what it lacks, and where."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

FINDINGS = 1
KINDS = ("security-management-system", "emergency-plan")


def document(
    file: Annotated[Path, typer.Argument(help="DOCX, or PDF with text.", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help=f"{KINDS[0]} or {KINDS[1]}.", show_default=False)],
    answers: Annotated[
        Path | None, typer.Option("--answers", help="JSON: answers of a self-check by question, to compare with.")
    ] = None,
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Check a policy or plan element by element; exit code 1 where one is not found or goes against the law."""
    checked_kind(kind)
    settings = prepare(config)
    chosen, told = checked_language(language) or "zh", _answers(answers)
    from hegui.bootstrap.rules import read_rules
    from hegui.capabilities.document_check.judging.answers import against_answers
    from hegui.capabilities.document_check.report import Wording
    from hegui.capabilities.document_check.service import DocumentBooks, check
    from hegui.foundation.language.catalogue import Catalogue, Texts

    rulebook = read_rules(settings)
    books = DocumentBooks.of(rulebook, kind)
    found = asyncio.run(check(file, books))
    against = against_answers(found, books.kind, told)
    wording = Wording(found, books.kind, rulebook, Texts(Catalogue.load(), chosen))
    if as_json:
        print_json(wording.as_json(against))
    else:
        print_lines(wording.lines(against))
    if found.contradictions or any(one.state != "found" for one in found.judged):
        raise typer.Exit(FINDINGS)


def checked_kind(kind: str) -> None:
    """Raises a usage error for a kind of document that does not exist."""
    if kind not in KINDS:
        raise typer.BadParameter(f"--kind is {KINDS[0]} or {KINDS[1]}.")


def _answers(file: Path | None) -> "Mapping[str, str]":
    """Answers by question; raises a usage error for a file that holds none."""
    if file is None:
        return {}
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(answer, str) for answer in told.values()):
        raise typer.BadParameter('--answers is a JSON file such as {"Q06": "yes"}.')
    return told
