"""A pack as a rule book that a lawyer can read and sign, and single entries for the screen."""

from collections.abc import Iterable, Iterator
from typing import Any

from hegui.rulebook import citing
from hegui.rulebook.catalogue import Chemical, ChemicalCatalogue
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.places import NATION
from hegui.rulebook.printing_entries import AnyEntry, EntryWriter
from hegui.rulebook.printing_ledger import ledger_lines
from hegui.rulebook.text import Bilingual, Language


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


class _Page(EntryWriter):
    """The whole of a pack."""

    def lines(self, pack: Pack) -> Iterator[str]:
        yield f"# {self.say('title', title=pack.title.say(self.language))}"
        yield from ("", pack.summary.say(self.language), "")
        about = {"version": pack.version, "checked_on": pack.checked_on.isoformat(), "digest": pack.digest[:16]}
        yield self.say("about", jurisdiction=self.where(pack), **about)
        yield from ("", self.say("gloss"), "")
        yield from self.reads(pack)
        yield from self.chapter("obligations", pack.obligations)
        yield from self.chapter("ladders", pack.ladders)
        yield from self.chapter("periods", pack.periods)
        for kind in pack.documents:
            yield from self.chapter("documents", kind.elements, kind.title.say(self.language))
        if pack.catalogue:
            yield from self.catalogue(pack.catalogue)
        if pack.ledger:
            yield from ledger_lines(self, pack.ledger)
        yield from self.chapter("checklist", pack.checklist.questions if pack.checklist else ())
        yield from self.to_sign(pack)

    def where(self, pack: Pack) -> str:
        """The place with its code, so that a local rule book cannot be taken for a national one."""
        if pack.jurisdiction == NATION:
            return self.say("say.nation")
        name = self.rulebook.places.name(pack.jurisdiction, self.language)
        return f"{name} {pack.jurisdiction}".strip()

    def to_sign(self, pack: Pack) -> Iterator[str]:
        """The whole hash, who signed what stands here, and a line for the next person."""
        yield from ("---", "", self.say("say.digest", digest=pack.digest), "")
        signature = self.rulebook.signature_of(pack.id)
        if signature:
            yield from (self.say("say.signed", by=signature.by, day=signature.on.isoformat()), "")
        yield self.say("sign")

    def catalogue(self, listed: ChemicalCatalogue) -> Iterator[str]:
        yield from (f"## {self.say('heading.catalogue')} · {listed.title.say(self.language)}", "")
        yield self.field("as_of", listed.as_of)
        yield self.field("source", listed.source.say(self.language))
        yield self.cited(listed.citations)
        yield self.field("status", self.say(f"status.{listed.status}"))
        if listed.note:
            yield self.field("note", listed.note.say(self.language))
        yield ""
        yield from (self.chemical(one) for one in listed.chemicals)
        yield ""

    def chemical(self, one: Chemical) -> str:
        """One line: number and name, then what narrows or widens the item."""
        aliases = one.aliases.say(self.language)
        told = [
            self.say("say.aliases", names=self.comma.join(aliases)) if aliases else "",
            f"CAS {self.comma.join(one.cas)}" if one.cas else "",
            self.say("say.grade", grade=one.grade) if one.grade else "",
            self.say("say.drug_type") if one.drug_type else "",
            self.say("say.salts") if one.salts else "",
            self.say("say.listed", year=one.since) if one.since else "",
            self.said(one.condition),
        ]
        named = f"- {one.id} {one.name.say(self.language)}"
        about = self.say("say.semicolon").join(filter(None, told))
        return self.say("say.chemical", named=named, about=about) if about else named

    def said(self, text: Bilingual | None) -> str:
        return text.say(self.language) if text else ""

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
