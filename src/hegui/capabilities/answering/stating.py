"""Turns entries of the rulebook into what an answer states: in one language, as of a day (pure)."""

from collections.abc import Iterable
from datetime import date

from hegui.capabilities.answering.model import Article, Consequence, Consequences, Found, Lighter
from hegui.rulebook.citing import cite
from hegui.rulebook.law import Citation
from hegui.rulebook.leniency import LeniencyRow
from hegui.rulebook.obligation import Ladder, Obligation
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Bilingual, Language

_AFTER_THE_NAME = {"zh": "》", "en": ", "}


class Stating:
    """States entries of one rulebook in one language as of one day."""

    def __init__(self, rulebook: Rulebook, language: Language, on: date) -> None:
        self._rulebook = rulebook
        self._language = language
        self._on = on

    def entry(self, pack: Pack, entry: str) -> Found | None:
        """A duty; or a ladder that stands alone, for what nobody may do."""
        if duty := pack.obligation(entry):
            return self._duty(pack, duty)
        ladder = pack.ladder(entry)
        return self._forbidden(pack, ladder) if ladder else None

    def lighter(self, row: LeniencyRow) -> Lighter:
        return Lighter(
            id=row.id,
            facts=row.facts.say(self._language),
            outcome=row.outcome,
            evidence=row.evidence.say(self._language),
            articles=self._articles(row.id, row.citations),
        )

    def _duty(self, pack: Pack, duty: Obligation) -> Found:
        ladders = [ladder for name in duty.ladder if (ladder := pack.ladder(name))]
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
            articles=self._articles(duty.id, duty.citations),
            consequences=tuple(self._consequences(duty.id, ladder) for ladder in ladders),
        )

    def _forbidden(self, pack: Pack, ladder: Ladder) -> Found:
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
            articles=self._articles(ladder.id, ladder.citations),
            consequences=(self._consequences(ladder.id, ladder),),
        )

    def _consequences(self, entry: str, ladder: Ladder) -> Consequences:
        steps = ladder.steps if ladder.effective <= self._on else ()
        return Consequences(
            id=ladder.id,
            title=ladder.title.say(self._language),
            steps=tuple(
                Consequence(when=s.when.say(self._language), brings=s.consequence.say(self._language)) for s in steps
            ),
            articles=self._articles(entry, ladder.citations),
            since=ladder.effective,
            status=ladder.status,
            note=self._perhaps(ladder.note),
        )

    def _articles(self, entry: str, citations: Iterable[Citation]) -> tuple[Article, ...]:
        return tuple(self._article(entry, citation) for citation in citations)

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

    def _perhaps(self, text: Bilingual | None) -> str | None:
        return text.say(self._language) if text else None
