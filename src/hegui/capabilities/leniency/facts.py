"""The facts of a matter, as a file or a case gives them. What is null or left out is not known.

`"none"` says that something is known not to have happened: not found yet, not corrected.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hegui.foundation.errors import Refusal
from hegui.rulebook.obligation import Regime
from hegui.rulebook.places import Places

NOT_YET: Literal["none"] = "none"
DayOrNotYet = date | Literal["none"]
MOST_BYTES = 1_000_000


class _Closed(BaseModel):
    """Frozen, of exact types, closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Actor(_Closed):
    """Who did it. Age and capacity at the time, of a natural person only."""

    kind: Literal["unit", "person"] | None = None
    age: int | None = Field(default=None, ge=0, le=150)
    capacity: Literal["full", "limited", "none"] | None = None


class Prior(_Closed):
    """An earlier matter: the day of its decision, its field, the province, how it ended."""

    on: date
    outcome: Literal["penalty", "unpunished-minor", "unpunished-first"]
    field: str | None = None
    province: str | None = None


class Facts(_Closed):
    """Everything that a table asks for. The last four say nothing where they are left out."""

    regime: Regime
    locality: str | None = None
    field: str | None = None
    item: str | None = None
    act_ended_on: date | None = None
    found_on: DayOrNotYet | None = None
    today: date | None = None
    actor: Actor = Actor()
    facts_proved: bool | None = None
    no_fault_proved: bool | None = None
    minor: bool | None = None
    harm: Literal["none", "slight", "serious"] | None = None
    corrected_on: DayOrNotYet | None = None
    order_deadline: date | None = None
    prior: tuple[Prior, ...] | None = None
    own_initiative: bool | None = None
    coerced_or_tricked: bool | None = None
    confessed_unknown: bool | None = None
    merit: bool | None = None
    victim_forgave: bool | None = None
    admits_and_accepts: bool | None = None
    emergency_measures_breached: bool | None = None
    safety_with_harm: bool | None = None
    settled: bool | None = None
    instigated_or_revenge: bool | None = None
    lighter_new_law: bool | None = None
    several_norms: bool | None = None
    lawful_defence: Literal["none", "within", "excess", "excess-slight"] | None = None
    blind_or_deaf_mute: bool | None = None


def read_facts(source: bytes, places: Places, today: date) -> Facts:
    """Facts from JSON, complete with `today` where the file names no day.

    Raises Refusal with one sentence that names the key which cannot be used, or the two facts that contradict.
    """
    if len(source) > MOST_BYTES:
        raise Refusal("leniency.wrong.too_large")
    try:
        facts = Facts.model_validate_json(source)
    except ValidationError as fault:
        raise _refusal(fault) from fault
    if facts.locality is not None and not places.knows(facts.locality):
        raise Refusal("leniency.wrong.place", place=facts.locality[:20])
    facts = facts if facts.today else facts.model_copy(update={"today": today})
    for clash in contradictions(facts, facts.today or today):
        raise Refusal(f"leniency.clash.{clash.kind}", one=clash.one, other=clash.other)
    return facts


class Clash(NamedTuple):
    """Two facts that cannot both be true."""

    kind: Literal["future", "before", "harm"]
    one: str
    other: str


def contradictions(facts: Facts, today: date) -> Iterator[Clash]:
    """Facts that cannot stand beside each other. A violation may be found while it still goes on."""
    ahead = {"act_ended_on": facts.act_ended_on, "found_on": facts.found_on, "corrected_on": facts.corrected_on}
    ahead |= {f"prior.{number}.on": one.on for number, one in enumerate(facts.prior or ())}
    for name, day in ahead.items():
        if isinstance(day, date) and day > today:
            yield Clash("future", name, "today")
    if isinstance(facts.corrected_on, date) and facts.act_ended_on and facts.corrected_on < facts.act_ended_on:
        yield Clash("before", "corrected_on", "act_ended_on")
    if facts.harm == "none" and facts.safety_with_harm:
        yield Clash("harm", "harm", "safety_with_harm")


def _refusal(fault: ValidationError) -> Refusal:
    """The first thing that is wrong: whose key it is, and of what kind the fault."""
    first = fault.errors(include_url=False, include_input=False)[0]
    names = [str(part) for part in first["loc"] if str(part) in _NAMES or isinstance(part, int)]
    match first["type"]:
        case "json_invalid":
            return Refusal("leniency.wrong.json")
        case "extra_forbidden":
            return Refusal("leniency.wrong.unknown", fact=".".join(str(part) for part in first["loc"])[:60])
        case "missing":
            return Refusal("leniency.wrong.missing", fact=".".join(names))
    if not names:
        return Refusal("leniency.wrong.json")
    return Refusal("leniency.wrong.value", fact=".".join(names), wanted=_WANTED.get(names[-1], _YES_OR_NO))


# What a key takes, as it is written in the file.
_YES_OR_NO = "true | false | null"
_DAY = "2026-05-01 | null"
_WANTED = {
    "regime": "general | public-security-punishments",
    "locality": "CN-33-06 | null",
    "field": "network-security | null",
    "item": "CP2 | null",
    "act_ended_on": _DAY,
    "found_on": f"{_DAY} | none",
    "today": "2026-05-01",
    "actor": '{"kind": "unit"}',
    "kind": "unit | person",
    "age": "0-150 | null",
    "capacity": "full | limited | none",
    "harm": "none | slight | serious | null",
    "corrected_on": f"{_DAY} | none",
    "order_deadline": _DAY,
    "prior": '[{"on": "2025-05-01", "field": "hotels", "province": "CN-33", "outcome": "penalty"}]',
    "on": "2026-05-01",
    "province": "CN-33",
    "outcome": "penalty | unpunished-minor | unpunished-first",
    "lawful_defence": "none | within | excess | excess-slight | null",
}
_NAMES = {*Facts.model_fields, *Actor.model_fields, *Prior.model_fields}
