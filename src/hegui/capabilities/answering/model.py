"""What answering knows: an answer with its duty, articles and consequences, in the language it was asked for."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hegui.rulebook.citing import State
from hegui.rulebook.text import Language, Status

AnswerStatus = Literal["answered", "unsure", "abstained"]


class AnsweringModel(BaseModel):
    """Frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(AnsweringModel):
    """An article as of a day. Only where `is_law` may it be shown as law."""

    entry: str
    title: str  # the law's full Chinese title, whatever the language
    number: int
    paragraph: int | None
    state: State
    status: Status
    as_of: date
    text: str
    place: str  # the text without the name of the law
    renumbered_from: int | None

    @property
    def is_law(self) -> bool:
        return self.state in ("verified", "renumbered")


class Consequence(AnsweringModel):
    """A rung: when it is reached and what it brings."""

    when: str
    brings: str


class Consequences(AnsweringModel):
    """A ladder as of a day; without steps where it did not hold yet in this wording."""

    id: str
    title: str
    steps: tuple[Consequence, ...]
    articles: tuple[Article, ...]
    since: date
    status: Status
    note: str | None


class Found(AnsweringModel):
    """The duty (or, for what is simply forbidden, the ladder) that fits a question."""

    id: str
    pack: str
    title: str
    says: str
    binds: str | None
    by_when: str | None
    next_step: str | None
    note: str | None
    status: Status
    since: date
    articles: tuple[Article, ...]
    consequences: tuple[Consequences, ...]

    @property
    def cited(self) -> tuple[Article, ...]:
        """Each article once: those of the duty first, then those of its consequences."""
        every = (*self.articles, *(article for ladder in self.consequences for article in ladder.articles))
        return tuple({(a.title, a.number): a for a in reversed(every)}[key] for key in _keys(every))


class Lighter(AnsweringModel):
    """What may make it lighter, and what it would need."""

    id: str
    facts: str
    outcome: str
    evidence: str
    articles: tuple[Article, ...]


class Named(AnsweringModel):
    """Another duty that may be meant."""

    id: str
    title: str


class Answer(AnsweringModel):
    """Everything there is to say to one question."""

    question: str
    language: Language
    on: date
    locality: str | None
    status: AnswerStatus
    score: float
    found: Found | None = None
    lighter: tuple[Lighter, ...] = ()
    warning: str | None = None
    suggestions: tuple[Named, ...] = ()
    address: str | None = None


def _keys(articles: tuple[Article, ...]) -> dict[tuple[str, int], None]:
    return dict.fromkeys((article.title, article.number) for article in articles)
