"""A pack as a rule book that a lawyer can read and sign, and single entries for the screen."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.rulebook import citing
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.document import Element
from hegui.rulebook.law import Citation
from hegui.rulebook.leniency import LeniencyRow
from hegui.rulebook.obligation import Fine, Ladder, Obligation, Period, Step
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Language, Status

AnyEntry = Obligation | Ladder | Period | Element | AnyQuestion | LeniencyRow


def as_markdown(pack: Pack, rulebook: Rulebook, language: Language) -> str:
    """The whole pack: every duty, consequence, period, document element and question, with articles and status."""
    return "\n".join(_Page(rulebook, pack, language).lines(pack)) + "\n"


def entry_lines(entry: str, rulebook: Rulebook, language: Language) -> list[str] | None:
    """One entry by its id, in the form of the rule book; None where there is none."""
    found = _find(entry, rulebook)
    if found is None:
        return None
    pack, one = found
    return list(_Page(rulebook, pack, language).entry(one))


def entry_as_json(entry: str, rulebook: Rulebook, language: Language) -> dict[str, Any] | None:
    """The same entry as data, with its citations in words."""
    found = _find(entry, rulebook)
    if found is None:
        return None
    pack, one = found
    cited = [citing.as_cited(citation, rulebook, language) for citation in one.citations]
    return {"pack": pack.id if pack else None, **one.model_dump(mode="json"), "cited": cited}


def _find(entry: str, rulebook: Rulebook) -> tuple[Pack | None, AnyEntry] | None:
    wanted = entry.strip().casefold()
    for pack in rulebook.packs:
        for one in _entries(pack):
            if one.id.casefold() == wanted:
                return pack, one
    rows = (row for table in rulebook.leniency for row in table.rows)
    return next(((None, row) for row in rows if row.id.casefold() == wanted), None)


def _entries(pack: Pack) -> Iterator[AnyEntry]:
    yield from pack.obligations
    yield from pack.ladders
    yield from pack.periods
    for kind in pack.documents:
        yield from kind.elements
    yield from pack.checklist.questions if pack.checklist else ()


@cache
def _catalogue() -> Catalogue:
    return Catalogue.load()


class _Page:
    """Writes entries of one rulebook in one language."""

    def __init__(self, rulebook: Rulebook, pack: Pack | None, language: Language) -> None:
        self.rulebook = rulebook
        self.pack = pack
        self.language = language
        self.texts = Texts(_catalogue(), language)
        self.comma = "、" if language == "zh" else ", "

    def lines(self, pack: Pack) -> Iterator[str]:
        yield f"# {self.say('title', title=pack.title.say(self.language))}"
        yield from ("", pack.summary.say(self.language), "")
        about = {"version": pack.version, "checked_on": pack.checked_on.isoformat(), "digest": pack.digest[:16]}
        yield self.say("about", jurisdiction=pack.jurisdiction, **about)
        yield from ("", self.say("gloss"), "")
        yield from self.reads(pack)
        yield from self.chapter("obligations", pack.obligations)
        yield from self.chapter("ladders", pack.ladders)
        yield from self.chapter("periods", pack.periods)
        for kind in pack.documents:
            yield from self.chapter("documents", kind.elements, kind.title.say(self.language))
        yield from self.chapter("checklist", pack.checklist.questions if pack.checklist else ())
        yield from ("---", "", self.say("sign"))

    def reads(self, pack: Pack) -> Iterator[str]:
        yield from (f"## {self.say('heading.reads')}", "")
        for law_id, version in pack.reads.items():
            law = self.rulebook.law(law_id)
            title = law_id if law is None else law.title if self.language == "zh" else law.english
            yield self.say("say.reads", title=title, effective=version.isoformat())
        yield ""

    def chapter(self, heading: str, entries: Iterable[AnyEntry], about: str | None = None) -> Iterator[str]:
        name = self.say(f"heading.{heading}")
        yield from (f"## {name} · {about}" if about else f"## {name}", "")
        for entry in entries:
            yield from self.entry(entry)
            yield ""

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
        yield from self.ending(one)

    def ladder(self, one: Ladder) -> Iterator[str]:
        yield from (f"### {one.id} {one.title.say(self.language)}", "")
        yield self.field("trigger", one.trigger.say(self.language))
        for number, step in enumerate(one.steps, 1):
            yield f"{number}. {step.when.say(self.language)} → {step.consequence.say(self.language)}"
            yield from (f"   {line}" for line in self.amounts(step))
        yield self.cited(one.citations)
        yield from self.ending(one)

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
        yield self.field("consequence", one.consequence.say(self.language))
        yield self.cited(one.citations)
        yield from self.named("ladder", one.ladder)
        yield from self.ending(one)

    def how_long(self, one: Period) -> str:
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
        yield self.field("evidence", one.evidence.say(self.language))
        yield from self.ending(one)

    def ending(self, one: Obligation | Ladder | Period | LeniencyRow) -> Iterator[str]:
        yield self.field("effective", one.effective.isoformat())
        partly = one.status is Status.VERIFIED and any(c.status is not Status.VERIFIED for c in one.citations)
        yield self.field("status", self.say("status.partly" if partly else f"status.{one.status}"))
        note = None if isinstance(one, Period) else one.note
        if note:
            yield self.field("note", note.say(self.language))

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
