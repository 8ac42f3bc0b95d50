"""A question that names an article is answered by what cites it, or not at all."""

from datetime import date

import pytest

from hegui.capabilities.answering.service import Answering
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def answering(rulebook: Rulebook) -> Answering:
    return Answering(rulebook)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("网络安全法第27条说什么", "N07"),
        ("《中华人民共和国网络安全法》第二十七条", "N07"),
        ("網絡安全法第２７條", "N07"),
        ("网安法27条", "N07"),
        ("What does Article 27 of the Cybersecurity Law say?", "N07"),
        ("Cybersecurity Law, Art. 27", "N07"),
        ("网络安全法第六十一条", "P1"),
    ],
)
def test_an_article_leads_to_what_cites_it(answering: Answering, question: str, entry: str) -> None:
    answer = answering.ask(question, None, TODAY)
    assert answer.found is not None
    assert answer.found.id == entry


@pytest.mark.parametrize("question", ["网络安全法第七十九条", "Article 5 of the Cybersecurity Law"])
def test_an_article_that_nothing_cites_is_not_guessed_at(answering: Answering, question: str) -> None:
    assert answering.ask(question, None, TODAY).status == "abstained"


def test_an_older_number_leads_to_what_may_be_meant(answering: Answering) -> None:
    answer = answering.ask("网络安全法第21条", "zh", TODAY)
    assert answer.status == "unsure"
    assert answer.named[0].then == 23
    assert "N01" in {named.id for named in answer.suggestions}


def test_a_number_without_a_law_asks_which_one(answering: Answering) -> None:
    answer = answering.ask("第21条说的是什么", "zh", TODAY)
    assert (answer.status, answer.asks_which_law) == ("unsure", 21)


def test_the_number_is_read_as_it_was_on_the_day_asked_for(answering: Answering) -> None:
    before = answering.ask("网络安全法第25条", "zh", date(2025, 6, 1))
    assert before.found is not None
    assert before.found.id == "N07"


def test_a_longer_title_is_another_law(answering: Answering) -> None:
    answer = answering.ask("网络安全法实施条例第27条", "zh", TODAY)
    assert answer.found is None or answer.score != 1.0
