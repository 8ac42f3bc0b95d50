"""`hegui rules report`: how well the rules are found, by phrasings left out and by development questions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, checked_date, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.capabilities.answering.measuring import Asked
    from hegui.rulebook.pack import Rulebook

HEAD = "# Written by `hegui rules report --tune`: the score from which on a question is answered, and what it gave.\n"


def report(
    questions: Annotated[Path | None, typer.Option("--questions", help="Folder of development questions.")] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="Another rules folder.", show_default=False)] = None,
    tune: Annotated[bool, typer.Option("--tune", help="Set the thresholds by the questions and keep them.")] = False,
    show: Annotated[bool, typer.Option("--show", help="List what was not found.")] = False,
    on: Annotated[str | None, typer.Option("--on", help="As of this date.", show_default=False)] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Ask every phrasing of an index that has not seen it, and the development questions where they are given."""
    settings, day = prepare(config), checked_date(on)
    if tune and questions is None:
        raise typer.BadParameter("--tune needs --questions.")
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA
    from hegui.rulebook.loader import default_folder, load

    where = folder or settings.rules.dir or default_folder()
    rulebook, today = load(where), day or SystemClock().now().astimezone(CHINA).date()
    told: dict[str, Any] = {"on": today.isoformat(), "rules": rulebook.digest[:16], "left_out": _left_out(rulebook)}
    if questions:
        told["questions"] = _asked(rulebook, questions, today, where / "answering.yaml" if tune else None)
    if as_json:
        print_json(told)
    else:
        print_lines(_lines(told))
    if show:
        print_lines(_not_found(rulebook))


def _left_out(rulebook: "Rulebook") -> dict[str, Any]:
    """Of each language and pack: how many phrasings there are, and how many find their entry first, or in three."""
    from hegui.capabilities.answering.measuring import leave_out

    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in leave_out(rulebook):
        places[one.language]["all"].append(one.place)
        places[one.language][one.pack].append(one.place)
    return {lang: {pack: _hits(found) for pack, found in packs.items()} for lang, packs in places.items()}


def _hits(places: Sequence[int]) -> dict[str, Any]:
    share = {f"hit_at_{n}": round(sum(place < n for place in places) / len(places), 3) for n in (1, 3)}
    return {"phrasings": len(places), **share}


def _asked(rulebook: "Rulebook", folder: Path, on: date, keep: Path | None) -> dict[str, Any]:
    from hegui.capabilities.answering import measuring
    from hegui.capabilities.answering.documents import digest, documents
    from hegui.capabilities.answering.service import Answering

    answering = Answering(rulebook)
    asked = measuring.ask_all(answering, folder, on)
    told: dict[str, Any] = {}
    for language in measuring.LANGUAGES:
        mine = [a for a in asked if a.language == language]
        threshold = measuring.tuned(mine) if keep else answering.threshold(language)
        told[language] = {"threshold": threshold, **measuring.figures(mine, threshold)}
        told[language]["domains"] = {
            d: _domain(mine, d, threshold) for d in sorted({a.domain for a in mine if a.expected})
        }
    if keep:
        _write(keep, told, digest(documents(rulebook)), on)
    return told


def _domain(asked: "Sequence[Asked]", domain: str, threshold: float) -> dict[str, Any]:
    from hegui.capabilities.answering.measuring import figures

    told = figures([a for a in asked if a.domain == domain], threshold)
    return {name: told[name] for name in ("questions", "answered", "any_at_1", "any_at_3")}


def _write(file: Path, told: dict[str, Any], digest: str, on: date) -> None:
    import yaml

    content: dict[str, Any] = {"tuned_on": on, "rules_digest": digest}
    for language, found in told.items():
        kept = {name: value for name, value in found.items() if name not in ("threshold", "domains")}
        content[language] = {"threshold": found["threshold"], "figures": kept}
    file.write_text(HEAD + yaml.safe_dump({"answering": content}, sort_keys=False), encoding="utf-8")


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"Retrieval report, rules {told['rules']}, as of {told['on']}"
    for language, packs in told["left_out"].items():
        yield ""
        yield f"Phrasings left out, {language}            n   hit@1  hit@3"
        for pack, found in packs.items():
            yield f"  {pack:32} {found['phrasings']:5}  {found['hit_at_1']:.3f}  {found['hit_at_3']:.3f}"
    for language, found in told.get("questions", {}).items():
        yield ""
        yield f"Development questions, {language}, threshold {found['threshold']}"
        yield f"  refused of {found['foreign_questions']} foreign questions: {found['refused']:.3f}"
        yield "                                       n  answered  any@1  any@3"
        for name, row in [("all", found), *found["domains"].items()]:
            figures = f"{row['answered']:.3f}     {row['any_at_1']:.3f}  {row['any_at_3']:.3f}"
            yield f"  {name:32} {row['questions']:5}  {figures}"


def _not_found(rulebook: "Rulebook") -> Iterator[str]:
    from hegui.capabilities.answering.measuring import leave_out

    for one in leave_out(rulebook):
        if one.place >= 3:
            yield f"{one.pack} {one.entry} {one.language}: place {one.place + 1}: {one.said}"
