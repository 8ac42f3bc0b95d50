"""A statutory period counted out, as people read it."""

from collections.abc import Iterator
from datetime import date

from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.citing import cite, mark
from hegui.rulebook.counting import Counted, Span
from hegui.rulebook.obligation import Period
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Status


class DeadlinePage:
    """Says how a period was counted, on what ground, and what follows from missing it."""

    def __init__(self, rulebook: Rulebook, texts: Texts, period: Period, counted: Counted) -> None:
        self._rulebook = rulebook
        self._say = texts
        self._period = period
        self._counted = counted

    def lines(self, law_of: date, *, midnight: bool = False, length: Span | None = None) -> Iterator[str]:
        """`midnight`: a day was given for a period of hours; `length`: as a paper says."""
        say, period, counted = self._say, self._period, self._counted
        yield f"{period.id} {period.name.say(say.language)}"
        yield say("deadline.start", trigger=period.trigger.say(say.language), start=counted.start)
        if midnight:
            yield say("deadline.midnight")
        yield self._how_long(length)
        yield say(f"deadline.due.{period.purpose}", due=counted.due)
        yield from self._how()
        articles = say("deadline.comma").join(self._articles(law_of))
        yield say("deadline.articles", articles=articles)
        yield say("deadline.consequence", consequence=period.consequence.say(say.language))
        if period.status is not Status.VERIFIED:
            yield say(f"deadline.status.{period.status}")

    def _how(self) -> Iterator[str]:
        """Why the day is not simply the last one counted."""
        say, period, counted = self._say, self._period, self._counted
        if counted.moved:
            key = "earlier" if counted.due < counted.written else "later"
            yield say(f"deadline.moved.{key}", written=counted.written)
        if counted.provisional:
            yield say("deadline.provisional")
        if period.open and period.open != "as-written":
            yield say(f"deadline.open.{period.open}")

    def _how_long(self, written: Span | None) -> str:
        """The length; where days are counted out, also of which kind."""
        length = self._length(written)
        if not written and not self._period.length:
            return self._say("deadline.by_name", length=length)
        return self._say(
            "deadline.length", length=length, counting=self._say(f"deadline.counted.{self._counted.counted}")
        )

    def _length(self, written: Span | None) -> str:
        period, say = self._period, self._say
        if written:
            return say(f"case.length.{written.unit}", count=written.count)
        if period.length:
            return say(f"rulebook.length.{period.length.unit}", count=period.length.count)
        if period.yearly:
            return say("rulebook.say.yearly", month=period.yearly.month, day=period.yearly.day)
        return say(f"rulebook.open.{period.open}")

    def _articles(self, law_of: date) -> Iterator[str]:
        for citation in self._period.citations:
            said = cite(citation, self._rulebook, self._say.language, law_of)
            yield said.text + mark(said.status, self._say.language)
