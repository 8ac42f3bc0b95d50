"""What the law wants (义务), what follows if it is not done (罚则阶梯), and by when (法定期限)."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hegui.rulebook.condition import Condition
from hegui.rulebook.law import Citation
from hegui.rulebook.text import Bilingual, Phrases, RuleModel, Status

EntryId = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?$")]
Regime = Literal["general", "public-security-punishments"]


class Before(RuleModel):
    """When an earlier wording held: from `effective` to the day before `until`. Its citations name their version."""

    effective: date
    until: date
    citations: tuple[Citation, ...] = Field(min_length=1)
    note: Bilingual | None = None


class EarlierDuty(Before):
    """What a duty said before the present law."""

    duty: Bilingual
    cycle: Bilingual | None = None


class Obligation(RuleModel):
    """One duty: what, whom it binds, by when, on what ground, with which consequences."""

    id: EntryId
    title: Bilingual
    duty: Bilingual
    binds: Bilingual
    cycle: Bilingual = Field(description="standing, how often, or by when")
    applies: Condition | None = Field(default=None, description="over the profile questions; None: every operator")
    citations: tuple[Citation, ...]
    ladder: tuple[EntryId, ...] = ()
    periods: tuple[EntryId, ...] = ()
    next_step: Bilingual = Field(description="the one practical thing to do first")
    status: Status = Status.VERIFIED
    effective: date = Field(description="from when the duty holds in this wording")
    until: date | None = Field(default=None, description="exclusive; for what ended without a successor")
    earlier: tuple[EarlierDuty, ...] = Field(default=(), description="newest first")
    replaces: EntryId | None = Field(default=None, description="the national duty that a local pack replaces")
    note: Bilingual | None = None


class Fine(RuleModel):
    """A fine in yuan; `optional` where the text says 可以并处 (may)."""

    minimum: int | None = Field(default=None, ge=0)
    maximum: int = Field(gt=0)
    optional: bool = False
    turnover_percent: int | None = Field(default=None, ge=1, le=100)


class Step(RuleModel):
    """One rung: when it is reached and what it brings."""

    when: Bilingual
    consequence: Bilingual
    unit_fine: Fine | None = None
    person_fine: Fine | None = None
    detention_days: tuple[int, int] | None = None


class EarlierLadder(Before):
    """Consequences before the present law."""

    steps: tuple[Step, ...] = Field(min_length=1)


class Ladder(RuleModel):
    """Consequences from the first step up (处罚阶梯). `regime` says which table of leniency goes with them."""

    id: EntryId
    title: Bilingual
    trigger: Bilingual
    steps: tuple[Step, ...] = Field(min_length=1)
    citations: tuple[Citation, ...]
    regime: Regime = "general"
    effective: date
    until: date | None = None
    earlier: tuple[EarlierLadder, ...] = ()
    status: Status = Status.VERIFIED
    note: Bilingual | None = None


class Length(RuleModel):
    """So many hours, days, months or years."""

    count: int = Field(ge=1)
    unit: Literal["hour", "day", "month", "year"]


class YearlyDate(RuleModel):
    """A date that comes once a year, such as 31 March."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Duration(RuleModel):
    """Exactly one of `length`, `yearly`, `open` says how long."""

    length: Length | None = None
    yearly: YearlyDate | None = None
    open: Literal["at-once", "before", "as-written", "each-year"] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(said is not None for said in (self.length, self.yearly, self.open)) != 1:
            raise ValueError("exactly one of length, yearly and open says how long")
        return self


class EarlierPeriod(Before, Duration):
    """How long a period was before the present law."""


class Period(Duration):
    """A statutory period (法定期限)."""

    id: EntryId
    name: Bilingual
    trigger: Bilingual
    counting: Literal["calendar", "working", "hours", "none"]
    purpose: Literal["act", "keep", "limitation", "authority", "backwards"]
    citations: tuple[Citation, ...]
    consequence: Bilingual
    ladder: tuple[EntryId, ...] = ()
    status: Status = Status.VERIFIED
    effective: date
    until: date | None = None
    earlier: tuple[EarlierPeriod, ...] = ()

    @property
    def moves_off_holidays(self) -> bool:
        """Only what must be *done* moves to the next working day (deadlines sheet, counting rule 3)."""
        return self.purpose == "act" and self.counting != "hours"


class AskedAs(RuleModel):
    """How people ask for an entry (问法): search words and whole phrasings."""

    entry: EntryId
    keywords: Phrases
    asked_as: Phrases
