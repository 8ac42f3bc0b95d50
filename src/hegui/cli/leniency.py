"""`hegui leniency`: facts of a matter, compared with the tables of leniency and the list of its place."""

from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.output import print_json, print_lines


def leniency(
    facts: Annotated[Path, typer.Option("--facts", help="The facts as JSON; what is left out is not known.")],
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Compare facts with the articles on leniency. Binds nobody: the police decide."""
    spoken = checked_language(language)
    if not facts.is_file():
        raise typer.BadParameter(f"There is no file {facts}.")
    settings = prepare(config)
    from hegui.bootstrap.rules import read_rules
    from hegui.capabilities.leniency.assessment import assess
    from hegui.capabilities.leniency.facts import MOST_BYTES, read_facts
    from hegui.capabilities.leniency.pages import AssessmentPage
    from hegui.cli.cited import cited
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA, Catalogue, Texts

    with facts.open("rb") as file:
        source = file.read(MOST_BYTES + 1)
    rulebook, today = read_rules(settings), SystemClock().now().astimezone(CHINA).date()
    told = assess(read_facts(source, rulebook.places, today), rulebook, today)
    texts = Texts(Catalogue.load(), spoken or settings.language)
    page = AssessmentPage(rulebook, texts, told)
    if not as_json:
        print_lines(page.lines())
        return
    print_json(
        {
            "outcome": told.outcome,
            "row": told.row,
            "binding": told.binding,
            "reasons": page.reasons(),
            "missing": told.missing,
            "citations": cited(told.citations, rulebook, texts.language, told.today),
            "locality": told.locality,
        }
    )
