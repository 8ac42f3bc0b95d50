"""A report in words, and as scripts read it (the contract of `hegui check document --json`) (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any

from hegui.capabilities.document_check.judging.answers import AgainstAnswer
from hegui.capabilities.document_check.model import WHOLE_FILE, Contradiction, Judged, Place, Report, Shown
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.citing import as_cited
from hegui.rulebook.document import DocumentKind, Element
from hegui.rulebook.law import Citation
from hegui.rulebook.pack import Rulebook

LONGEST_QUOTE = 120
LONGEST_MENTION = 40
SIGNS = {"found": "✓", "missing": "✗", "unreadable": "?"}


class Wording:
    """Says a report in one language."""

    def __init__(self, report: Report, kind: DocumentKind, rulebook: Rulebook, say: Texts) -> None:
        self._report = report
        self._kind = kind
        self._rulebook = rulebook
        self._say = say
        self._elements: Mapping[str, Element] = {element.id: element for element in kind.elements}

    def as_json(self, against: tuple[AgainstAnswer, ...] = ()) -> dict[str, Any]:
        report = self._report
        return {
            "kind": report.kind,
            "scanned": report.scanned,
            "elements": [self._element(one) for one in report.judged],
            "contradictions": [self._contradiction(one) for one in report.contradictions],
            "against_answers": [self._against(one) for one in against],
            "recognised": report.recognised,
            "pages": report.pages,
            "scanned_pages": list(report.scanned_pages),
            "blanks": report.blanks,
            "remarks": list(self.remarks()),
        }

    def lines(self, against: tuple[AgainstAnswer, ...] = ()) -> Iterator[str]:
        """The report for people: what goes against the law first, then what is missing, then what is there."""
        say, report = self._say, self._report
        counts = {state: sum(one.state == state for one in report.judged) for state in SIGNS}
        yield say("document.summary", title=self._kind.title.say(say.language), **counts)
        yield from self.remarks()
        for one in report.contradictions:
            yield ""
            yield say("document.contradiction", element=self._name(one.element), message=self._conflict(one))
            yield say("document.evidence", where=self.where(one.shown.place), quote=quote(one.shown.sentence))
        for against_one in against:
            yield self.against(against_one)
        for state in ("missing", "unreadable", "found"):
            yield from self._block(state)

    def _block(self, state: str) -> Iterator[str]:
        judged = [one for one in self._report.judged if one.state == state]
        if not judged:
            return
        yield ""
        yield self._say(f"document.heading.{state}")
        for one in judged:
            note = self.note(one)
            yield f"{SIGNS[state]} {one.element} {self._name(one.element)}" + (f" – {note}" if note else "")
            if state == "found" and one.shown:
                yield "  " + self._evidence(one.shown)
            elif state == "missing":
                yield from (f"  + {line}" for line in self.outline(one.element))

    def remarks(self) -> Iterator[str]:
        """What concerns the whole file."""
        say, report = self._say, self._report
        whole = report.scanned_pages == (WHOLE_FILE,) or len(report.scanned_pages) == report.pages
        if report.recognised:
            yield say("document.recognised")
        elif report.scanned_pages and whole:
            yield say("document.scan")
        elif report.scanned_pages:
            yield say("document.scan_pages", pages=say("document.comma").join(map(str, report.scanned_pages)))
        if report.blanks:
            yield say("document.blanks", count=report.blanks)

    def where(self, place: Place) -> str:
        """The place in words: headings, page, row of a table, and whether it stands beside the text."""
        say = self._say
        parts = [say("document.where.headings", headings=" › ".join(place.headings))] if place.headings else []
        if place.page:
            parts.append(say("document.where.page", page=place.page))
        if place.table and place.column:
            parts.append(say("document.where.cell", table=place.table, row=place.row, column=place.column))
        elif place.table:
            parts.append(say("document.where.row", table=place.table, row=place.row))
        if place.source != "body" or not parts:
            parts.append(say(f"document.source.{place.source}"))
        return say("document.comma").join(parts)

    def note(self, one: Judged) -> str:
        """What a person should know about one element besides its state; empty where that is nothing."""
        say = self._say
        notes = []
        if one.not_applicable:
            notes.append(say("document.note.not_applicable"))
        if one.state == "unreadable" or self._report.recognised:
            notes.append(say("document.note.look"))
        if one.state == "missing":
            notes.append(self._why_missing(one))
        return say("document.stop").join(notes)

    def _why_missing(self, one: Judged) -> str:
        say = self._say
        element = self._elements[one.element]
        if one.shown and len(one.lacking) < len(element.parts):
            lacking = say("document.comma").join(element.parts[number].name.say(say.language) for number in one.lacking)
            return say("document.note.lacking", lacking=lacking)
        if one.mentioned:
            quoted = quote(one.mentioned.sentence, LONGEST_MENTION)
            return say("document.note.mentioned", where=self.where(one.mentioned.place), quote=quoted)
        return say("document.note.nothing")

    def outline(self, element: str) -> tuple[str, ...]:
        """Sentences to fill in."""
        return tuple(line.say(self._say.language) for line in self._elements[element].outline)

    def _element(self, one: Judged) -> dict[str, Any]:
        element = self._elements[one.element]
        told: dict[str, Any] = {"id": one.element, "name": self._name(one.element), "state": one.state}
        if one.state == "found" and one.shown:
            told |= self._shown(one.shown)
        if note := self.note(one):
            told["note"] = note
        if one.not_applicable:
            told["not_applicable"] = True
        if one.state != "found":
            told["outline"] = list(self.outline(one.element))
        told["basis"] = element.basis
        told["citations"] = [self._cited(citation) for citation in element.citations]
        return told

    def _contradiction(self, one: Contradiction) -> dict[str, Any]:
        conflict = self._elements[one.element].conflicts[one.conflict]
        return {
            "element": one.element,
            "name": self._name(one.element),
            "message": self._conflict(one),
            **self._shown(one.shown),
            "citations": [self._cited(citation) for citation in conflict.citations],
        }

    def _against(self, one: AgainstAnswer) -> dict[str, Any]:
        shown = self._shown(one.shown) if one.shown else {}
        said = {"element": one.element, "question": one.question, "answer": one.answer, "difference": one.difference}
        return {**said, "message": self.against(one), **shown}

    def against(self, one: AgainstAnswer) -> str:
        """One sentence on an element that the self-check tells differently."""
        return self._say(f"document.against.{one.difference}", element=self._name(one.element), question=one.question)

    def _conflict(self, one: Contradiction) -> str:
        conflict = self._elements[one.element].conflicts[one.conflict]
        language = self._say.language
        cited = self._say("document.comma").join(as_cited(c, self._rulebook, language) for c in conflict.citations)
        message = self._say("document.against_law", says=conflict.says.say(language), cited=cited)
        return message + self._say("document.note.look_too") if self._report.recognised else message

    def _shown(self, shown: Shown) -> dict[str, Any]:
        place = shown.place
        told: dict[str, Any] = {"where": self.where(place), "quote": quote(shown.sentence)}
        told["headings"] = list(place.headings)
        numbers = {"page": place.page, "table": place.table, "row": place.row, "column": place.column}
        return told | {name: number for name, number in numbers.items() if number is not None}

    def _evidence(self, shown: Shown) -> str:
        return self._say("document.evidence", where=self.where(shown.place), quote=quote(shown.sentence))

    def _name(self, element: str) -> str:
        return self._elements[element].name.say(self._say.language)

    def _cited(self, citation: Citation) -> dict[str, Any]:
        law = self._rulebook.law(citation.law)
        places = {"inserted": citation.inserted, "paragraph": citation.paragraph, "item": citation.item}
        return {
            "law": law.title if law else citation.law,
            "article": citation.article,
            **{name: number for name, number in places.items() if number is not None},
            "text": as_cited(citation, self._rulebook, self._say.language),
        }


def quote(sentence: str, longest: int = LONGEST_QUOTE) -> str:
    """A sentence that is short enough to show."""
    shown = " ".join(sentence.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
