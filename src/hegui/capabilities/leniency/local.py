"""Which local list holds for a matter, and whether a violation counts as the first under it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hegui.capabilities.leniency.facts import Facts, Prior
from hegui.rulebook.catalogue import RoughDate
from hegui.rulebook.checks.dated import months_before
from hegui.rulebook.leniency_list import Counted, FirstViolation, LeniencyList
from hegui.rulebook.places import NATION, lies_in
from hegui.rulebook.text import Status

ItemState = Literal["listed", "not-listed", "not-held"]


def list_of(facts: Facts, lists: Iterable[LeniencyList], on: date) -> LeniencyList | None:
    """The list of the narrowest place that the matter lies in, in force on a day; of several the newest.

    What nobody confirmed is no list; and a list that is held whole and does not name the item says nothing of it.
    """
    if facts.locality is None or facts.regime != "general":
        return None
    holding = [
        one
        for one in lists
        if lies_in(facts.locality, one.place)
        and _begins(one.effective or one.issued) <= on
        and (one.until is None or on < one.until)
        and one.status is not Status.UNVERIFIED
        and item_state(facts, one) != "not-listed"
    ]
    return max(holding, key=lambda one: (len(one.place), _begins(one.effective or one.issued)), default=None)


def item_state(facts: Facts, listed: LeniencyList) -> ItemState:
    """Whether the matter stands on the list, as far as the list is held."""
    if facts.item is not None and any(_is(facts.item, item.id, item.text.zh, item.text.en) for item in listed.items):
        return "listed"
    return "not-listed" if listed.items_held == "all" and facts.item is not None else "not-held"


def _is(said: str, *names: str) -> bool:
    return said.strip().casefold() in {name.casefold() for name in names}


def _begins(rough: RoughDate) -> date:
    """The first day that a date known roughly may mean."""
    year, month, day = [*(int(part) for part in rough.split("-")), 1, 1][:3]
    return date(year, month, day)


@dataclass(frozen=True, slots=True)
class Firstness:
    """What makes an earlier matter count: how far back, where, in which field, with which outcome.

    Without a list: any penalty in the same field, however long ago.
    """

    definition: FirstViolation | None
    locality: str | None

    def reach(self, field: str | None) -> int | None:
        """Months that are looked back over; None: without end."""
        if self.definition is None:
            return None
        named = [window for window in self.definition.windows if field in window.fields]
        general = [window for window in self.definition.windows if not window.fields]
        return next((window.months for window in [*named, *general]), None)

    def counts(self, prior: Prior, act_ended_on: date, field: str, *, there: bool) -> bool:
        """Whether this earlier matter takes "first" away. `there`: it happened within the place that counts."""
        counted = self.definition.counts if self.definition else Counted(unpunished_first=False)
        same_field = self.definition is None or self.definition.same_field
        months = self.reach(field)
        since = months_before(act_ended_on, months) if months else date.min
        return (
            since <= prior.on <= act_ended_on
            and _outcome_counts(prior, counted)
            and (not same_field or prior.field is None or prior.field == field)
            and there
        )

    def is_there(self, prior: Prior) -> bool | None:
        """Whether it happened within the place that counts; None where that is not known."""
        if self.definition is None or self.definition.within == "anywhere":
            return True
        if prior.province is None:
            return None
        parts = 2 if self.definition.within == "province" else 3
        return lies_in(prior.province, "-".join((self.locality or NATION).split("-")[:parts]))


def _outcome_counts(prior: Prior, counted: Counted) -> bool:
    return {
        "penalty": counted.penalty,
        "unpunished-minor": counted.unpunished_minor,
        "unpunished-first": counted.unpunished_first,
    }[prior.outcome]
