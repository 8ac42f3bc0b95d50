"""What an answer says, to people and to scripts."""

from datetime import date

import pytest

from hegui.capabilities.answering.as_json import as_json
from hegui.capabilities.answering.rendering import LONGEST_CARD, page
from hegui.capabilities.answering.service import Answering
from hegui.foundation.language.catalogue import Catalogue, Language, Texts
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def answering(rulebook: Rulebook) -> Answering:
    return Answering(rulebook)


def said(answering: Answering, catalogue: Catalogue, question: str, language: Language, on: date = TODAY) -> str:
    return page(answering.ask(question, language, on), Texts(catalogue, language)).reply().plain()


def test_an_answer_states_duty_article_consequence_leniency_and_next_step(
    answering: Answering, catalogue: Catalogue
) -> None:
    text = said(answering, catalogue, "网络日志要留存多久", "zh")
    for part in (
        "六个月",
        "谁要做",
        "《网络安全法》第二十三条",
        "第六十一条",
        "1万元到5万元",
        "依法不予处罚（由公安机关认定）",
        "下一步",
        "2026年11月24日",
    ):
        assert part in text


def test_an_english_answer_says_the_same(answering: Answering, catalogue: Catalogue) -> None:
    text = said(answering, catalogue, "How long do we keep network logs?", "en")
    for part in (
        "six months",
        "Who:",
        "Cybersecurity Law, Art. 23",
        "10,000 to 50,000",
        "no penalty by law (the police decide)",
        "Next step",
    ):
        assert part in text


def test_nothing_is_promised(answering: Answering, catalogue: Catalogue) -> None:
    assert "不作任何承诺" in said(answering, catalogue, "网络日志要留存多久", "zh")


def test_what_was_not_read_in_the_original_is_marked(answering: Answering, catalogue: Catalogue) -> None:
    assert "（据转引）" in said(answering, catalogue, "等保三级多久测评一次", "zh")


def test_an_earlier_day_says_that_the_law_has_changed(answering: Answering, catalogue: Catalogue) -> None:
    text = said(answering, catalogue, "网络日志要留存多久", "zh", date(2025, 6, 1))
    assert "第二十一条（现为第23条）" in text
    assert "2026年1月1日" in text
    assert "第五十九条" in text
    assert "1万元到10万元" in text
    assert "1000万元" not in text


def test_a_day_after_the_change_says_that_there_was_one(answering: Answering, catalogue: Catalogue) -> None:
    text = said(answering, catalogue, "网络日志要留存多久", "zh", date(2026, 1, 2))
    assert "第二十三条" in text
    assert "法律有变化：2026年1月1日" in text
    assert "1000万元" in text


def test_every_answer_fits_a_phone(answering: Answering, catalogue: Catalogue, rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        for entry in (*pack.obligations, *pack.ladders):
            for language in ("zh", "en"):
                answer = answering.about(entry.id, language, TODAY)
                assert answer is not None
                shown = page(answer, Texts(catalogue, language)).reply()
                assert len(shown.blocks) <= LONGEST_CARD, entry.id


def test_a_refusal_is_plain_and_offers_an_officer(answering: Answering, catalogue: Catalogue) -> None:
    text = said(answering, catalogue, "加班费怎么算", "zh")
    assert "12333" in text
    assert "转人工" in text


def test_json_has_the_agreed_keys(answering: Answering, catalogue: Catalogue) -> None:
    answer = answering.ask("网络日志要留存多久", "zh", TODAY)
    told = as_json(answer, "q7", Texts(catalogue, "zh"))
    assert list(told) == ["id", "status", "text", "obligations", "citations", "suggestions", "score"]
    assert (told["id"], told["status"], told["obligations"]) == ("q7", "answered", ["N04"])
    assert told["citations"][0] == {
        "obligation": "N04",
        "law": "中华人民共和国网络安全法",
        "article": 23,
        "state": "verified",
        "as_of": "2026-11-24",
    }


def test_json_names_laws_by_their_chinese_title_in_english_too(answering: Answering, catalogue: Catalogue) -> None:
    told = as_json(answering.ask("keep network logs", "en", TODAY), "1", Texts(catalogue, "en"))
    assert told["citations"][0]["law"] == "中华人民共和国网络安全法"
    assert told["citations"][1]["paragraph"] == 1


def test_json_of_a_refusal_cites_nothing(answering: Answering, catalogue: Catalogue) -> None:
    told = as_json(answering.ask("tell me a joke", "en", TODAY), "1", Texts(catalogue, "en"))
    assert (told["status"], told["obligations"], told["citations"]) == ("abstained", [], [])
