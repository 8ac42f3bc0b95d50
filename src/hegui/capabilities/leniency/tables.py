"""The two tables of leniency, stage by stage, first hit first. What a row says and cites stands in `rules/leniency/`.

The Administrative Penalty Law has rows A1 to A14, the Public Security Punishments Law S1 to S11. Rows A13, A14 and S11
decide nothing by themselves; they are named beside the row that does.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from hegui.capabilities.leniency.filling import Hit, Stage, Tried
from hegui.capabilities.leniency.matter import (
    AGE,
    BOTH,
    CAPACITY,
    CORRECTED,
    ENDED,
    FIELD,
    FOUND,
    HARM,
    KIND,
    ORDER,
    PRIOR,
    PROVINCE,
    SAFETY,
    Matter,
)

SILENT = "none"  # the row where the Punishments Law has none that fits
EXPIRES, TIMELY, FIRST, LATELY, WHO = "expires", "timely", "first", "lately", "who"  # results that later stages read
CHILD, ADULT = 14, 18  # Administrative Penalty Law 30, Punishments Law 12
UNPUNISHED, MAYBE, SOFTER = "unpunished", "may-be-unpunished", "lesser-or-reduced"
MAYBE_SOFTER, ANY_OF_THREE = "may-be-lesser-or-reduced", "lesser-reduced-or-unpunished"
NORMAL, HEAVIER, EXPIRED = "normal", "heavier", "no-penalty-any-more"

PERSON = frozenset({KIND, AGE, CAPACITY})
TIMES = frozenset({ENDED, FOUND, CORRECTED, ORDER})
BEFORE = frozenset({ENDED, PRIOR, FIELD, PROVINCE})

OWN_EFFORTS = ("own_initiative", "coerced_or_tricked", "confessed_unknown", "merit")
MITIGATING = ("minor", "own_initiative", "victim_forgave", "coerced_or_tricked", "confessed_unknown", "merit")


def stages(matter: Matter) -> Sequence[Stage]:
    """The table of the law under which the matter is decided."""
    return General(matter).stages() if matter.facts.regime == "general" else PublicSecurity(matter).stages()


class _Table(ABC):
    """Rows that stand in both tables under their own names."""

    child: str
    incapable: str
    expired: str
    young: str

    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    def known(self, tried: Tried, fact: str) -> bool:
        """A fact that is true, false or not known."""
        known: bool | None = getattr(self.matter.facts, fact)
        return tried.get(fact, known, BOTH)

    def any_of(self, tried: Tried, facts: Sequence[str]) -> bool:
        """Whether one of them is true. What is known goes first: one truth is enough."""
        if any(getattr(self.matter.facts, fact) for fact in facts):
            return True
        return any(self.known(tried, fact) for fact in facts)

    def is_child(self, tried: Tried) -> Hit | None:
        young = self.matter.is_person(tried) and self.matter.age(tried) < CHILD
        return Hit(self.child, UNPUNISHED) if young else None

    def is_incapable(self, tried: Tried) -> Hit | None:
        """Keeps of the person only what a later row asks for."""
        person = self.matter.is_person(tried)
        capacity = self.matter.capacity(tried) if person else "full"
        if capacity == "none":
            return Hit(self.incapable, UNPUNISHED)
        young = person and self.matter.age(tried) < ADULT
        tried.values[WHO] = "young" if young else self.kept(capacity, person=person)
        return None

    @abstractmethod
    def kept(self, capacity: str, *, person: bool) -> str:
        """What later rows ask of a person who is grown up and answers for the act."""

    def is_young(self, tried: Tried) -> Hit | None:
        return Hit(self.young, SOFTER) if tried.values[WHO] == "young" else None


class General(_Table):
    """Rows A1 to A12."""

    child, incapable, expired, young = "A1", "A2", "A3", "A8"

    def stages(self) -> Sequence[Stage]:
        return (
            Stage(self.times, TIMES),
            Stage(self.earlier, BEFORE),
            Stage(self.is_child, PERSON),
            Stage(self.is_incapable, PERSON),
            Stage(self.is_expired, frozenset({EXPIRES, SAFETY})),
            Stage(self.not_proved, frozenset({"facts_proved"})),
            Stage(self.minor, frozenset({"minor", HARM, SAFETY, TIMELY})),
            Stage(self.no_fault, frozenset({"no_fault_proved"})),
            Stage(self.first, frozenset({HARM, TIMELY, FIRST})),
            Stage(self.is_young, frozenset({WHO})),
            Stage(self.own_effort, frozenset(OWN_EFFORTS)),
            Stage(self.limited, frozenset({WHO})),
            Stage(self.otherwise, frozenset({"emergency_measures_breached"})),
        )

    def times(self, tried: Tried) -> None:
        """Days come first, so that what follows from them is all that the other rows have to go through."""
        tried.values[EXPIRES] = self.matter.expired(tried)
        tried.values[TIMELY] = self.matter.timely(tried)

    def earlier(self, tried: Tried) -> None:
        tried.values[FIRST] = self.matter.is_first(tried)

    def kept(self, capacity: str, *, person: bool) -> str:
        return "limited" if capacity == "limited" else "other"

    def is_expired(self, tried: Tried) -> Hit | None:
        expires = tried.values[EXPIRES]
        expired = expires == "yes" or (expires == "unless-safety" and not self.matter.safety(tried))
        return Hit(self.expired, EXPIRED) if expired else None

    def not_proved(self, tried: Tried) -> Hit | None:
        return None if self.known(tried, "facts_proved") else Hit("A4", UNPUNISHED)

    def minor(self, tried: Tried) -> Hit | None:
        minor, harm = self.known(tried, "minor"), self.matter.harm(tried)
        return Hit("A5", UNPUNISHED) if minor and harm == "none" and tried.values[TIMELY] else None

    def no_fault(self, tried: Tried) -> Hit | None:
        return Hit("A6", UNPUNISHED) if self.known(tried, "no_fault_proved") else None

    def first(self, tried: Tried) -> Hit | None:
        """No harm at all meets this row too, where the violation is not minor. A red line never does."""
        meets = tried.values[TIMELY] and tried.values[FIRST] and self.matter.harm(tried) != "serious"
        return Hit("A7", MAYBE) if meets else None

    def own_effort(self, tried: Tried) -> Hit | None:
        return Hit("A9", SOFTER) if self.any_of(tried, OWN_EFFORTS) else None

    def limited(self, tried: Tried) -> Hit | None:
        return Hit("A10", MAYBE_SOFTER) if tried.values[WHO] == "limited" else None

    def otherwise(self, tried: Tried) -> Hit:
        heavier = self.known(tried, "emergency_measures_breached")
        return Hit("A12", HEAVIER) if heavier else Hit("A11", NORMAL)


class PublicSecurity(_Table):
    """Rows S1 to S10."""

    child, incapable, expired, young = "S1", "S2", "S3", "S8"

    def stages(self) -> Sequence[Stage]:
        return (
            Stage(self.times, frozenset({ENDED, FOUND})),
            Stage(self.earlier, BEFORE),
            Stage(self.is_child, PERSON),
            Stage(self.is_incapable, PERSON),
            Stage(self.is_expired, frozenset({EXPIRES})),
            Stage(self.settled, frozenset({"settled"})),
            Stage(self.defence, frozenset()),
            Stage(self.mitigated, frozenset(MITIGATING)),
            Stage(self.admitted, frozenset({"admits_and_accepts"})),
            Stage(self.is_young, frozenset({WHO})),
            Stage(self.impaired, frozenset({WHO})),
            Stage(self.otherwise, frozenset({HARM, LATELY, "instigated_or_revenge"})),
        )

    def times(self, tried: Tried) -> None:
        tried.values[EXPIRES] = self.matter.expired(tried)

    def earlier(self, tried: Tried) -> None:
        tried.values[LATELY] = self.matter.punished_lately(tried)

    def kept(self, capacity: str, *, person: bool) -> str:
        return "person" if person else "other"

    def is_expired(self, tried: Tried) -> Hit | None:
        return Hit(self.expired, EXPIRED) if tried.values[EXPIRES] == "yes" else None

    def settled(self, tried: Tried) -> Hit | None:
        return Hit("S4", UNPUNISHED) if self.known(tried, "settled") else None

    def defence(self, tried: Tried) -> Hit | None:
        """Defence within its limits is no violation; beyond them the penalty is reduced, in slight cases left out."""
        match self.matter.facts.lawful_defence:
            case "within" | "excess-slight":
                return Hit("S5", UNPUNISHED)
            case "excess":
                return Hit("S5", SOFTER)
        return None

    def mitigated(self, tried: Tried) -> Hit | None:
        return Hit("S6", ANY_OF_THREE) if self.any_of(tried, MITIGATING) else None

    def admitted(self, tried: Tried) -> Hit | None:
        return Hit("S7", MAYBE_SOFTER) if self.known(tried, "admits_and_accepts") else None

    def impaired(self, tried: Tried) -> Hit | None:
        impaired = self.matter.facts.blind_or_deaf_mute and tried.values[WHO] == "person"
        return Hit("S9", ANY_OF_THREE) if impaired else None

    def otherwise(self, tried: Tried) -> Hit:
        heavier = (
            tried.values[LATELY] or self.known(tried, "instigated_or_revenge") or self.matter.harm(tried) == "serious"
        )
        return Hit("S10", HEAVIER) if heavier else Hit(SILENT, NORMAL)
