"""Facts about an enterprise (企业情况): which tags have a meaning of their own, and how people write them (pure)."""

from collections.abc import Sequence

from pydantic import Field

from hegui.rulebook.text import Bilingual, RuleModel, Sentence


class FactValue(RuleModel):
    """One value of a fact; `called` are other ways to write it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")
    name: Bilingual
    called: tuple[Sentence, ...] = ()

    def is_meant_by(self, said: str) -> bool:
        return said.casefold() in {word.casefold() for word in (self.id, self.name.zh, self.name.en, *self.called)}


class Fact(RuleModel):
    """A tag that is known. A `closed` one takes only the values listed."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")
    name: Bilingual
    called: tuple[Sentence, ...] = ()
    closed: bool = False
    values: tuple[FactValue, ...] = ()

    def is_meant_by(self, said: str) -> bool:
        return said.casefold() in {word.casefold() for word in (self.id, self.name.zh, self.name.en, *self.called)}

    def value(self, said: str) -> str | None:
        """What is meant: the value's id, the words as they are where any may stand, or None."""
        found = next((value.id for value in self.values if value.is_meant_by(said)), None)
        return found or (None if self.closed else said)


def fact_called(facts: Sequence[Fact], said: str) -> Fact | None:
    return next((fact for fact in facts if fact.is_meant_by(said)), None)
