"""One matter while its table is gone through: what the facts, or the values tried for them, say. Pure.

The values to try are those at which something changes: the days around a limit, a deadline, another fact.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from hegui.capabilities.leniency.facts import NOT_YET, DayOrNotYet, Facts
from hegui.capabilities.leniency.filling import Tried
from hegui.capabilities.leniency.local import Firstness
from hegui.rulebook.checks.dated import months_before

ONE_DAY = timedelta(days=1)
BOTH = (True, False)
AGES = (0, 14, 18)  # one of each class: under fourteen, under eighteen, grown up
OTHER_FIELD = ""
TRAFFIC = "traffic"  # a field with windows of its own

KIND, AGE, CAPACITY = "actor.kind", "actor.age", "actor.capacity"
ENDED, FOUND, CORRECTED, ORDER = "act_ended_on", "found_on", "corrected_on", "order_deadline"
SAFETY, HARM, PRIOR, FIELD, PROVINCE = "safety_with_harm", "harm", "prior", "field", "prior.province"

Expired = Literal["yes", "no", "unless-safety"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Months after which a violation is no longer punished, and over which an earlier penalty makes it heavier."""

    expires: int
    expires_with_harm: int
    look_back: int


@dataclass(frozen=True, slots=True)
class Matter:
    """The facts with everything that is needed to read them."""

    facts: Facts
    today: date
    limits: Limits
    firstness: Firstness
    red_line: bool = False

    # Who

    def is_person(self, tried: Tried) -> bool:
        return tried.get(KIND, self.facts.actor.kind, ("unit", "person")) == "person"

    def age(self, tried: Tried) -> int:
        return tried.get(AGE, self.facts.actor.age, AGES)

    def capacity(self, tried: Tried) -> str:
        return tried.get(CAPACITY, self.facts.actor.capacity, ("full", "limited", "none"))

    # When

    def ended_on(self, tried: Tried) -> date:
        return tried.get(ENDED, self.facts.act_ended_on, self._possible_ends)

    def found_on(self, tried: Tried) -> DayOrNotYet:
        possible: Callable[[], Sequence[DayOrNotYet]] = partial(self._possible_discoveries, tried)
        return tried.get(FOUND, self.facts.found_on, possible)

    def expired(self, tried: Tried) -> Expired:
        """Whether it was found, or stayed hidden, after the time in which it is punished.

        Between the short and the long time it depends on whether safety is concerned.
        """
        ended = self.ended_on(tried)
        short, long = self.limits.expires, self.limits.expires_with_harm
        if self.today <= months_before(ended, -short):
            return "no"
        found = self.found_on(tried)
        seen = self.today if found == NOT_YET else found
        if seen <= months_before(ended, -short):
            return "no"
        return "yes" if short == long or seen > months_before(ended, -long) else "unless-safety"

    def safety(self, tried: Tried) -> bool:
        """Whether life, health or financial safety is concerned and harm was done; without harm it cannot be."""
        known = False if self.facts.harm == NOT_YET else self.facts.safety_with_harm
        return tried.get(SAFETY, known, BOTH)

    def timely(self, tried: Tried) -> bool:
        """Corrected before it was found, or within the period of the order; else the order must be known."""
        if self.facts.corrected_on == NOT_YET:
            return False
        deadline = self.facts.order_deadline
        found = self.found_on(tried) if deadline is None else self.facts.found_on
        corrected = self._corrected_on(tried, found)
        if corrected == NOT_YET:
            return False
        if found == NOT_YET or (found is not None and corrected <= found):
            return True
        return corrected <= deadline if deadline is not None else tried.get(ORDER, None, BOTH)

    def _corrected_on(self, tried: Tried, found: DayOrNotYet | None) -> DayOrNotYet:
        possible: Callable[[], Sequence[DayOrNotYet]] = partial(self._possible_corrections, tried, found)
        return tried.get(CORRECTED, self.facts.corrected_on, possible)

    # Harm, and what was before

    def harm(self, tried: Tried) -> str:
        """Where it is being tried that safety is concerned with harm, no harm is no way of filling in."""
        possible = ("slight", "serious") if tried.values.get(SAFETY) or self.facts.safety_with_harm else _ALL_HARM
        return tried.get(HARM, self.facts.harm, possible)

    def is_first(self, tried: Tried) -> bool:
        if self.red_line:
            return False
        if self.facts.prior is None:
            return tried.get(PRIOR, None, BOTH)
        ended = self.ended_on(tried)
        there = [self.firstness.is_there(prior) for prior in self.facts.prior]
        field = tried.get(FIELD, self.facts.field, self._possible_fields) if there else OTHER_FIELD
        unsure = tried.get(PROVINCE, None, BOTH) if None in there else False
        return not any(
            self.firstness.counts(prior, ended, field, there=unsure if inside is None else inside)
            for prior, inside in zip(self.facts.prior, there, strict=True)
        )

    def punished_lately(self, tried: Tried) -> bool:
        """A penalty in any field within the look-back before the act ended."""
        if self.facts.prior is None:
            return tried.get(PRIOR, None, BOTH)
        return self.lately(self.ended_on(tried))

    def lately(self, ended: date) -> bool:
        """Whether a penalty that is known lies within the look-back before that day."""
        since = months_before(ended, self.limits.look_back)
        return any(one.outcome == "penalty" and since <= one.on <= ended for one in self.facts.prior or ())

    # Values to try

    def _possible_ends(self) -> tuple[date, ...]:
        seen = [day for day in (self.today, self.facts.found_on) if isinstance(day, date)]
        edges = [months_before(day, months) for day in seen for months in self._expiries()]
        before = list(self._days_after_priors())
        days = _days([*seen, *edges, *before], self.today, around=True)
        return tuple({self._seen_from(day, seen): day for day in days}.values())

    def _seen_from(self, ended: date, seen: Iterable[date]) -> tuple[object, ...]:
        """All that the day on which the act ended decides: days that agree in it need not all be tried."""
        late = [day > months_before(ended, -months) for day in seen for months in self._expiries()]
        counting = [
            self.firstness.counts(prior, ended, field, there=True)
            for field in ((self.facts.field,) if self.facts.field else self._possible_fields())
            for prior in self.facts.prior or ()
        ]
        return (*late, *counting, self.lately(ended))

    def _days_after_priors(self) -> Iterator[date]:
        reaches = {self.limits.look_back, *(self.firstness.reach(name) or 0 for name in (self.facts.field, TRAFFIC))}
        for prior in self.facts.prior or ():
            yield prior.on
            yield from (months_before(prior.on, -months) for months in reaches)

    def _possible_discoveries(self, tried: Tried) -> tuple[DayOrNotYet, ...]:
        ended = self.ended_on(tried)
        edges = [months_before(ended, -months) for months in self._expiries()]
        corrected = self.facts.corrected_on
        around = [corrected, corrected - ONE_DAY] if isinstance(corrected, date) else []
        after = [day + ONE_DAY for day in edges]
        days = [ended - ONE_DAY, ended, *edges, *after, *around, self.today]
        if self.facts.order_deadline is not None:  # whoever ordered it had found it
            return _days([*days, self.facts.order_deadline], min(self.today, self.facts.order_deadline))
        return (NOT_YET, *_days(days, self.today))

    def _possible_corrections(self, tried: Tried, found: DayOrNotYet | None) -> tuple[DayOrNotYet, ...]:
        known = (found, self.facts.order_deadline)
        days = [day + after for day in known if isinstance(day, date) for after in (timedelta(), ONE_DAY)]
        ended = self.facts.act_ended_on or tried.values.get(ENDED)
        since = ended if isinstance(ended, date) else date.min
        return (NOT_YET, *(day for day in _days([*days, self.today], self.today) if day >= min(since, self.today)))

    def _possible_fields(self) -> tuple[str, ...]:
        named = {prior.field for prior in self.facts.prior or () if prior.field}
        return (*sorted(named | {TRAFFIC}), OTHER_FIELD)

    def _expiries(self) -> tuple[int, ...]:
        return tuple({self.limits.expires, self.limits.expires_with_harm})


_ALL_HARM = ("none", "slight", "serious")


def _days(possible: Iterable[object], today: date, *, around: bool = False) -> tuple[date, ...]:
    """Days up to today, in order and once each; `around`: with the days before and after them."""
    days = [day for day in possible if isinstance(day, date)]
    if around:
        days += [day + step for day in days for step in (-ONE_DAY, ONE_DAY)]
    return tuple(sorted({day for day in days if day <= today} or {today}))
