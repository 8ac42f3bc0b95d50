"""What the rules say passes the gate for citations: no answer names an article that does not stand as it says."""

from datetime import date

import pytest

from hegui.capabilities.answering import rendering
from hegui.capabilities.answering.service import Answering
from hegui.delivery.screening import Screening
from hegui.foundation.language.catalogue import Catalogue, Language, Texts
from hegui.rulebook.pack import Rulebook


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2025, 12, 31)], ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_answer_is_sent_with_a_warning(
    rulebook: Rulebook, catalogue: Catalogue, language: Language, on: date
) -> None:
    answering, screen, say = Answering(rulebook, catalogue), Screening(rulebook, catalogue), Texts(catalogue, language)
    warned = {}
    for entry in (one for pack in rulebook.packs for one in (*pack.obligations, *pack.ladders)):
        answer = answering.about(entry.id, language, on)
        assert answer is not None
        assert answer.found is not None
        reply = rendering.whole(answer, answer.found, say).reply()
        if (screened := screen(reply, on)) != reply:
            warned[entry.id] = screened.blocks[-1].text
    assert warned == {}
