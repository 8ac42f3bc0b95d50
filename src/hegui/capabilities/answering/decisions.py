"""Whether a question is answered, half understood, or not ours (pure)."""

from hegui.capabilities.answering.index import Hit, Ranking
from hegui.capabilities.answering.model import AnsweringModel, AnswerStatus

DECOY_SHARE = 1.0
CONTRAST_SHARE = 0.3
NO_CONTRAST = 0.75  # what is assumed where no other laws were imported to compare with
UNSURE_SPAN = 0.1  # so far below the threshold we still ask "do you mean ...?"
TIE = 0.05  # two duties of different fields that are closer than this: ask, do not guess
ALSO_MEANT = 0.7  # other duties with this share of the best score are named as well
MOST_SUGGESTIONS = 3


class Decision(AnsweringModel):
    """What to say. `match` is the answer, where there is one; `suggestions` may be meant as well, best first."""

    status: AnswerStatus
    score: float
    match: Hit | None = None
    suggestions: tuple[Hit, ...] = ()
    decoy: str | None = None


def score(ranking: Ranking, contrast: float = NO_CONTRAST) -> float:
    """How much of the question a duty explains, less what a foreign matter explains.

    Where other laws are there to compare with, it also counts how much better our laws fit the question.
    """
    if not ranking.rules or not ranking.weight:
        return 0.0
    foreign = ranking.decoys[0].bm25 if ranking.decoys else 0.0
    explained = (ranking.rules[0].bm25 - DECOY_SHARE * foreign) / ranking.weight
    return round(explained + CONTRAST_SHARE * (contrast - NO_CONTRAST), 4)


def decide(ranking: Ranking, threshold: float, contrast: float = NO_CONTRAST) -> Decision:
    reached = score(ranking, contrast)
    near = also_meant(ranking)
    if near and reached >= threshold:
        if is_tie(ranking):
            return Decision(status="unsure", score=reached, suggestions=near)
        return Decision(status="answered", score=reached, match=near[0], suggestions=near[1:])
    decoy = winning_decoy(ranking)
    if near and decoy is None and reached >= threshold - UNSURE_SPAN:
        return Decision(status="unsure", score=reached, suggestions=near)
    return Decision(status="abstained", score=reached, decoy=decoy)


def by_article(hits: tuple[Hit, ...], older: tuple[Hit, ...] = ()) -> Decision:
    """The question named an article: the entries that cite it answer, or nothing does.

    Where only the older article of that number is known, what became of it may be meant.
    """
    if not hits and older:
        return Decision(status="unsure", score=older[0].bm25, suggestions=older[:MOST_SUGGESTIONS])
    if not hits:
        return Decision(status="abstained", score=0.0)
    return Decision(status="answered", score=hits[0].bm25, match=hits[0], suggestions=hits[1 : MOST_SUGGESTIONS + 1])


def also_meant(ranking: Ranking) -> tuple[Hit, ...]:
    """The best duty and those close behind it."""
    first = ranking.rules[:MOST_SUGGESTIONS]
    return tuple(hit for hit in first if hit.bm25 >= ALSO_MEANT * first[0].bm25)


def is_tie(ranking: Ranking) -> bool:
    if len(ranking.rules) < 2:
        return False
    best, second = ranking.rules[:2]
    return best.pack != second.pack and second.bm25 >= (1 - TIE) * best.bm25


def winning_decoy(ranking: Ranking) -> str | None:
    """The foreign matter that explains the question better than any duty does."""
    if not ranking.decoys:
        return None
    best = ranking.decoys[0]
    return best.entry if not ranking.rules or best.bm25 > ranking.rules[0].bm25 else None
