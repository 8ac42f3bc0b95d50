"""`hegui deadline`: a statutory period counted out from a day or a moment."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Json, Language, checked_date, checked_language, prepare
from hegui.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from hegui.foundation.language.catalogue import Catalogue
    from hegui.rulebook.counting import DayKind, Span
    from hegui.rulebook.obligation import Period
    from hegui.rulebook.pack import Rulebook

YEARS = range(1949, 2101)  # what a person can mean


def deadline(
    period: Annotated[str, typer.Argument(metavar="ID", help="The period, such as D01 or D27b.")],
    start: Annotated[str, typer.Option("--from", help="Date; for hours a moment, 2026-05-01T09:30 in China.")],
    to_be_counted: Annotated[
        str | None, typer.Option("--to-be-counted", help="Read its days as working or calendar.", show_default=False)
    ] = None,
    length: Annotated[
        str | None,
        typer.Option(
            "--length", help="As a paper says, “15 days”: only where the law leaves it open.", show_default=False
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Law of this day; else of --from.", show_default=False)] = None,
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Count a statutory period out, with its articles."""
    given, day, kind = _start(start), checked_date(on), _kind(to_be_counted)
    spoken = checked_language(language)
    settings = prepare(config)
    from hegui.bootstrap.rules import read_rules
    from hegui.cli.cited import cited
    from hegui.cli.deadline_pages import DeadlinePage
    from hegui.foundation.language.catalogue import Catalogue, Texts
    from hegui.rulebook.counting import count
    from hegui.rulebook.working_days import WorkingDays

    catalogue, rulebook = Catalogue.load(), read_rules(settings)
    law_of = day or _day(given)
    held = _held(rulebook, period, law_of)
    written = _length(length, held, catalogue)
    counted = count(
        held,
        _moment(given) if held.counting == "hours" else given,
        WorkingDays(rulebook.calendar),
        to_be_counted=kind,
        length=written,
    )
    texts = Texts(catalogue, spoken or settings.language)
    if not as_json:
        assumed = held.counting == "hours" and not isinstance(given, datetime)
        print_lines(DeadlinePage(rulebook, texts, held, counted).lines(law_of, midnight=assumed, length=written))
        return
    print_json(
        {
            "id": held.id,
            "from": counted.start.isoformat(),
            "due": counted.due.isoformat(),
            "provisional": counted.provisional,
            "counted": counted.counted,
            "citations": cited(held.citations, rulebook, texts.language, law_of),
        }
    )


def _start(given: str) -> date:
    """The day; or the moment in China, where a time is given. Raises a usage error for what is neither."""
    from hegui.foundation.language.catalogue import CHINA
    from hegui.rulebook.checks.dated import read_date

    found: date | None = read_date(given)
    if found is None:
        try:
            moment = datetime.fromisoformat(given.strip())
            found = moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)
        except (ValueError, OverflowError):
            found = None
    if found is None or found.year not in YEARS:
        raise typer.BadParameter(f"“{given}” is no date and no moment. Write it as 2026-05-01 or 2026-05-01T09:30.")
    return found


def _day(given: date) -> date:
    return given.date() if isinstance(given, datetime) else given


def _moment(given: date) -> datetime:
    """A day without a time begins at midnight: the earliest, and so the safe one."""
    from hegui.foundation.language.catalogue import CHINA

    return given if isinstance(given, datetime) else datetime.combine(given, time.min, CHINA)


def _kind(given: str | None) -> "DayKind | None":
    match given:
        case None | "working" | "calendar":
            return given
    raise typer.BadParameter("--to-be-counted is working or calendar.")


def _held(rulebook: "Rulebook", entry: str, on: date) -> "Period":
    """The period in its wording of a day. Raises Refusal where there is none, or none that held."""
    from hegui.foundation.errors import Refusal
    from hegui.rulebook.through_time import as_of

    wanted = entry.strip().lower()
    present = next((p for pack in rulebook.packs for p in pack.periods if p.id.lower() == wanted), None)
    if present is None:
        raise Refusal("deadline.unknown", id=entry.strip()[:20])
    held = as_of(present, on)
    if held is None:
        since = min([present.effective, *(before.effective for before in present.earlier)])
        raise Refusal("deadline.not_in_force", id=present.id, on=on, since=since)
    return held


def _length(written: str | None, held: "Period", catalogue: "Catalogue") -> "Span | None":
    """What a paper says, where the law leaves the length to it; else a usage error."""
    from hegui.capabilities.rectification.periods import read_period
    from hegui.capabilities.rectification.wording import period_words

    if written is None:
        return None
    if held.open != "as-written":
        raise typer.BadParameter(f"The length of {held.id} is set by law; leave --length out.")
    span = read_period(written, period_words(catalogue))
    if span is None:
        raise typer.BadParameter(f"“{written}” is no length. Write it as “15 days”, “10 working days” or “1 month”.")
    return span
