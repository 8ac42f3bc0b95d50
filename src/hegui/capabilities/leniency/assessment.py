"""Facts against the tables: which outcome, by which row, and what is missing to say it. Pure and total.

No result binds anybody: what follows is decided by the police.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hegui.capabilities.leniency.facts import NOT_YET, Facts
from hegui.capabilities.leniency.filling import fill
from hegui.capabilities.leniency.local import Firstness, item_state, list_of
from hegui.capabilities.leniency.matter import Limits, Matter
from hegui.capabilities.leniency.red_lines import is_red_line
from hegui.capabilities.leniency.tables import SILENT, stages
from hegui.rulebook.law import Citation
from hegui.rulebook.leniency import LeniencyRow, LeniencyTable
from hegui.rulebook.leniency_list import LeniencyList
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.places import NATION
from hegui.rulebook.through_time import as_of
from hegui.rulebook.working_days import WorkingDays

_ASKED = tuple(  # facts in the order in which people are asked for them
    f"{name}.{part}" if part else name
    for name in Facts.model_fields
    for part in {"actor": ("kind", "age", "capacity"), "prior": ("", "province")}.get(name, ("",))
)
CANNOT_SAY = "cannot-say"
FIRST_ROW, NOT_PROVED = "A7", "A4"
PERIODS: Mapping[
    str, tuple[str, str, str]
] = {  # expiry, expiry where safety is harmed, look-back for heavier penalties
    "general": ("D63", "D63b", "D65"),
    "public-security-punishments": ("D64", "D64", "D65"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is said beside the outcome: the last part of its sentence's key, and what fills it."""

    name: str
    params: tuple[tuple[str, Any], ...] = ()
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the tables say. `possible` holds every outcome that the unknown facts leave open, with its rows.

    `missing` names the facts that would change the outcome, then those that are only asked for; `listed` is the local
    list that was used, `locality` the code of the place whose rules were.
    """

    outcome: str
    row: str | None
    possible: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    notes: tuple[Note, ...]
    rows: tuple[LeniencyRow, ...]
    citations: tuple[Citation, ...]
    table: LeniencyTable
    listed: LeniencyList | None
    locality: str
    today: date
    binding: bool = False


class Assessor:
    """Assesses by one rulebook; built once, since nothing in it changes."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._days = WorkingDays(rulebook.calendar)
        self._limits: dict[tuple[str, date], Limits] = {}
        self._rows = tuple(row for table in rulebook.leniency for row in table.rows)
        self._tables = {table.id: table for table in rulebook.leniency}

    def assess(self, facts: Facts, on: date) -> Assessment:
        """The assessment as of the day the facts name, else of `on`."""
        today = facts.today or on
        table = self._tables[facts.regime]
        red = is_red_line(facts, table, self._rulebook)
        listed = None if red else list_of(facts, self._rulebook.leniency_lists, today)
        firstness = Firstness(listed.first_violation if listed else None, facts.locality)
        matter = Matter(facts, today, self._limits_of(facts.regime, today), firstness, red)
        filled = fill(stages(matter))
        order = [row.id for row in table.rows]
        possible = {name: _sorted(rows, order) for name, rows in filled.outcomes.items()}
        decided = next(iter(possible)) if len(possible) == 1 else None
        rows = _sorted([row for named in possible.values() for row in named], order)
        notes = (*_beside(matter, table, rows), *_of_the_place(facts, listed, rows, red=red))
        notes += tuple(self._by_day(matter, rows))
        said = _sorted(dict.fromkeys([*rows, *(note.row for note in notes if note.row)]), order)
        held = tuple(row for row in self._rows if row.id in said)
        return Assessment(
            outcome=decided or CANNOT_SAY,
            row=rows[0] if decided else None,
            possible=possible,
            missing=(*sorted(filled.deciding, key=_ASKED.index), *_item_missing(facts, listed, rows)),
            notes=notes,
            rows=tuple(row for row in held if row.id in rows),
            citations=_citations(held, listed if FIRST_ROW in rows else None),
            table=table,
            listed=listed,
            locality=listed.place if listed else NATION,
            today=today,
        )

    def _limits_of(self, regime: str, today: date) -> Limits:
        key = (regime, today)
        if key not in self._limits:
            self._limits[key] = Limits(*(self._months(name, today) for name in PERIODS[regime]))
        return self._limits[key]

    def _months(self, name: str, today: date) -> int:
        """The length of a period of the register, in months."""
        present = self._rulebook.period(name)
        assert present  # noqa: S101  a test looks that the register has them
        length = (as_of(present, today) or present).length
        assert length  # noqa: S101
        return length.count * (12 if length.unit == "year" else 1)

    def _by_day(self, matter: Matter, rows: tuple[str, ...]) -> Iterator[Note]:
        """What changes from day to day: correcting in time, as long as there is time."""
        facts, today = matter.facts, matter.today
        if facts.regime != "general" or facts.corrected_on not in (None, NOT_YET):
            return
        deadline = facts.order_deadline
        if deadline is not None and deadline >= today:
            left = self._days.between(today, deadline)
            name = "order_today" if deadline == today else "order_left" if left else "order_days_off"
            yield Note(name, (("day", deadline), ("count", left)))
        elif deadline is not None:
            yield Note("order_over", (("day", deadline),))
            return
        elif facts.corrected_on == NOT_YET:
            yield Note("before_discovery" if facts.found_on == NOT_YET else "after_discovery")
        if facts.corrected_on == NOT_YET:
            yield from _if_corrected(matter, rows)


