"""An assessment in words: what was compared, what follows, which papers to prepare, and that the police decide."""

from collections.abc import Iterator

from hegui.capabilities.leniency.assessment import CANNOT_SAY, Assessment, Note
from hegui.capabilities.leniency.tables import SILENT
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.citing import cite, mark
from hegui.rulebook.leniency import LeniencyRow
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Language, Status


class AssessmentPage:
    """Says one assessment in one language."""

    def __init__(self, rulebook: Rulebook, texts: Texts, told: Assessment) -> None:
        self._rulebook = rulebook
        self._say = texts
        self._told = told

    @property
    def _language(self) -> Language:
        return self._say.language

    def lines(self) -> Iterator[str]:
        say, told = self._say, self._told
        yield say("leniency.title", title=told.table.title.say(self._language), day=told.today)
        if told.outcome == CANNOT_SAY:
            yield say("leniency.cannot_say")
        else:
            yield say("leniency.result", outcome=say(f"leniency.outcome.{told.outcome}"))
        yield from (f"· {reason}" for reason in self.reasons())
        yield from self._missing()
        yield from self._papers()
        yield say("leniency.articles", articles=say("leniency.comma").join(self._articles()))
        yield told.table.warning.say(self._language)

    def reasons(self) -> list[str]:
        """Why: the rows that decide, or all outcomes that are possible; then what stands beside them."""
        told = self._told
        if told.outcome == CANNOT_SAY:
            said = [self._possible(outcome) for outcome in told.possible]
        else:
            said = [self._row(row) for row in told.rows]
        return [*said, *(self._note(note) for note in told.notes)]

    def _possible(self, outcome: str) -> str:
        said = self._say(f"leniency.outcome.{outcome}")
        rows = [row for row in self._told.possible[outcome] if row != SILENT]
        return (
            self._say("leniency.possible", outcome=said, rows=self._say("leniency.comma").join(rows)) if rows else said
        )

    def _row(self, row: LeniencyRow) -> str:
        facts = row.facts.say(self._language)
        return self._say("leniency.row", row=row.id, facts=facts, force=self._say(f"leniency.force.{row.force}"))

    def _note(self, note: Note) -> str:
        say, told = self._say, self._told
        params = dict(note.params)
        if note.name == "red_line":
            assert told.table.red_lines  # noqa: S101  the note comes from them
            return told.table.red_lines.why.say(self._language)
        if "outcome" in params:
            params["outcome"] = say(f"leniency.outcome.{params['outcome']}")
        if "place" in params:
            params["place"] = self._rulebook.places.name(params["place"], self._language)
        if told.listed and note.name.startswith(("list_", "item_")):
            params |= {"title": told.listed.title.say(self._language), "issuer": told.listed.issuer.say(self._language)}
        return say(f"leniency.note.{note.name}", **params)

    def _missing(self) -> Iterator[str]:
        """Each fact that would change the outcome, with what proves it."""
        say, told = self._say, self._told
        asked_only = [fact for fact in told.missing if told.outcome != CANNOT_SAY or fact == "item"]
        deciding = [fact for fact in told.missing if fact not in asked_only]
        if deciding:
            yield say("leniency.missing")
            yield from (f"· {self._fact(fact)}" for fact in deciding)
        if asked_only:
            yield say("leniency.asked")
            yield from (f"· {self._fact(fact)}" for fact in asked_only)

    def _fact(self, fact: str) -> str:
        return self._say(f"leniency.fact.{'prior.any' if fact == 'prior' else fact}")

    def _papers(self) -> Iterator[str]:
        """What proves the row that decided, what speaks against it, and what the local list wants."""
        say, told = self._say, self._told
        for row in told.rows if told.outcome != CANNOT_SAY else ():
            yield say("leniency.evidence", row=row.id, evidence=row.evidence.say(self._language))
            if row.red_flags:
                yield say("leniency.red_flags", row=row.id, flags=row.red_flags.say(self._language))
            if row.note and not self._is_red:
                yield say("leniency.about", row=row.id, note=row.note.say(self._language))
        yield from self._list_wants()

    @property
    def _is_red(self) -> bool:
        """The notes of rows compare with a first violation, of which nothing is said at a red line."""
        return any(note.name == "red_line" for note in self._told.notes)

    def _list_wants(self) -> Iterator[str]:
        listed = self._told.listed
        if listed is None or not any(note.name.startswith("list_m") for note in self._told.notes):
            return
        yield self._say("leniency.list", title=listed.title.say(self._language))
        yield from (f"· {condition.say(self._language)}" for condition in listed.conditions)
        if listed.note:
            yield listed.note.say(self._language)
        if listed.status is not Status.VERIFIED:
            yield self._say("leniency.list_secondary")

    def _articles(self) -> Iterator[str]:
        for citation in self._told.citations:
            said = cite(citation, self._rulebook, self._language, self._told.today)
            yield said.text + mark(said.status, self._language)
