"""What an entry said on a day, and when it changed (pure)."""

from datetime import date, timedelta
from typing import TypeVar

from hegui.rulebook.obligation import Ladder, Obligation, Period

Stating = TypeVar("Stating", Obligation, Ladder, Period)

NEWS = timedelta(days=365)  # so long after a change people are told that it was one


def as_of(entry: Stating, on: date) -> Stating | None:
    """The entry in the wording of a day; None where it no longer held, or not yet, or its wording is not held."""
    if entry.until is not None and on >= entry.until:
        return None
    if on >= entry.effective:
        return entry
    for before in entry.earlier:
        if before.effective <= on < before.until:
            said = {name: getattr(before, name) for name in before.model_fields_set - {"until"}}
            return entry.model_copy(update={"note": None, "earlier": (), **_lengths(entry), **said})
    return None


def changed_on(entry: Obligation | Ladder | Period, on: date) -> date | None:
    """The day of a change that matters on a day: the next one to come, or one not long ago."""
    if not entry.earlier:
        return None
    steps = sorted({entry.effective, *(before.until for before in entry.earlier)})
    coming = next((day for day in steps if day > on), None)
    return coming or next((day for day in reversed(steps) if on - NEWS <= day <= on), None)


def _lengths(entry: Obligation | Ladder | Period) -> dict[str, None]:
    """An earlier period says its length anew, whatever kind the present one has."""
    return {"length": None, "yearly": None, "open": None} if isinstance(entry, Period) else {}
