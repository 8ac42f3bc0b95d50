"""`hegui cite`: every citation in a text, and whether it stands."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Texts
    from hegui.rulebook.citations.resolving import Read

STDIN = "-"


def cite(
    text: Annotated[str, typer.Argument(help="The text; - reads it from stdin.")],
    on: Annotated[str | None, typer.Option("--on", help="As of this date.", show_default=False)] = None,
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Find every citation in a text and say its state."""
    settings = prepare(config)
    chosen, day = checked_language(language) or "zh", checked_date(on)
    from hegui.bootstrap.rules import read_rules
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA, Catalogue, Texts
    from hegui.rulebook.citations.resolving import CitationReader

    given = sys.stdin.read() if text == STDIN else text
    found = CitationReader(read_rules(settings)).read(given, day or SystemClock().now().astimezone(CHINA).date())
    say = Texts(Catalogue.load(), chosen)
    if as_json:
        print_json({"citations": [_as_json(one, say) for one in found]})
    else:
        print_lines([_line(one, say) for one in found] or [say("citing.none")])


def _as_json(read: "Read", say: "Texts") -> dict[str, Any]:
    place = read.mention.place
    below = {"inserted": place.inserted, "paragraph": place.paragraph, "item": place.item}
    told: dict[str, Any] = {"raw": read.mention.raw, "law": read.law, "article": place.article}
    told |= {name: number for name, number in below.items() if number is not None}
    told["state"] = read.state
    if read.now:
        told["now"] = {"law": read.now[0], "article": read.now[1]}
    if note := _note(read, say):
        told["note"] = note
    return told


def _line(read: "Read", say: "Texts") -> str:
    now = say("citing.now", article=read.now[1]) if read.now else ""
    note = _note(read, say)
    said = say("citing.line", raw=read.mention.raw, law=read.law, article=read.mention.place.article)
    return said + say(f"citing.state.{read.state}") + now + (say("citing.aside", note=note) if note else "")


def _note(read: "Read", say: "Texts") -> str:
    number = read.mention.place.article
    return say(f"citing.note.{read.note}", article=number, then=read.then or "") if read.note else ""
