"""How well questions are answered: on development questions, and on phrasings that were left out.

Left out means: the n-th phrasing of every entry is taken out of the index together, and asked of it. So each
phrasing is asked of an index that has never seen it, and a handful of indexes is enough.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hegui.capabilities.answering.as_json import citations
from hegui.capabilities.answering.documents import documents
from hegui.capabilities.answering.index import SearchIndex, in_memory
from hegui.capabilities.answering.model import Answer
from hegui.capabilities.answering.service import Answering
from hegui.capabilities.answering.text import tokens
from hegui.foundation.errors import HeguiError
from hegui.rulebook.obligation import AskedAs
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.text import Language, Phrases

LANGUAGES: tuple[Language, ...] = ("zh", "en")
QUESTIONS, FOREIGN = "dev_questions.jsonl", "dev_out_of_scope.jsonl"
REFUSED_AT_LEAST = 0.95  # of foreign questions
ANSWERED_AT_LEAST = 0.9  # of questions in scope


class NoQuestions(HeguiError):
    """The folder holds no development questions."""


@dataclass(frozen=True)
class Asked:
    """A development question, its score, and what the best entries cite, best first."""

    id: str
    language: Language
    text: str
    domain: str
    expected: frozenset[tuple[str, int]]
    score: float
    best: tuple[str, ...]
    cited: tuple[tuple[str, int], ...]

    def right(self, among: int) -> bool:
        return bool(self.expected & set(self.cited[:among]))


def ask_all(answering: Answering, folder: Path, on: date) -> list[Asked]:
    """Every development question, asked without any threshold. Raises NoQuestions."""
    if not (folder / QUESTIONS).is_file():
        raise NoQuestions(f"There is no {QUESTIONS} in {folder}.")
    lines = [line for name in (QUESTIONS, FOREIGN) for line in (folder / name).read_text("utf-8").splitlines()]
    return [_ask(answering, json.loads(line), on) for line in lines if line.strip()]


def _ask(answering: Answering, told: dict[str, Any], on: date) -> Asked:
    answer = answering.best_guess(told["text"], told["lang"], on)
    named = [answer.found.id] if answer.found else []
    return Asked(
        id=str(told["id"]),
        language=told["lang"],
        text=told["text"],
        domain=told["domain"],
        expected=frozenset((e["law_zh"], e["article"]) for e in told["expected"]),
        score=answer.score,
        best=(*named, *(one.id for one in answer.suggestions)),
        cited=tuple(_cited(answer)),
    )


def _cited(answer: Answer) -> Iterator[tuple[str, int]]:
    yield from ((article.title, article.number) for article in citations(answer))


def tuned(asked: Sequence[Asked]) -> float:
    """Enough foreign questions refused, then enough of ours answered, then as many right as can be."""
    ours, foreign = [a for a in asked if a.expected], [a for a in asked if not a.expected]

    def worth(threshold: float) -> tuple[float, float, float]:
        refused, answered = (
            _share(foreign, lambda a: a.score < threshold),
            _share(ours, lambda a: a.score >= threshold),
        )
        right = _share(ours, lambda a: a.score >= threshold and a.right(3))
        return min(refused, REFUSED_AT_LEAST), min(answered, ANSWERED_AT_LEAST), right + refused

    scores = sorted({a.score for a in asked})
    return max((round((low + high) / 2, 4) for low, high in pairwise(scores)), key=worth)


def figures(asked: Sequence[Asked], threshold: float) -> dict[str, Any]:
    """What a threshold gives."""
    ours, foreign = [a for a in asked if a.expected], [a for a in asked if not a.expected]
    return {
        "questions": len(ours),
        "answered": _share(ours, lambda a: a.score >= threshold),
        "any_at_1": _share(ours, lambda a: a.score >= threshold and a.right(1)),
        "any_at_3": _share(ours, lambda a: a.score >= threshold and a.right(3)),
        "foreign_questions": len(foreign),
        "refused": _share(foreign, lambda a: a.score < threshold),
    }


def _share(asked: Sequence[Asked], holds: Callable[[Asked], bool]) -> float:
    return round(sum(holds(a) for a in asked) / len(asked), 3) if asked else 0.0


@dataclass(frozen=True)
class LeftOut:
    """A phrasing and the place of its entry (0 is first) in an index that does not hold it."""

    pack: str
    entry: str
    language: Language
    said: str
    place: int


def leave_out(rulebook: Rulebook) -> Iterator[LeftOut]:
    """Every phrasing of every entry. Entries of other places are not asked against each other."""
    rows = [(pack, asked) for pack in rulebook.packs for asked in pack.asked_as]
    most = max((len(getattr(a.asked_as, lang)) for _, a in rows for lang in LANGUAGES), default=0)
    read = lru_cache(maxsize=None)(tokens)
    for number in range(most):
        shortened = rulebook.model_copy(update={"packs": _without(rulebook.packs, number)})
        index = in_memory(documents(shortened, read))
        for pack, asked in rows:
            for language in LANGUAGES:
                phrases = getattr(asked.asked_as, language)
                if number < len(phrases):
                    yield _left_out(index, rulebook, pack, asked.entry, language, phrases[number])


def _left_out(index: SearchIndex, rulebook: Rulebook, pack: Pack, entry: str, language: Language, said: str) -> LeftOut:
    ranking = index.search(said).rules
    near = [hit.entry for hit in ranking if _meets(rulebook, pack, hit.pack)]
    return LeftOut(pack.id, entry, language, said, near.index(entry) if entry in near else len(near))


def _meets(rulebook: Rulebook, pack: Pack, other: str) -> bool:
    held = rulebook.pack(other)
    return held is not None and f"{pack.jurisdiction}-".startswith(f"{held.jurisdiction}-")


def _without(packs: Sequence[Pack], number: int) -> tuple[Pack, ...]:
    return tuple(
        pack.model_copy(update={"asked_as": tuple(_shortened(asked, number) for asked in pack.asked_as)})
        for pack in packs
    )


def _shortened(asked: AskedAs, number: int) -> AskedAs:
    kept = {lang: tuple(t for n, t in enumerate(getattr(asked.asked_as, lang)) if n != number) for lang in LANGUAGES}
    return asked.model_copy(update={"asked_as": Phrases(**kept)})
