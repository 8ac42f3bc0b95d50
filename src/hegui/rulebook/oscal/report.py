"""What an import took over, under which ids, and what it had to leave out."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from hegui.rulebook.text import RuleModel

Reason = Literal[
    "no Chinese text",
    "no citation in the register",
    "parameter without a value",
    "parameter that is not defined",
    "withdrawn control",
    "control without a statement",
    "control without an objective of assessment",
    "guidance",
    "part of unknown name",
    "link",
    "resource of the back matter",
    "text cut to length",
    "question beyond the limit of a control",
    "control of an id that stands twice",
]


class LeftOut(RuleModel):
    """One thing that was not, or not wholly, taken over, and where it stands."""

    reason: Reason
    where: str
    what: str = ""


class Mapped(RuleModel):
    """A control and what became of it."""

    control: str
    label: str
    section: str
    entry: str
    pack: str
    questions: tuple[str, ...] = ()


class Report(RuleModel):
    title: str
    version: str
    packs: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    left_out: tuple[LeftOut, ...] = Field(description="in the order of the file")

    def counts(self) -> dict[str, int]:
        return dict(sorted(Counter(one.reason for one in self.left_out).items()))

    def as_data(self) -> dict[str, Any]:
        return {**self.model_dump(mode="json"), "counts": self.counts()}

    def lines(self, most: int = 8) -> Iterator[str]:
        """For people: what was drafted, then each reason with how often and where first."""
        asked = sum(len(one.questions) for one in self.mapping)
        yield f"{self.title} {self.version}: {len(self.mapping)} duties and {asked} questions drafted, all unverified."
        for reason, count in self.counts().items():
            places = list(dict.fromkeys(one.where for one in self.left_out if one.reason == reason))
            more = f" and {len(places) - most} more" if len(places) > most else ""
            yield f"  {reason}: {count} ({', '.join(places[:most])}{more})"
        yield from (f"  {one.control} -> {one.entry} in {one.pack}" for one in self.mapping)
