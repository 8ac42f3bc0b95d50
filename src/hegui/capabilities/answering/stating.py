"""Turns entries of the rulebook into what an answer states: in one language, as of a day (pure)."""

from collections.abc import Iterable
from datetime import date

from hegui.capabilities.answering.model import Article, Consequence, Consequences, Found, Lighter, LocalList
from hegui.rulebook.citing import cite
from hegui.rulebook.law import Citation
from hegui.rulebook.leniency import LeniencyRow
from hegui.rulebook.leniency_list import LeniencyList
from hegui.rulebook.obligation import Ladder, Obligation
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.places import NATION
from hegui.rulebook.text import Bilingual, Language
from hegui.rulebook.through_time import as_of, changed_on

_AFTER_THE_NAME = {"zh": "》", "en": ", "}
MOST_EVIDENCE = 2  # kinds of proof that are named in a short answer


class Stating:
    """States entries of one rulebook in one language as of one day."""

    def __init__(self, rulebook: Rulebook, language: Language, on: date) -> None:
        self._rulebook = rulebook
        self._language = language
        self._on = on

    def entry(self, entry: str) -> Found | None:
        """A duty; or a ladder that stands alone, for what nobody may do."""
        pack = self._rulebook.pack_of(entry)
        if pack is None:
            return None
        if duty := self._rulebook.duty(entry):
            return self._duty(pack, duty)
        ladder = self._rulebook.ladder(entry)
        return self._forbidden(pack, ladder) if ladder else None

    def lighter(self, row: LeniencyRow) -> Lighter:
        return Lighter(
            id=row.id,
            facts=row.facts.say(self._language),
            outcome=row.outcome,
            evidence=row.evidence.say(self._language),
            articles=self.articles(row.id, row.citations),
        )

    def local_list(self, listed: LeniencyList) -> LocalList:
        return LocalList(
            title=listed.title.say(self._language),
            force=listed.force,
            conditions=tuple(condition.say(self._language) for condition in listed.conditions),
            held=listed.items_held,
            status=listed.status,
            note=self._perhaps(listed.note),
        )

    def articles(self, entry: str, citations: Iterable[Citation]) -> tuple[Article, ...]:
        return tuple(self._article(entry, citation) for citation in citations)

    def _duty(self, pack: Pack, present: Obligation) -> Found:
        duty = as_of(present, self._on) or present
        ladders = [ladder for name in duty.ladder if (ladder := self._rulebook.ladder(name))]
        changes = (changed_on(present, self._on), *(changed_on(ladder, self._on) for ladder in ladders))
        return Found(
            id=duty.id,
            pack=pack.id,
            title=duty.title.say(self._language),
            says=duty.duty.say(self._language),
            binds=duty.binds.say(self._language),
            by_when=duty.cycle.say(self._language),
            next_step=duty.next_step.say(self._language),
            note=self._perhaps(duty.note),
            status=duty.status,
            since=duty.effective,
            articles=self.articles(duty.id, duty.citations),
            consequences=tuple(self._consequences(duty.id, ladder) for ladder in ladders),
            place=self._place(pack),
            signed=self._rulebook.is_signed(pack.id),
            changed=next(filter(None, changes), None),
            evidence=self._evidence(pack, duty.id),
            check=pack.id if _is_asked(pack, duty.id) else None,
        )

    def _forbidden(self, pack: Pack, present: Ladder) -> Found:
        ladder = as_of(present, self._on) or present
        return Found(
            id=ladder.id,
            pack=pack.id,
            title=ladder.title.say(self._language),
            says=ladder.trigger.say(self._language),
            binds=None,
            by_when=None,
            next_step=None,
            note=None,
            status=ladder.status,
            since=ladder.effective,
            articles=self.articles(ladder.id, ladder.citations),
            consequences=(self._consequences(ladder.id, present),),
            place=self._place(pack),
            signed=self._rulebook.is_signed(pack.id),
            changed=changed_on(present, self._on),
        )

    def _consequences(self, entry: str, present: Ladder) -> Consequences:
        ladder = as_of(present, self._on)
        steps = ladder.steps if ladder else ()
        told = ladder or present
        return Consequences(
            id=told.id,
            title=told.title.say(self._language),
            steps=tuple(
                Consequence(when=s.when.say(self._language), brings=s.consequence.say(self._language)) for s in steps
            ),
            articles=self.articles(entry, told.citations),
            since=told.effective,
            status=told.status,
            note=self._perhaps(told.note),
        )

    def _article(self, entry: str, citation: Citation) -> Article:
        cited = cite(citation, self._rulebook, self._language, self._on)
        law = self._rulebook.law(citation.law)
        return Article(
            entry=entry,
            title=law.title if law else cited.title,
            number=cited.article,
            paragraph=citation.paragraph if cited.renumbered_from is None else None,
            state=cited.state,
            status=cited.status,
            as_of=self._on,
            text=cited.text,
            place=cited.text.partition(_AFTER_THE_NAME[self._language])[2],
            renumbered_from=cited.renumbered_from,
        )

    def _place(self, pack: Pack) -> str:
        if pack.jurisdiction == NATION:
            return ""
        return self._rulebook.places.name(pack.jurisdiction, self._language) or pack.jurisdiction

    def _evidence(self, pack: Pack, entry: str) -> tuple[str, ...]:
        """What the self-check asks to be shown for it."""
        questions = pack.checklist.questions if pack.checklist else ()
        shown = (q.evidence.say(self._language) for q in questions if q.evidence and entry in q.obligations)
        return tuple(dict.fromkeys(shown))[:MOST_EVIDENCE]

    def _perhaps(self, text: Bilingual | None) -> str | None:
        return text.say(self._language) if text else None


def _is_asked(pack: Pack, entry: str) -> bool:
    return pack.checklist is not None and any(entry in q.obligations for q in pack.checklist.questions)
