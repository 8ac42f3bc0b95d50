"""Citations as people read them: 《网络安全法》第二十三条第（一）项, and what the article was called on another day.

Total: every citation of a register gives a text and a state. Status (据转引, 待核) is carried along for the screens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hegui.rulebook.law import Citation, Law, Version
from hegui.rulebook.numerals import chinese, heading
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Bilingual, Language, Status

MARKS: Mapping[Status, Bilingual] = {
    Status.SECONDARY: Bilingual(zh="（据转引，待核）", en="(from a secondary copy, to be checked)"),
    Status.UNVERIFIED: Bilingual(zh="（未核实）", en="(not confirmed)"),
}

State = Literal["verified", "renumbered", "outside-coverage"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in words.

    verified: the article is the one in force on the day asked for, under its number of that day.
    renumbered: the version cited has been followed by another in which the article has another number, given here.
    outside-coverage: what held on that day is not known; the text names the article as it was cited.
    `renumbered_from` is the article as cited where the number given is another one.
    """

    text: str
    law: str
    title: str
    article: int
    state: State
    status: Status
    renumbered_from: int | None = None


def cite(citation: Citation, rulebook: Rulebook, language: Language, on: date) -> Cited:
    """The citation in words, as of a day."""
    law = rulebook.law(citation.law)
    if law is None:
        text = _place(citation, citation.law, language)
        return Cited(text, citation.law, citation.law, citation.article, "outside-coverage", citation.status)
    shown, state = _as_of(citation, law, on)
    moved = citation.article if shown.article != citation.article else None
    title = law.title if language == "zh" else law.english
    text = _place(shown, _name(law, language), language)
    return Cited(text, law.id, title, shown.article, state, citation.status, moved)


def as_cited(citation: Citation, rulebook: Rulebook, language: Language) -> str:
    """The citation in words under the number of the version it cites, marked where it was not checked."""
    law = rulebook.law(citation.law)
    return _place(citation, _name(law, language) if law else citation.law, language) + mark(citation.status, language)


def cite_all(rulebook: Rulebook, citations: Iterable[Citation], language: Language) -> str:
    """Several citations in one line."""
    return ("、" if language == "zh" else "; ").join(as_cited(c, rulebook, language) for c in citations)


def mark(status: Status, language: Language) -> str:
    """What is said after something that was not checked in the text itself; nothing where it was."""
    said = MARKS.get(status)
    if said is None:
        return ""
    return said.zh if language == "zh" else f" {said.en}"


def _as_of(citation: Citation, law: Law, on: date) -> tuple[Citation, State]:
    """The citation under the number it had on a day, and how sure that is."""
    cited = law.version_of(citation.version) if citation.version else None
    held = law.version_on(on)
    if cited is None or held is None:
        return citation, "outside-coverage"
    if held == cited:
        return citation, "verified"
    moved = _moved(citation.article, law, cited, held) if citation.inserted is None else None
    if moved is None:
        return citation, "outside-coverage"
    # Reviewed pairs are of whole articles: paragraphs and items may differ between the versions.
    there = citation.model_copy(update={"article": moved, "version": held.effective, "paragraph": None, "item": None})
    return there, "verified" if held.effective < cited.effective else "renumbered"


def _moved(article: int, law: Law, cited: Version, held: Version) -> int | None:
    """The article's number in another version, where exactly one reviewed pair tells it."""
    for table in law.renumbered:
        if (table.old, table.new) == (cited.effective, held.effective):
            return table.articles.get(article)
        if (table.old, table.new) == (held.effective, cited.effective):
            before = [old for old, new in table.articles.items() if new == article]
            return before[0] if len(before) == 1 else None
    return None


def _name(law: Law, language: Language) -> str:
    if language == "zh":
        return law.name
    return law.english_short[0] if law.english_short else law.english


def _place(citation: Citation, name: str, language: Language) -> str:
    return _place_zh(citation, name) if language == "zh" else _place_en(citation, name)


def _place_zh(citation: Citation, name: str) -> str:
    text = f"《{name}》{heading(citation.article, citation.inserted)}"
    if citation.paragraph:
        text += f"第{chinese(citation.paragraph)}款"
    if citation.item:
        text += f"第（{chinese(citation.item)}）项"
    return text


def _place_en(citation: Citation, name: str) -> str:
    """A paragraph is written para. where an item follows, since a bare number in brackets would not say which."""
    article = f"{citation.article}-{citation.inserted}" if citation.inserted else str(citation.article)
    if citation.paragraph and citation.item:
        return f"{name}, Art. {article}, para. {citation.paragraph}, item ({citation.item})"
    if citation.paragraph:
        return f"{name}, Art. {article}, para. {citation.paragraph}"
    return f"{name}, Art. {article}({citation.item})" if citation.item else f"{name}, Art. {article}"
