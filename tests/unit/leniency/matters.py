"""Facts to begin with: everything known, nothing in favour, nothing against."""

from datetime import date
from typing import Any

from hegui.capabilities.leniency.assessment import Assessment, Assessor
from hegui.capabilities.leniency.facts import Facts
from hegui.rulebook.loader import default_folder, load

RULES = load(default_folder())
ASSESSOR = Assessor(RULES)
TODAY = date(2026, 11, 24)

UNIT, GROWN_UP = {"kind": "unit"}, {"kind": "person", "age": 30, "capacity": "full"}
PLAIN: dict[str, Any] = {
    "regime": "general",
    "field": "network-security",
    "act_ended_on": date(2026, 10, 1),
    "found_on": date(2026, 10, 20),
    "today": TODAY,
    "actor": UNIT,
    "facts_proved": True,
    "no_fault_proved": False,
    "minor": False,
    "harm": "slight",
    "corrected_on": "none",
    "order_deadline": date(2026, 11, 10),
    "prior": (),
    "own_initiative": False,
    "coerced_or_tricked": False,
    "confessed_unknown": False,
    "merit": False,
    "victim_forgave": False,
    "admits_and_accepts": False,
    "emergency_measures_breached": False,
    "safety_with_harm": False,
    "settled": False,
    "instigated_or_revenge": False,
}
PUBLIC_SECURITY = {"regime": "public-security-punishments"}
CORRECTED = {"corrected_on": date(2026, 11, 1)}


def facts(*changes: dict[str, Any], **more: Any) -> Facts:
    told = dict(PLAIN)
    for change in (*changes, more):
        told |= change
    return Facts.model_validate(told)


def assessed(*changes: dict[str, Any], **more: Any) -> Assessment:
    return ASSESSOR.assess(facts(*changes, **more), TODAY)


def penalty(on: date, field: str = "network-security", province: str | None = "CN-33", **more: Any) -> dict[str, Any]:
    return {"on": on, "field": field, "province": province, "outcome": "penalty", **more}
