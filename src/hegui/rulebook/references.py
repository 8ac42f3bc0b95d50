"""Whether what entries name exists: ids are unique, and no question looks ahead."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hegui.rulebook.checklist import Checklist
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.problem import Problem


def broken_references(rulebook: Rulebook) -> Iterator[Problem]:
    """Every id that stands twice and every reference that leads nowhere."""
    yield from _twice("laws.yaml", (law.id for law in rulebook.laws))
    yield from _twice("glossary.yaml", (term.name for term in rulebook.glossary))
    yield from _twice("decoys.yaml", (decoy.id for decoy in rulebook.decoys))
    yield from _twice("reminders.yaml", (ladder.id for ladder in rulebook.reminder_ladders))
    yield from _twice("facts.yaml", (fact.id for fact in rulebook.facts))
    yield from _twice("calendar", (str(year.year) for year in rulebook.calendar))
    yield from _twice("leniency", (row.id for table in rulebook.leniency for row in table.rows))
    for table in rulebook.leniency:
        missing = set(table.headline) - {row.id for row in table.rows}
        yield from (Problem("leniency", None, f"{table.id}: row {row!r} does not exist") for row in sorted(missing))
        red = table.red_lines.ladders if table.red_lines else ()
        lost = (name for name in red if rulebook.ladder(name) is None)
        yield from (Problem("leniency", None, f"{table.id}: ladder {name!r} does not exist") for name in lost)
    yield from _twice("leniency-lists", (one.id for one in rulebook.leniency_lists))
    # Duties, ladders and periods are named without their pack, so their ids are unique over all packs.
    yield from _twice("packs", (entry.id for pack in rulebook.packs for entry in pack.stating()))
    yield from _local_duties(rulebook)
    for pack in rulebook.packs:
        yield from _twice(pack.id, _entry_ids(pack))
        yield from _named_entries(pack, rulebook)
        if pack.checklist:
            yield from _questions(pack, pack.checklist)
        yield from _examples(pack)


def _twice(file: str, ids: Iterable[str]) -> Iterator[Problem]:
    for entry, count in Counter(ids).items():
        if count > 1:
            yield Problem(file, None, f"id {entry!r} stands {count} times", entry)


def _local_duties(rulebook: Rulebook) -> Iterator[Problem]:
    """Only a pack of a place replaces duties, and only those of a wider place."""
    for pack in rulebook.packs:
        for duty in (duty for duty in pack.obligations if duty.replaces):
            wider = (other for other in rulebook.packs if pack.jurisdiction.startswith(f"{other.jurisdiction}-"))
            if not any(other.obligation(duty.replaces or "") for other in wider):
                message = f"{duty.id}: replaces {duty.replaces!r}, which no wider place has"
                yield Problem(pack.id, None, message, duty.id)


def _entry_ids(pack: Pack) -> Iterator[str]:
    yield from (entry.id for entry in pack.stating())
    for kind in pack.documents:
        yield from (element.id for element in kind.elements)
    yield from (question.id for question in (pack.checklist.questions if pack.checklist else ()))


def _named_entries(pack: Pack, rulebook: Rulebook) -> Iterator[Problem]:
    """Ladders and periods may stand in another pack; phrasings belong to the pack of their entry."""
    ladders = {ladder.id for one in rulebook.packs for ladder in one.ladders}
    periods = {period.id for one in rulebook.packs for period in one.periods}
    own = {entry.id for entry in pack.stating()}
    for period in pack.periods:
        yield from _missing(pack, period.id, "ladder", period.ladder, ladders)
    for obligation in pack.obligations:
        yield from _missing(pack, obligation.id, "ladder", obligation.ladder, ladders)
        yield from _missing(pack, obligation.id, "period", obligation.periods, periods)
    asked = [row.entry for row in pack.asked_as]
    for name in (name for name in asked if name not in own):
        yield Problem(f"{pack.id}/asked_as.yaml", None, f"asked_as: entry {name!r} does not exist", name)
    yield from _twice(f"{pack.id}/asked_as.yaml", asked)


def _questions(pack: Pack, checklist: Checklist) -> Iterator[Problem]:
    obligations = {obligation.id for obligation in pack.obligations}
    every = {question.id for question in checklist.questions}
    earlier: set[str] = set()
    for question in checklist.questions:
        yield from _missing(pack, question.id, "obligation", question.obligations, obligations)
        yield from _missing(pack, question.id, "question", sorted(question.depends_on()), every)
        for ahead in sorted((question.depends_on() & every) - earlier):
            message = f"{question.id}: waits for {ahead!r}, which does not come before it: a branch may not turn back"
            yield Problem(pack.id, None, message, question.id)
        earlier.add(question.id)
    for obligation in pack.obligations:
        if obligation.applies:
            yield from _missing(pack, obligation.id, "question", sorted(obligation.applies.questions()), earlier)


def _examples(pack: Pack) -> Iterator[Problem]:
    known = {question.id for question in pack.checklist.questions} if pack.checklist else set()
    for example in pack.examples:
        named = [*example.answers, *(finding.question for finding in example.findings)]
        yield from _missing(pack, example.name.en, "question", named, known)


def _missing(pack: Pack, entry: str, what: str, named: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            yield Problem(pack.id, None, f"{entry}: {what} {name!r} does not exist", entry)
