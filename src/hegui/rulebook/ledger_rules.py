"""The rules of the ledger doctor (台账体检规则) as data: checks with their words, settings, units, densities."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from hegui.rulebook.law import Citation
from hegui.rulebook.text import Bilingual, Phrases, RuleModel, Sentence

CheckId = Annotated[str, Field(pattern=r"^L\d{2}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
Severity = Literal["A", "B", "C"]
Dimension = Literal["mass", "volume", "count"]
Basis = Literal["statute", "house", "secondary"]


class LocalCitations(RuleModel):
    """Articles that a place adds, by the code of its division."""

    place: str = Field(pattern=r"^CN(-\d{2}){1,3}$")
    citations: tuple[Citation, ...] = Field(min_length=1)


class Variant(RuleModel):
    """One way in which a check fails. What it leaves out is as its check says."""

    sentence: Bilingual
    mend: Bilingual | None = None
    severity: Severity | None = None
    citations: tuple[Citation, ...] | None = None


class LedgerCheck(RuleModel):
    """One check. A: likely a violation of what it cites; B: to be explained; C: quality of the data.

    `facts` names what the sheet does not hold and the check cannot do without: it is asked, never guessed.
    """

    id: CheckId
    title: Bilingual
    severity: Severity
    citations: tuple[Citation, ...] = ()
    local: tuple[LocalCitations, ...] = ()
    facts: tuple[Name, ...] = ()
    mend: Bilingual
    variants: Mapping[Name, Variant] = Field(min_length=1)


class EarlierNumber(RuleModel):
    """What a setting was before a day."""

    until: date
    value: Decimal
    citations: tuple[Citation, ...] = Field(min_length=1)


class Setting(RuleModel):
    """A number that checks use, and where it comes from: a statute, or the house until a unit sets its own."""

    id: Name
    name: Bilingual
    value: Decimal
    unit: Bilingual
    basis: Basis
    citations: tuple[Citation, ...] = ()
    earlier: tuple[EarlierNumber, ...] = ()
    note: Bilingual | None = None

    def on(self, day: date) -> Decimal:
        """The number that held on a day."""
        held = [one for one in self.earlier if day < one.until]
        return min(held, key=lambda one: one.until).value if held else self.value


class Unit(RuleModel):
    """A unit and how people write it. `factor` leads to the base: kg, L or a piece."""

    id: Name
    dimension: Dimension
    factor: Decimal = Field(gt=0)
    words: tuple[Sentence, ...] = Field(min_length=1)


class Density(RuleModel):
    """Mass of a litre (kg/L at 20 °C) of a chemical within a band of percent by weight, and who says so."""

    cas: str
    above: Decimal = Field(default=Decimal(0), ge=0, le=100)
    up_to: Decimal = Field(default=Decimal(100), ge=0, le=100)
    least: Decimal = Field(gt=0)
    most: Decimal = Field(gt=0)
    usual: bool = Field(default=False, description="the band that is meant where no concentration is written")
    source: Bilingual


class FactQuestion(RuleModel):
    """What is asked after the checks, first things first; `needed_by` says for which of them."""

    fact: Name
    question: Bilingual
    needed_by: tuple[CheckId, ...] = Field(min_length=1)


class LedgerRules(RuleModel):
    """Everything of one file `ledger.yaml`."""

    checks: tuple[LedgerCheck, ...] = Field(min_length=1)
    settings: tuple[Setting, ...] = ()
    units: tuple[Unit, ...] = ()
    densities: tuple[Density, ...] = ()
    labels: Mapping[Name, Bilingual] = {}
    words: Mapping[Name, Phrases] = {}
    questions: tuple[FactQuestion, ...] = ()

    def cited(self) -> Iterator[tuple[str, Citation]]:
        """Every citation with the id of the check or setting that makes it."""
        for check in self.checks:
            variants = (citation for one in check.variants.values() for citation in one.citations or ())
            local = (citation for one in check.local for citation in one.citations)
            yield from ((check.id, citation) for citation in (*check.citations, *variants, *local))
        for setting in self.settings:
            before = (citation for one in setting.earlier for citation in one.citations)
            yield from ((setting.id, citation) for citation in (*setting.citations, *before))

    @cached_property
    def by_id(self) -> Mapping[str, LedgerCheck]:
        return {check.id: check for check in self.checks}

    @cached_property
    def _settings(self) -> Mapping[str, Setting]:
        return {setting.id: setting for setting in self.settings}

    def setting(self, name: str) -> Setting:
        return self._settings[name]

    def number(self, setting: str, on: date = date.max) -> Decimal:
        """The number of a setting that the checks name; raises KeyError where the file lacks it."""
        return self._settings[setting].on(on)

    def listed(self, words: str) -> tuple[str, ...]:
        """Words of both languages, lower case."""
        both = self.words[words]
        return tuple(word.lower() for word in (*both.zh, *both.en))
