"""The sentences of a document that can prove something (pure).

Left out: headings, tables of contents, empty places. Struck out: what a clause denies or puts off. Marked: sentences
that define a word or tell what a law says, and lists of things that are named and no more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hegui.capabilities.document_check.grammar import (
    ENDS_CASE,
    OPENS,
    TITLE,
    clauses,
    form_of,
    label_of,
    names_a_reason,
    sentences,
    tells_a_text,
    without_number,
)
from hegui.capabilities.document_check.judging.words import GAP, STRUCK, pattern
from hegui.capabilities.document_check.model import Document, Paragraph, Shown
from hegui.rulebook.document_words import DocumentWords

OWN_OBJECT = 6
"""A denial with no more than this beside it in its clause is about the clause before: 数据备份，本制度暂不涉及。"""

NAMED_THINGS = 2
EMPTY = re.compile(r"[（()）\[\]【】_\s.。…—-]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. `text` is what counts of it; `plain` has no titles of texts either; `context` stands above it.

    `heading` is the nearest heading, or the label that its paragraph begins with.
    """

    shown: Shown
    text: str
    plain: str
    context: str
    paragraph: int
    section: int
    defines: bool
    heading: str


class PassageReader:
    """Reads a document with the words of a pack; `laws` are names of laws, which count like titles."""

    def __init__(self, words: DocumentWords, laws: Sequence[str]) -> None:
        self._words = words
        named = sorted({law for law in laws if len(law) > 2}, key=len, reverse=True)
        self._laws = re.compile("|".join(map(re.escape, named)) or r"(?!)")
        denying = (*words.deferrals, *words.negations)
        self._could_deny = re.compile("|".join(sorted({re.escape(word.split(GAP)[0]) for word in denying})))
        self._recital = tells_a_text(words.recitals)
        self._grounds = names_a_reason(words.grounds)

    def passages(self, document: Document) -> list[Passage]:
        """Every sentence that is text, in order."""
        return list(self._of(document.paragraphs))

    def _of(self, paragraphs: Sequence[Paragraph]) -> Iterator[Passage]:
        section, opening = 0, ""
        for number, paragraph in enumerate(paragraphs):
            if number and paragraph.place.headings != paragraphs[number - 1].place.headings:
                section, opening = section + 1, ""
            if paragraph.is_heading or paragraph.is_toc or paragraph.is_title:
                continue
            item = form_of(paragraph.text) is not None
            label = label_of(paragraph.text)
            context = "\n".join((*paragraph.place.headings, paragraph.above, label, opening if item else ""))
            heading = label or _nearest(paragraph.place.headings)
            for sentence in sentences(paragraph.text):
                if not self._is_empty(sentence):
                    yield self._passage(paragraph, sentence, context, heading, (number, section))
            if paragraph.text.endswith(OPENS):
                opening = paragraph.text
            elif not item:
                opening = ""

    def _passage(
        self, paragraph: Paragraph, sentence: str, context: str, heading: str, place: tuple[int, int]
    ) -> Passage:
        text = self._counting(sentence)
        plain = self._laws.sub(_struck, TITLE.sub(_struck, text))
        defines = any(word in sentence for word in self._words.definitions)
        return Passage(Shown(paragraph.place, sentence), text, plain, context, *place, defines, heading)

    def _is_empty(self, sentence: str) -> bool:
        bare = EMPTY.sub("", sentence)
        return not bare or bare in self._words.placeholders

    def _counting(self, sentence: str) -> str:
        """The sentence with everything struck out that promises nothing."""
        if self._tells_a_law(sentence) or self._only_names(sentence):
            return STRUCK * len(sentence)
        if not self._could_deny.search(sentence):
            return sentence
        parts = clauses(sentence)
        out: set[tuple[int, int]] = set()
        for before, part in pairwise([(0, 0), *parts]):
            clause = sentence[slice(*part)]
            if (denied := self.denial(clause)) is None:
                continue
            out.add(part)
            if denied:
                out.add(before)
        for start, end in out:
            sentence = sentence[:start] + STRUCK * (end - start) + sentence[end:]
        return sentence

    def denial(self, clause: str) -> bool | None:
        """None where a clause denies nothing; True where what it denies stands in the clause before."""
        for word in self._words.deferrals:
            if word in clause:
                return clause.index(word) + len(word) <= OWN_OBJECT
        if clause.endswith(ENDS_CASE):
            return None  # 未建立台账的，……: a case that is provided for
        for word in self._words.negations:
            if (found := pattern(word).search(clause)) is None:
                continue
            if not _has(self._words.prohibitions, clause[: found.start()]):
                return found.start() <= OWN_OBJECT and len(clause) - found.end() <= 1
        return None

    def _tells_a_law(self, sentence: str) -> bool:
        if _has(self._words.addressees, sentence) and not _has(self._words.enterprise, sentence):
            return True
        return bool(self._recital.search(sentence)) and not self._grounds.search(sentence)

    def _only_names(self, sentence: str) -> bool:
        named = sentence.count("、") >= NAMED_THINGS
        return named and sentence.rstrip("。；;!！").endswith(self._words.mentions)


def _nearest(headings: Sequence[str]) -> str:
    """The last heading that says something: 第三条 alone does not."""
    return next((bare for one in reversed(headings) if (bare := without_number(one))), "")


def _has(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _struck(found: re.Match[str]) -> str:
    return STRUCK * len(found.group())
