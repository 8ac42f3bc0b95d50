"""The two tables of leniency, stage by stage, first hit first. What a row says and cites stands in `rules/leniency/`.

The Administrative Penalty Law has rows A1 to A14, the Public Security Punishments Law S1 to S11. Rows A13, A14 and S11
decide nothing by themselves; they are named beside the row that does.
"""

from collections.abc import Sequence

from hegui.capabilities.leniency.filling import Hit, Stage, Tried
from hegui.capabilities.leniency.matter import BEFORE, BOTH, HARM, IN_TIME, KIND, SAFETY, TIMELY, WHEN, WHO, Matter

SILENT = "none"  # the row where the Punishments Law has none that fits
CHILD, ADULT = 14, 18  # Administrative Penalty Law 30, Punishments Law 12
UNPUNISHED, MAYBE, SOFTER = "unpunished", "may-be-unpunished", "lesser-or-reduced"
MAYBE_SOFTER, ANY_OF_THREE = "may-be-lesser-or-reduced", "lesser-reduced-or-unpunished"
NORMAL, HEAVIER, EXPIRED = "normal", "heavier", "no-penalty-any-more"

OWN_EFFORTS = ("own_initiative", "coerced_or_tricked", "confessed_unknown", "merit")
MITIGATING = ("minor", "own_initiative", "victim_forgave", "coerced_or_tricked", "confessed_unknown", "merit")


def stages(matter: Matter) -> Sequence[Stage]:
    """The table of the law under which the matter is decided."""
    return General(matter).stages() if matter.facts.regime == "general" else PublicSecurity(matter).stages()


class _Table:
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
        incapable = self.matter.is_person(tried) and self.matter.capacity(tried) == "none"
        return Hit(self.incapable, UNPUNISHED) if incapable else None

    def is_expired(self, tried: Tried) -> Hit | None:
        return Hit(self.expired, EXPIRED) if self.matter.expired(tried) else None

    def is_young(self, tried: Tried) -> Hit | None:
        young = self.matter.is_person(tried) and CHILD <= self.matter.age(tried) < ADULT
        return Hit(self.young, SOFTER) if young else None


class General(_Table):
    """Rows A1 to A12."""

    child, incapable, expired, young = "A1", "A2", "A3", "A8"

    def stages(self) -> Sequence[Stage]:
        return (
            Stage(self.is_child, WHO),
            Stage(self.is_incapable, WHO),
            Stage(self.is_expired, WHEN | {SAFETY}),
            Stage(self.not_proved, frozenset({"facts_proved"})),
            Stage(self.minor, IN_TIME | {"minor", HARM, SAFETY}),
            Stage(self.no_fault, frozenset({"no_fault_proved"})),
            Stage(self.first, BEFORE | {HARM, SAFETY, TIMELY}),
            Stage(self.is_young, WHO),
            Stage(self.own_effort, frozenset(OWN_EFFORTS)),
            Stage(self.limited, WHO),
            Stage(self.otherwise, frozenset({"emergency_measures_breached"})),
        )

    def not_proved(self, tried: Tried) -> Hit | None:
        return None if self.known(tried, "facts_proved") else Hit("A4", UNPUNISHED)

    def minor(self, tried: Tried) -> Hit | None:
        """All three facts are looked at here, since the row on a first violation needs two of them as well."""
        minor, harm = self.known(tried, "minor"), self.matter.harm(tried)
        if harm == "serious":
            return None
        timely = tried.values[TIMELY] = self.matter.timely(tried)
        return Hit("A5", UNPUNISHED) if minor and timely and harm == "none" else None

    def no_fault(self, tried: Tried) -> Hit | None:
        return Hit("A6", UNPUNISHED) if self.known(tried, "no_fault_proved") else None

    def first(self, tried: Tried) -> Hit | None:
        """No harm at all meets this row too, where the violation is not minor. A red line never does."""
        if self.matter.red_line or not tried.values.get(TIMELY):
            return None
        return Hit("A7", MAYBE) if self.matter.is_first(tried) else None

    def own_effort(self, tried: Tried) -> Hit | None:
        return Hit("A9", SOFTER) if self.any_of(tried, OWN_EFFORTS) else None

    def limited(self, tried: Tried) -> Hit | None:
        limited = self.matter.is_person(tried) and self.matter.capacity(tried) == "limited"
        return Hit("A10", MAYBE_SOFTER) if limited else None

    def otherwise(self, tried: Tried) -> Hit:
        heavier = self.known(tried, "emergency_measures_breached")
        return Hit("A12", HEAVIER) if heavier else Hit("A11", NORMAL)


class PublicSecurity(_Table):
    """Rows S1 to S10."""

    child, incapable, expired, young = "S1", "S2", "S3", "S8"

    def stages(self) -> Sequence[Stage]:
        return (
            Stage(self.is_child, WHO),
            Stage(self.is_incapable, WHO),
            Stage(self.is_expired, WHEN),
            Stage(self.settled, frozenset({"settled"})),
            Stage(self.defence, frozenset()),
            Stage(self.mitigated, frozenset(MITIGATING)),
            Stage(self.admitted, frozenset({"admits_and_accepts"})),
            Stage(self.is_young, WHO),
            Stage(self.impaired, frozenset({KIND})),
            Stage(self.otherwise, BEFORE | {HARM, SAFETY, "instigated_or_revenge"}),
        )

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
        impaired = self.matter.facts.blind_or_deaf_mute and self.matter.is_person(tried)
        return Hit("S9", ANY_OF_THREE) if impaired else None

    def otherwise(self, tried: Tried) -> Hit:
        facts = self.matter.facts
        if facts.harm == "serious" or facts.instigated_or_revenge:
            return Hit("S10", HEAVIER)
        heavier = (
            self.matter.harm(tried) == "serious"
            or self.known(tried, "instigated_or_revenge")
            or self.matter.punished_lately(tried)
        )
        return Hit("S10", HEAVIER) if heavier else Hit(SILENT, NORMAL)
