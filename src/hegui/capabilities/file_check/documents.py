"""The examiner of policies and plans (文书体检): what they hold and where, what they lack, for a phone."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hegui.capabilities.document_check.judging.answers import AgainstAnswer, against_answers
from hegui.capabilities.document_check.model import Judged, Report
from hegui.capabilities.document_check.report import Wording, quote
from hegui.capabilities.document_check.service import DocumentBooks, check
from hegui.capabilities.document_check.skeleton import skeleton
from hegui.capabilities.document_check.task import OUTCOME
from hegui.capabilities.file_check.model import Fact, FileTask, UploadedFile, Work
from hegui.conversation.reply import Draft
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.foundation.untrusted.guard import DOCUMENTS
from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.document import Element
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual, Language

FIRST_SHOWN = 5  # missing elements that the summary names
ON_A_PAGE = 4
STATES = {"found": "found", "missing": "lacking", "unreadable": "unreadable"}


class DocumentExaminer:
    """Looks at one kind of document. `given["answers"]` are those of the person's last self-check."""

    formats = DOCUMENTS
    compares_answers = True

    def __init__(self, kind: str, pack: str, rulebook: Rulebook, catalogue: Catalogue) -> None:
        self.kind = kind
        self.pack = pack
        self._rulebook = rulebook
        self._catalogue = catalogue

    async def examine(self, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = OUTCOME.dump_python(await check(path, self._books), mode="json")
        return told

    @property
    def _books(self) -> DocumentBooks:
        return DocumentBooks.of(self._rulebook, self.kind)

    def _report(self, found: FileTask) -> Report:
        return OUTCOME.validate_python(found.result)

    def _against(self, found: FileTask) -> tuple[AgainstAnswer, ...]:
        return against_answers(self._report(found), self._books.kind, found.given.get("answers", {}))

    # ---- pages ---------------------------------------------------------------------------------------------------

    def page(self, say: Texts, file: UploadedFile, found: FileTask, number: int | None) -> Draft:
        report = self._report(found)
        wording = Wording(report, self._books.kind, self._rulebook, say)
        if number is None:
            return self._summary(say, file, report, wording, self._against(found))
        draft = Draft().heading(say("file.document.page", name=file.name, number=number + 1, of=self.pages(found)))
        for one in self._batches(report)[number]:
            self._element(draft, one, wording, say)
        return draft

    def pages(self, found: FileTask) -> int:
        return len(self._batches(self._report(found)))

    def _batches(self, report: Report) -> list[tuple[Judged, ...]]:
        """What is missing first, then what could not be read, then what is there."""
        order = ("missing", "unreadable", "found")
        ordered = sorted(report.judged, key=lambda one: order.index(one.state))
        return [tuple(ordered[start : start + ON_A_PAGE]) for start in range(0, len(ordered), ON_A_PAGE)]

    def _summary(
        self, say: Texts, file: UploadedFile, report: Report, wording: Wording, against: Sequence[AgainstAnswer]
    ) -> Draft:
        draft = Draft().heading(say("file.document.heading", name=file.name))
        states = ("found", "missing", "unreadable")
        counts = {state: sum(one.state == state for one in report.judged) for state in states}
        draft.text(say("document.summary", title=self._books.kind.title.say(say.language), **counts))
        for remark in wording.remarks():
            draft.note(remark)
        for told in wording.as_json()["contradictions"]:
            draft.item(say("document.contradiction", element=told["name"], message=told["message"]))
            draft.quote(say("document.evidence", where=told["where"], quote=told["quote"]))
        for one in against:
            draft.item(wording.against(one))
        missing = [one for one in report.judged if one.state == "missing"]
        if missing:
            names = say("document.comma").join(self._name(one, say.language) for one in missing[:FIRST_SHOWN])
            more = len(missing) - FIRST_SHOWN
            draft.text(say("file.document.missing", names=names) + (say("file.document.more", count=more) * (more > 0)))
        if not self._rulebook.is_signed(self.pack):
            draft.note(say("answering.unsigned"))
        return draft.note(say("file.document.limits"))

    def _element(self, draft: Draft, one: Judged, wording: Wording, say: Texts) -> None:
        name = self._name(one, say.language)
        draft.heading(say(f"file.document.{STATES[one.state]}", element=one.element, name=name))
        if note := wording.note(one):
            draft.note(note)
        if one.state == "found" and one.shown:
            where = wording.where(one.shown.place)
            draft.quote(say("document.evidence", where=where, quote=quote(one.shown.sentence)))
        elif one.state == "missing":
            for line in wording.outline(one.element):
                draft.item(line)

    def _name(self, one: Judged, language: Language) -> str:
        return self._elements[one.element].name.say(language)

    @property
    def _elements(self) -> Mapping[str, Element]:
        return {element.id: element for element in self._books.kind.elements}

    # ---- what can be done with it ----------------------------------------------------------------------------------

    def offers(self, found: FileTask) -> tuple[Work, ...]:
        return ("skeleton",)

    async def make(self, work: Work, file: UploadedFile, path: Path, found: FileTask, target: Path) -> str:
        if work != "skeleton":
            raise Refusal("conversation.old_button")
        say = Texts(self._catalogue, found.language)
        facts = {say("document.skeleton.enterprise"): str(found.given.get("unit_name", ""))}
        target.write_bytes(skeleton(self._books.kind, say, facts))
        return say("file.document.skeleton_name", title=self._books.kind.title.say(say.language))

    def facts(self, say: Texts, found: FileTask) -> tuple[Fact, ...]:
        return ()

    def faults(self, say: Texts, found: FileTask) -> tuple[YesNo, ...]:
        """What goes against the law, and what a text asks for and is missing; what was only derived is advice."""
        return tuple(self._faults(self._report(found)))

    def _faults(self, report: Report) -> Iterator[YesNo]:
        against = {one.element: one for one in report.contradictions}
        for one in report.judged:
            element = self._elements[one.element]
            if one.element in against:
                conflict = element.conflicts[against[one.element].conflict]
                yield _question(element, conflict.says, "high", conflict.citations)
            elif one.state == "missing" and element.basis != "derived":
                yield _question(element, self._both("file.document.lacks", element), "medium", element.citations)

    def _both(self, key: str, element: Element) -> Bilingual:
        zh, en = (Texts(self._catalogue, language)(key, name=element.name.say(language)) for language in ("zh", "en"))
        return Bilingual(zh=zh, en=en)


def _question(element: Element, finding: Bilingual, weight: Any, citations: Any) -> YesNo:
    remedy = element.outline[0] if element.outline else None
    return YesNo(
        id=element.id,
        kind="yes_no",
        text=element.name,
        finding=finding,
        remedy=remedy,
        citations=citations,
        weight=weight,
    )