def assess(facts: Facts, rules: Rulebook, on: date) -> Assessment:
    """One assessment; whoever makes many keeps an `Assessor`."""
    return Assessor(rules).assess(facts, on)


def _if_corrected(matter: Matter, rows: tuple[str, ...]) -> Iterator[Note]:
    """Which row would be compared if it were corrected today; nothing where that is open or changes nothing."""
    corrected = matter.facts.model_copy(update={"corrected_on": matter.today})
    outcomes = fill(stages(replace(matter, facts=corrected))).outcomes
    if len(outcomes) == 1:
        ((outcome, reached),) = outcomes.items()
        if not set(reached) & set(rows):
            yield Note("if_corrected", (("outcome", outcome), ("row", reached[0])))


def _beside(matter: Matter, table: LeniencyTable, rows: tuple[str, ...]) -> Iterator[Note]:
    """What is said whichever row decides."""
    ended = matter.facts.act_ended_on
    if matter.red_line:
        yield Note("red_line")
    if ended and ended < min(row.effective for row in table.rows):
        yield Note("older_act")
    yield from _general(matter.facts, rows) if table.id == "general" else _public_security(matter, rows)


def _general(facts: Facts, rows: tuple[str, ...]) -> Iterator[Note]:
    """Rows that do not decide but stand beside the one that does."""
    if facts.emergency_measures_breached and rows != ("A12",):
        yield Note("heavier_beside", row="A12")
    if facts.lighter_new_law:
        yield Note("lighter_new_law", row="A13")
    if facts.several_norms:
        yield Note("several_norms", row="A14")


def _public_security(matter: Matter, rows: tuple[str, ...]) -> Iterator[Note]:
    facts = matter.facts
    lately = facts.act_ended_on is not None and matter.lately(facts.act_ended_on)
    if (facts.harm == "serious" or facts.instigated_or_revenge or lately) and rows != ("S10",):
        yield Note("heavier_beside", row="S10")
    if facts.facts_proved is False:
        yield Note("not_proved", row=NOT_PROVED)
    if facts.actor.kind == "unit":
        yield Note("unit", row="S11")
    if rows == (SILENT,):
        yield Note("silent")


def _of_the_place(facts: Facts, listed: LeniencyList | None, rows: tuple[str, ...], *, red: bool) -> Iterator[Note]:
    """Which place's rules were used, and what its list adds to the row on a first violation."""
    if facts.regime != "general" or red:  # a red line has nothing to do with lists of first violations
        return
    if listed is None:
        yield Note("no_locality") if facts.locality is None else Note("no_list", (("place", facts.locality),))
        return
    yield Note("list_used")
    if FIRST_ROW in rows:
        yield Note(f"list_{listed.force}")
        if item_state(facts, listed) == "not-held":
            yield Note("item_not_held")


def _item_missing(facts: Facts, listed: LeniencyList | None, rows: tuple[str, ...]) -> tuple[str, ...]:
    """Whether the matter stands on the list is asked for, but stops nothing."""
    asked = listed is not None and FIRST_ROW in rows and item_state(facts, listed) == "not-held"
    return ("item",) if asked else ()


def _citations(rows: tuple[LeniencyRow, ...], listed: LeniencyList | None) -> tuple[Citation, ...]:
    cited = [citation for row in rows for citation in row.citations]
    return tuple(dict.fromkeys([*cited, *(listed.citations if listed else ())]))


def _sorted(rows: Any, order: list[str]) -> tuple[str, ...]:
    """In the order of the table; the row that it does not have comes last."""
    return tuple(sorted(rows, key=lambda row: order.index(row) if row in order else len(order)))
