"""Short questions that keep their topic."""

import pytest

from hegui.capabilities.answering.follow_up import aspect_of
from hegui.foundation.language.catalogue import Catalogue, Language


@pytest.mark.parametrize(
    ("question", "language", "aspect"),
    [
        ("那罚多少？", "zh", "penalty"),
        ("會怎麼處罰", "zh", "penalty"),
        ("那能从轻吗", "zh", "lighter"),
        ("是哪一条？", "zh", "whole"),
        ("And what is the fine?", "en", "penalty"),
        ("which article is that?", "en", "whole"),
    ],
)
def test_a_question_without_a_matter_of_its_own_keeps_the_topic(
    catalogue: Catalogue, question: str, language: Language, aspect: str
) -> None:
    assert aspect_of(question, language, catalogue) == aspect


@pytest.mark.parametrize(
    ("question", "language"), [("不备案罚多少", "zh"), ("fine for missing logs", "en"), ("日志", "zh")]
)
def test_a_question_with_a_matter_of_its_own_starts_anew(
    catalogue: Catalogue, question: str, language: Language
) -> None:
    assert aspect_of(question, language, catalogue) is None
