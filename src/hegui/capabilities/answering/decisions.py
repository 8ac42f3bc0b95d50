"""Whether a question is answered, half understood, or not ours (pure)."""

from hegui.capabilities.answering.index import Hit, Ranking
from hegui.capabilities.answering.model import AnsweringModel, Status

DECOY_SHARE = 0.5
UNSURE_SPAN = 0.12  # so far below the threshold we still ask "do you mean ...?"
TIE = 0.05  # two duties of different fields that are closer than this: ask, do not guess
ALSO_MEANT = 0.7  # other duties with this share of the best score are named as well
MOST_SUGGESTIONS = 3


class Decision(AnsweringModel):
    """What to say: `matches` best first; the first is the answer when the status is answered."""

    status: Status
    score: float
    matches: tuple[Hit, ...] = ()
    suggestions: tuple[Hit, ...] = ()
    decoy: str | None = None


def score(ranking: Ranking) -> float:
    """How much of the question a duty explains, less what a foreign matter explains."""
    if not ranking.rules or not ranking.weight:
        return 0.0
    rules = ranking.rules[0].bm25 / ranking.weight
    return round(rules - DECOY_SHARE * _decoy_norm(ranking), 4)


def decide(ranking: Ranking, threshold: float) -> Decision:
    reached = score(ranking)
    near = tuple(hit for hit in ranking.rules[:MOST_SUGGESTIONS] if hit.bm25 >= ALSO_MEANT * ranking.rules[0].bm25)
    if reached >= threshold and near:
        if is_tie(ranking):
            return Decision(status="unsure", score=reached, suggestions=near)
        return Decision(status="answered", score=reached, matches=near[:1], suggestions=near[1:])
    decoy = _winning_decoy(ranking)
    if near and decoy is None and reached >= threshold - UNSURE_SPAN:
        return Decision(status="unsure", score=reached, suggestions=near)
    return Decision(status="abstained", score=reached, decoy=decoy)


def is_tie(ranking: Ranking) -> bool:
    if len(ranking.rules) < 2:
        return False
    best, second = ranking.rules[:2]
    return best.pack != second.pack and second.bm25 >= (1 - TIE) * best.bm25


def _decoy_norm(ranking: Ranking) -> float:
    return ranking.decoys[0].bm25 / ranking.weight if ranking.decoys else 0.0


def _winning_decoy(ranking: Ranking) -> str | None:
    """The foreign matter that explains the question better than any duty does."""
    if not ranking.decoys:
        return None
    best = ranking.decoys[0]
    return best.entry if not ranking.rules or best.bm25 > ranking.rules[0].bm25 else None
