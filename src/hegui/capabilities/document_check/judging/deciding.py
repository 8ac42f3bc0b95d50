"""Judges one document by the elements of its kind (pure)."""

from collections.abc import Sequence

from hegui.capabilities.document_check.grammar import BLANK
from hegui.capabilities.document_check.judging.conflicting import contradictions
from hegui.capabilities.document_check.judging.passages import Passage, PassageReader
from hegui.capabilities.document_check.judging.proving import Prover
from hegui.capabilities.document_check.judging.words import any_stands_in
from hegui.capabilities.document_check.model import Contradiction, Document, Judged, Report, Shown
from hegui.rulebook.document import DocumentKind, Element
from hegui.rulebook.document_words import DocumentWords


def examine(document: Document, kind: DocumentKind, words: DocumentWords, laws: Sequence[str]) -> Report:
    """The state of each element, and what goes against the law. Where pages could not be read, nothing is missing."""
    passages = PassageReader(words, laws).passages(document)
    against = tuple(one for element in kind.elements for one in contradictions(element, passages))
    judge = _Judge(document, passages, words, _outright(kind, against))
    return Report(
        kind=kind.id,
        judged=tuple(judge.element(element) for element in kind.elements),
        contradictions=against,
        scanned_pages=document.scanned_pages,
        recognised=document.recognised,
        pages=document.pages,
        blanks=sum(len(BLANK.findall(paragraph.text)) for paragraph in document.paragraphs),
    )


def _outright(kind: DocumentKind, against: Sequence[Contradiction]) -> frozenset[tuple[str, Shown]]:
    """Elements with the sentences that say their very opposite: no length of time is at stake there."""
    by_id = {element.id: element for element in kind.elements}
    opposite = []
    for one in against:
        conflict = by_id[one.element].conflicts[one.conflict]
        if conflict.shorter_than is None and conflict.longer_than is None:
            opposite.append((one.element, one.shown))
    return frozenset(opposite)


class _Judge:
    def __init__(
        self,
        document: Document,
        passages: list[Passage],
        words: DocumentWords,
        opposite: frozenset[tuple[str, Shown]],
    ) -> None:
        self._opposite = opposite
        self._document = document
        self._passages = passages
        self._words = words
        self._prover = Prover(passages)
        self._not_whole = document.recognised or bool(document.scanned_pages)

    def element(self, element: Element) -> Judged:
        shown = [self._prover.shows(part, element.cues) for part in element.parts]
        lacking = tuple(number for number, found in enumerate(shown) if found is None)
        first = next((found for found in shown if found is not None), None)
        proof = self._passages[first].shown if first is not None else None
        if element.parts and not lacking and (element.id, proof) not in self._opposite:
            return Judged(element.id, "found", proof)
        if waived := self._not_applicable(element):
            return Judged(element.id, "found", waived, not_applicable=True)
        if self._not_whole:
            return Judged(element.id, "unreadable", proof, lacking)
        return Judged(element.id, "missing", proof, lacking, self._mention(element))

    def _not_applicable(self, element: Element) -> Shown | None:
        """Where the document says that the enterprise has no such business."""
        for passage in self._passages:
            sentence = passage.shown.sentence
            if any_stands_in(element.business, sentence) and self._is_waiver(sentence):
                return passage.shown
        return None

    def _is_waiver(self, sentence: str) -> bool:
        return any_stands_in(self._words.absences, sentence) and not any_stands_in(
            (*self._words.own_text, *self._words.deferrals), sentence
        )

    def _mention(self, element: Element) -> Shown | None:
        """Where the matter is named, in a heading, a list or anywhere: the person then knows where to write."""
        for paragraph in self._document.paragraphs:
            if not paragraph.is_toc and any_stands_in(element.cues, paragraph.text):
                return Shown(paragraph.place, paragraph.text)
        return None
