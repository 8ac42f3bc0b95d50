"""Answer, ask back or abstain."""

import pytest

from hegui.capabilities.answering.decisions import UNSURE_SPAN, decide, score
from hegui.capabilities.answering.index import Hit, Ranking

WEIGHT = 10.0


def hit(entry: str, bm25: float, pack: str = "network-security") -> Hit:
    return Hit(entry=entry, pack=pack, bm25=bm25)


def ranking(*rules: Hit, decoys: tuple[Hit, ...] = ()) -> Ranking:
    return Ranking(rules=rules, decoys=decoys, weight=WEIGHT)


def test_a_decoy_takes_what_it_explains() -> None:
    assert score(ranking(hit("N04", 8), decoys=(hit("labour", 3),))) == pytest.approx(0.5)


def test_a_question_that_shares_no_word_scores_nothing() -> None:
    assert score(Ranking(weight=WEIGHT)) == 0
    assert decide(Ranking(), 0.2).status == "abstained"


def test_a_score_on_the_threshold_is_answered() -> None:
    decision = decide(ranking(hit("N04", 5)), 0.5)
    assert decision.status == "answered"
    assert decision.match == hit("N04", 5)


def test_a_score_just_below_the_threshold_asks_what_was_meant() -> None:
    decision = decide(ranking(hit("N04", 4.9), hit("N05", 4), hit("N01", 1)), 0.5)
    assert decision.status == "unsure"
    assert decision.match is None
    assert [h.entry for h in decision.suggestions] == ["N04", "N05"]


def test_a_score_far_below_the_threshold_is_not_answered() -> None:
    decision = decide(ranking(hit("N04", (0.5 - UNSURE_SPAN) * WEIGHT - 0.1)), 0.5)
    assert decision.status == "abstained"
    assert decision.suggestions == ()


def test_a_decoy_that_explains_more_than_any_duty_is_named() -> None:
    decision = decide(ranking(hit("N04", 3), decoys=(hit("labour", 6),)), 0.5)
    assert (decision.status, decision.decoy) == ("abstained", "labour")


def test_a_decoy_that_explains_less_is_not_named() -> None:
    assert decide(ranking(hit("N04", 3), decoys=(hit("labour", 2),)), 0.5).decoy is None


def test_at_most_three_duties_are_suggested() -> None:
    near = [hit(f"N0{n}", 4.5) for n in range(1, 6)]
    assert len(decide(ranking(*near), 0.5).suggestions) == 3


def test_close_duties_of_the_same_field_are_named_beside_the_answer() -> None:
    decision = decide(ranking(hit("N04", 9), hit("N03", 8.9), hit("N02", 2)), 0.5)
    assert decision.status == "answered"
    assert [h.entry for h in decision.suggestions] == ["N03"]


def test_two_fields_that_fit_equally_well_are_asked_about() -> None:
    decision = decide(ranking(hit("N04", 9), hit("H01", 8.8, pack="hotel")), 0.5)
    assert decision.status == "unsure"
    assert [h.entry for h in decision.suggestions] == ["N04", "H01"]


def test_a_field_that_fits_clearly_better_is_answered() -> None:
    assert decide(ranking(hit("N04", 9), hit("H01", 8, pack="hotel")), 0.5).status == "answered"
