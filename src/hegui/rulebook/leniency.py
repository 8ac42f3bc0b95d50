"""Rows of leniency tables (从宽) as data. Whether a row fits given facts is decided elsewhere; in the end by police."""

from datetime import date
from typing import Literal

from pydantic import Field

from hegui.rulebook.law import Citation
from hegui.rulebook.obligation import EntryId
from hegui.rulebook.text import Bilingual, Phrases, RuleModel, Status

Outcome = Literal[
    "unpunished",
    "may-be-unpunished",
    "lesser-or-reduced",
    "may-be-lesser-or-reduced",
    "lesser-reduced-or-unpunished",
    "normal",
    "heavier",
    "no-penalty-any-more",
    "new-law-applies",
    "one-fine-only",
]


class LeniencyRow(RuleModel):
    """One row: the facts it needs, what follows, whether the authority must or may, and what proves the facts."""

    id: EntryId
    facts: Bilingual
    outcome: Outcome
    force: Literal["must", "may", "none"]
    citations: tuple[Citation, ...]
    evidence: Bilingual
    red_flags: Bilingual | None = None
    status: Status = Status.VERIFIED
    effective: date
    note: Bilingual | None = None


class RedLines(RuleModel):
    """What never counts as a pardonable first violation (红线), whatever else is true of it."""

    ladders: tuple[EntryId, ...] = Field(min_length=1, description="their consequences name it")
    said: Phrases = Field(description="words by which people name such a matter")
    why: Bilingual


class LeniencyTable(RuleModel):
    """Rows in the order in which they are tried: the first that fits decides."""

    id: str = Field(pattern=r"^[a-z-]+$")
    title: Bilingual
    warning: Bilingual = Field(description="said with every result: police decide")
    headline: tuple[EntryId, ...] = Field(default=(), description="rows named beside a duty: what correcting may bring")
    red_lines: RedLines | None = None
    rows: tuple[LeniencyRow, ...] = Field(min_length=1)
