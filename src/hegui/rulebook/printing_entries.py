"""Single entries of the rule book: duties, consequences, periods, document elements, questions, leniency."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.rulebook import citing
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.choice import Choice
from hegui.rulebook.condition import AllOf, AnswerIs, AnyOf, Condition, Not
from hegui.rulebook.document import Element
from hegui.rulebook.law import Citation
from hegui.rulebook.leniency import LeniencyRow
from hegui.rulebook.obligation import (
    Duration,
    EarlierDuty,
    EarlierLadder,
    EarlierPeriod,
    Fine,
    Ladder,
    Obligation,
    Period,
    Step,
)
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Language, Status

AnyEntry = Obligation | Ladder | Period | Element | AnyQuestion | LeniencyRow


@cache
def _catalogue() -> Catalogue:
    return Catalogue.load()


class EntryWriter:
    """Writes entries of one rulebook in one language."""

    def __init__(self, rulebook: Rulebook, pack: Pack | None, language: Language) -> None:
        self.rulebook = rulebook
        self.pack = pack
        self.language = language
        self.texts = Texts(_catalogue(), language)
        self.comma = "、" if language == "zh" else ", "

    def entry(self, entry: AnyEntry) -> Iterator[str]:
        writers: dict[type, Callable[[Any], Iterator[str]]] = {
            Obligation: self.obligation,
            Ladder: self.ladder,
            Period: self.period,
            Element: self.element,
            LeniencyRow: self.leniency,
        }
        yield from writers.get(type(entry), self.question)(entry)

    def obligation(self, one: Obligation) -> Iterator[str]:
        yield from (f"### {one.id} {one.title.say(self.language)}", "", one.duty.say(self.language), "")
        yield self.field("binds", one.binds.say(self.language))
        yield self.field("cycle", one.cycle.say(self.language))
        yield self.cited(one.citations)
        yield from self.named("ladder", one.ladder)
        yield from self.named("periods", one.periods)
        yield from self.named("questions", self.questions_about(one.id))
        yield self.field("next_step", one.next_step.say(self.language))
        if one.applies:
            yield self.field("applies", self.condition(one.applies))
        yield from self.replaced(one)
        yield from self.ending(one)

    def replaced(self, one: Obligation) -> Iterator[str]:
        """The national duty that a local one takes the place of."""
        if one.replaces is None:
            return
        national = self.rulebook.duty(one.replaces)
        title = f" {national.title.say(self.language)}" if national else ""
        yield self.field("replaces", f"{one.replaces}{title}")

    def ladder(self, one: Ladder) -> Iterator[str]:
        yield from (f"### {one.id} {one.title.say(self.language)}", "")
        yield self.field("trigger", one.trigger.say(self.language))
        yield from self.steps(one.steps)
        yield self.cited(one.citations)
        yield self.field("regime", self.regime(one.regime))
        yield from self.ending(one)

    def steps(self, steps: Iterable[Step]) -> Iterator[str]:
        for number, step in enumerate(steps, 1):
            yield f"{number}. {step.when.say(self.language)} → {step.consequence.say(self.language)}"
            yield from (f"   {line}" for line in self.amounts(step))

    def regime(self, name: str) -> str:
        """The table of leniency that goes with consequences, by its title."""
        table = self.rulebook.leniency_table(name)
        return table.title.say(self.language) if table else name

    def amounts(self, step: Step) -> Iterator[str]:
        if step.unit_fine:
            yield self.field("unit_fine", self.fine(step.unit_fine))
        if step.person_fine:
            yield self.field("person_fine", self.fine(step.person_fine))
        if step.detention_days:
            first, last = step.detention_days
            key = "detention" if first > 1 else "detention_up_to"
            yield self.field("detention", self.say(f"say.{key}", first=first, last=last))

    def fine(self, fine: Fine) -> str:
        key = "fine" if fine.minimum else "fine_up_to"
        said = self.say(f"say.{key}", minimum=f"{fine.minimum or 0:,}", maximum=f"{fine.maximum:,}")
        if fine.turnover_percent:
            said = self.say("say.fine_turnover", fine=said, percent=fine.turnover_percent)
        return self.say("say.fine_optional", fine=said) if fine.optional else said

    def period(self, one: Period) -> Iterator[str]:
        yield from (f"### {one.id} {one.name.say(self.language)}", "")
        yield self.field("trigger", one.trigger.say(self.language))
        yield self.field("length", self.how_long(one))
        yield self.field("counting", self.say(f"counting.{one.counting}"))
        yield self.field("purpose", self.say(f"purpose.{one.purpose}"))
        yield self.field("consequence", one.consequence.say(self.language))
        yield self.cited(one.citations)
        yield from self.named("ladder", one.ladder)
        yield from self.ending(one)

    def how_long(self, one: Duration) -> str:
        if one.length:
            return self.say(f"length.{one.length.unit}", count=one.length.count)
        if one.yearly:
            return self.say("say.yearly", month=one.yearly.month, day=one.yearly.day)
        return self.say(f"open.{one.open}")

    def element(self, one: Element) -> Iterator[str]:
        yield f"### {one.id} {one.name.say(self.language)}"
        yield ""
        yield self.field("basis", self.say(f"basis.{one.basis}"))
        if one.citations:
            yield self.cited(one.citations)
        yield self.field("cues", self.comma.join(one.cues))
        yield self.field("status", self.say(f"status.{one.status}"))

    def question(self, one: AnyQuestion) -> Iterator[str]:
        yield from (f"### {one.id} {one.text.say(self.language)}", "")
        if one.help:
            yield self.field("help", one.help.say(self.language))
        if one.asked_when:
            yield self.field("asked_when", self.condition(one.asked_when))
        if isinstance(one, Choice):
            yield self.field("choices", self.comma.join(option.label.say(self.language) for option in one.choices))
        yield from self.named("obligations", one.obligations)
        if one.citations:
            yield self.cited(one.citations)
        if one.obligations or one.citations:
            yield self.field("weight", self.say(f"weight.{one.weight}"))
        for name, text in (("finding", one.finding), ("evidence", one.evidence), ("remedy", one.remedy)):
            if text:
                yield self.field(name, text.say(self.language))

    def leniency(self, one: LeniencyRow) -> Iterator[str]:
        yield from (f"### {one.id}", "", one.facts.say(self.language), "", self.cited(one.citations))
        outcome, force = self.say(f"outcome.{one.outcome}"), self.say(f"force.{one.force}")
        yield self.field("outcome", self.say("say.outcome", outcome=outcome, force=force))
        yield self.field("evidence", one.evidence.say(self.language))
        if one.red_flags:
            yield self.field("red_flags", one.red_flags.say(self.language))
        yield from self.ending(one)

    def ending(self, one: Obligation | Ladder | Period | LeniencyRow) -> Iterator[str]:
        yield self.field("effective", one.effective.isoformat())
        if until := getattr(one, "until", None):
            yield self.field("until", until.isoformat())
        partly = one.status is Status.VERIFIED and any(c.status is not Status.VERIFIED for c in one.citations)
        yield self.field("status", self.say("status.partly" if partly else f"status.{one.status}"))
        note = None if isinstance(one, Period) else one.note
        if note:
            yield self.field("note", note.say(self.language))
        if not isinstance(one, LeniencyRow):
            for before in one.earlier:
                yield from self.earlier(before)

    def earlier(self, before: EarlierDuty | EarlierLadder | EarlierPeriod) -> Iterator[str]:
        """What held before, with its days, its own words and its own articles."""
        days = self.say("say.earlier", effective=before.effective.isoformat(), until=before.until.isoformat())
        yield from ("", f"#### {days}", "")
        if isinstance(before, EarlierDuty):
            yield from (before.duty.say(self.language), "")
            if before.cycle:
                yield self.field("cycle", before.cycle.say(self.language))
        elif isinstance(before, EarlierLadder):
            yield from self.steps(before.steps)
        else:
            yield self.field("length", self.how_long(before))
        yield self.cited(before.citations)
        if before.note:
            yield self.field("note", before.note.say(self.language))

    def condition(self, condition: Condition) -> str:
        """A condition in words, with the labels of the answers it waits for."""
        match condition:
            case AnswerIs():
                answers = self.say("say.or").join(self.answer(condition.question, value) for value in condition.any_of)
                return self.say("say.answer_is", question=condition.question, answers=answers)
            case Not():
                return self.say("say.not", condition=self.condition(condition.condition))
            case AllOf() | AnyOf():
                joint = self.say("say.and" if isinstance(condition, AllOf) else "say.or")
                return joint.join(self.say("say.group", inner=self.condition(one)) for one in condition.conditions)

    def answer(self, question: str, value: str) -> str:
        asked = self.pack.checklist.question(question) if self.pack and self.pack.checklist else None
        options = asked.options() if asked else ()
        return next((option.label.say(self.language) for option in options if option.value == value), value)

    def cited(self, citations: Iterable[Citation]) -> str:
        return self.field("articles", citing.cite_all(self.rulebook, citations, self.language))

    def named(self, name: str, ids: Iterable[str]) -> Iterator[str]:
        if listed := self.comma.join(ids):
            yield self.field(name, listed)

    def questions_about(self, obligation: str) -> Iterator[str]:
        questions = self.pack.checklist.questions if self.pack and self.pack.checklist else ()
        return (question.id for question in questions if obligation in question.obligations)

    def field(self, name: str, value: str) -> str:
        colon = "：" if self.language == "zh" else ": "
        return f"- **{self.say(f'field.{name}')}**{colon}{value}"

    def say(self, key: str, **params: Any) -> str:
        return self.texts(f"rulebook.{key}", **params)
