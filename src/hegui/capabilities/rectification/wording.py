"""Small pieces of what is said about cases: titles, time left, sources, moments."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from hegui.capabilities.rectification.model import Case, Due, Item
from hegui.capabilities.rectification.periods import UNITS, PeriodWords
from hegui.foundation.language.catalogue import CHINA, LANGUAGES, Catalogue, Texts
from hegui.rulebook import citing
from hegui.rulebook.counting import Span
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

MOST_ARTICLES = 3


def china_day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def period_words(catalogue: Catalogue) -> PeriodWords:
    """The words of both languages: an order is in Chinese, whoever types it."""

    def of(key: str) -> tuple[str, ...]:
        return tuple(word for language in LANGUAGES for word in catalogue.words(language, f"case.period.{key}"))

    return PeriodWords(units={unit: of(unit) for unit in UNITS}, around=of("around"), two=of("two"))


def left(say: Texts, due: date, today: date, days: WorkingDays) -> str:
    """How much time there is, in working days."""
    if due < today:
        return say("case.left.overdue")
    if due == today:
        return say("case.left.today")
    count = days.between(today, due)
    return say("case.left.working", count=count) if count else say("case.left.only_days_off")


def title(say: Texts, rulebook: Rulebook, case: Case, items: Sequence[Item]) -> str:
    """The first duty of the case, and how many there are."""
    names = [_duty(say, rulebook, case.pack, item) for item in items] or [case.reference]
    return say("case.title_more", title=names[0], count=len(names)) if len(names) > 1 else names[0]


def _duty(say: Texts, rulebook: Rulebook, pack_id: str, item: Item) -> str:
    pack = rulebook.pack(pack_id)
    duties = (pack.obligation(entry) for entry in item.obligations) if pack else ()
    return next((duty.title.say(say.language) for duty in duties if duty), item.question)


def length(say: Texts, span: Span) -> str:
    return say(f"case.length.{span.unit}", count=span.count)


def source(say: Texts, rulebook: Rulebook, pack_id: str, due: Due) -> str:
    """Where the deadline comes from, with the article where it is a law."""
    if due.source == "order":
        key = "case.source.order" if due.period else "case.source.order_on"
        return say(key, day=due.order_day, period=due.period)
    period = rulebook.period(due.period) if due.period and due.source == "statute" else None
    if period is None:
        return say("case.source.self")
    return say(
        "case.source.statute", name=period.name.say(say.language), article=articles(say, rulebook, period.citations)
    )


def articles(say: Texts, rulebook: Rulebook, citations: Iterable[Citation]) -> str:
    """The first few: a phone has no room for all, and the answer to the duty names them."""
    every = tuple(dict.fromkeys(citations))
    shown = citing.cite_all(rulebook, every[:MOST_ARTICLES], say.language)
    return say("case.and_more_articles", shown=shown) if len(every) > MOST_ARTICLES else shown


def times(moments: Iterable[datetime]) -> str:
    """Several moments in one short line: 12-03 09:00, the same in both languages."""
    return " · ".join(f"{moment.astimezone(CHINA):%m-%d %H:%M}" for moment in moments)


def due_of(case: Case) -> Due:
    return Due(
        day=case.due,
        source=case.due_source,
        period=case.order_period,
        order_day=case.order_day,
        provisional=case.provisional,
    )
