"""What answering knows: an answer with its duty, articles and consequences, in the language it was asked for."""

from datetime import date
from itertools import zip_longest
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
    """A ladder as of a day; without steps where its wording of that day is not held."""

    id: str
    title: str
    steps: tuple[Consequence, ...]
    articles: tuple[Article, ...]
    since: date
    status: Status
    note: str | None


class Found(AnsweringModel):
    """The duty (or, for what is simply forbidden, the ladder) that fits a question.

    `place` is the place it holds for, empty for the whole country. `changed` is the day of a change of the law that
    matters on the day asked for. `check` names the pack whose self-check asks about it.
    """

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
    place: str = ""
    changed: date | None = None
    evidence: tuple[str, ...] = ()
    signed: bool = False  # whether a person read the pack as it is and put their name to it
    check: str | None = None

    @property
    def cited(self) -> tuple[Article, ...]:
        """Each article once: the duty's and its consequences' in turn, so that the first few tell of both."""
        return once(_in_turn(self.articles, self._of_consequences))

    @property
    def cited_consequences_first(self) -> tuple[Article, ...]:
        """For who asked what follows."""
        return once(_in_turn(self._of_consequences, self.articles))

    @property
    def _of_consequences(self) -> tuple[Article, ...]:
        return tuple(article for ladder in self.consequences for article in ladder.articles)


class Lighter(AnsweringModel):
    """What may make it lighter, and what it would need."""

    id: str
    facts: str
    outcome: str
    evidence: str
    articles: tuple[Article, ...]


class LocalList(AnsweringModel):
    """The list of first or minor violations of a place. `held`: how much of its items is known here."""

    title: str
    force: Literal["must", "may"]
    conditions: tuple[str, ...]
    held: Literal["all", "some", "none"]
    status: Status
    note: str | None


class Named(AnsweringModel):
    """Another duty that may be meant, with its articles."""

    id: str
    title: str
    articles: tuple[Article, ...] = ()


class NamedArticle(AnsweringModel):
    """An article that the question named. `now` is its number today, `then` where an older one of that number went."""

    text: str
    law: str
    article: int
    state: Literal["verified", "renumbered", "repealed", "outside-coverage", "not-found"]
    now: int | None = None
    then: int | None = None


class Passage(AnsweringModel):
    """An article of an imported text that may be relevant (可能相关): never a duty of the person who asks."""

    law: str
    article: int
    inserted: int | None
    text: str


class Answer(AnsweringModel):
    """Everything there is to say to one question."""

    question: str
    language: Language
    on: date
    locality: str | None
    status: AnswerStatus
    score: float
    place: str = ""  # the name of the locality, empty for the whole country
    asks_what_follows: bool = False
    found: Found | None = None
    lighter: tuple[Lighter, ...] = ()
    warning: str | None = None
    local_list: LocalList | None = None
    suggestions: tuple[Named, ...] = ()
    named: tuple[NamedArticle, ...] = ()
    passages: tuple[Passage, ...] = ()
    asks_which_law: int | None = None  # the number of an article that was named without a law
    address: str | None = None


def _in_turn(some: tuple[Article, ...], others: tuple[Article, ...]) -> tuple[Article, ...]:
    return tuple(one for pair in zip_longest(some, others) for one in pair if one is not None)


def once(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Each article of each law once, where it stands first."""
    return tuple({(a.title, a.number): a for a in reversed(articles)}[key] for key in _keys(articles))


def _keys(articles: tuple[Article, ...]) -> dict[tuple[str, int], None]:
    return dict.fromkeys((article.title, article.number) for article in articles)
