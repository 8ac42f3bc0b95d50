"""Citations in running text: what is found, and in which of the five states it stands on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.foundation.language.chinese import spell
from hegui.rulebook.citations.grammar import number
from hegui.rulebook.citations.resolving import CitationReader
from hegui.rulebook.numerals import chinese
from hegui.rulebook.pack import Rulebook

TODAY = date(2026, 11, 24)
CSL, APL, PSAPL = "中华人民共和国网络安全法", "中华人民共和国行政处罚法", "中华人民共和国治安管理处罚法"


@pytest.fixture(scope="module")
def reader(rulebook: Rulebook) -> CitationReader:
    return CitationReader(rulebook)


def states(reader: CitationReader, text: str, on: date = TODAY) -> list[tuple[str, int, str]]:
    return [(read.law, read.mention.place.article, read.state) for read in reader.read(text, on)]


NAIVE = [
    ("《网络安全法实施条例》第21条", [("网络安全法实施条例", 21, "not-found")]),
    ("《浙江省网络安全法实施办法》第3条", [("浙江省网络安全法实施办法", 3, "outside-coverage")]),
    ("浙江省网络安全法第3条", [("浙江省网络安全法", 3, "outside-coverage")]),
    ("《网络安全法（2016年）》第二十一条", [(CSL, 21, "renumbered")]),
    ("《刑法》第二百八十六条之一", [("中华人民共和国刑法", 286, "verified")]),
    ("《行政处罚法》第33-35条", [(APL, n, "verified") for n in (33, 34, 35)]),
    ("网络安全法第二十三条", [(CSL, 23, "verified")]),
    ("《行政处罚法》第三十三条、第三十二条", [(APL, 33, "verified"), (APL, 32, "verified")]),
    ("《易制毒化学品管理条例》第十三条", [("易制毒化学品管理条例", 13, "verified")]),
    ("《公安机关办理行政案件程序规定》第159条", [("公安机关办理行政案件程序规定", 159, "verified")]),
    ("《治安管理处罚条例》第五条", [("治安管理处罚条例", 5, "repealed")]),
    (
        "《北京市实施〈中华人民共和国反恐怖主义法〉办法》第五条",
        [("北京市实施《中华人民共和国反恐怖主义法》办法", 5, "verified")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAIVE, ids=[text for text, _ in NAIVE])
def test_a_text_on_which_a_naive_checker_fails(
    reader: CitationReader, text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert states(reader, text) == expected


FORMS = [
    ("网安法27条", [(CSL, 27)]),
    ("網絡安全法第２１條", [(CSL, 21)]),
    ("《网络安\n全法》第二十一条", [(CSL, 21)]),
    ("行政处罚法第三十三条至第三十五条", [(APL, 33), (APL, 34), (APL, 35)]),
    ("行政处罚法第32、33和36条", [(APL, 32), (APL, 33), (APL, 36)]),
    ("《行政处罚法》第三十三条第一款和第二款、第三十六条", [(APL, 33), (APL, 36)]),
    ("《网络安全法》第二十三条规定……同法第六十一条", [(CSL, 23), (CSL, 61)]),
    ("《治安管理处罚法》（以下简称《处罚法》）第十条，《处罚法》第12条", [(PSAPL, 10), (PSAPL, 12)]),
    ("中华人民共和国行政处罚法第36条", [(APL, 36)]),
    ("Article 33 of the Administrative Penalty Law", [(APL, 33)]),
    ("Arts. 32 and 33 of the APL", [(APL, 32), (APL, 33)]),
    ("Articles 33-35 of the Administrative Penalty Law of the PRC", [(APL, 33), (APL, 34), (APL, 35)]),
    ("Cybersecurity Law, Art. 23", [(CSL, 23)]),
    ("CSL Article 23", [(CSL, 23)]),
    ("网络安全法 art. 23", [(CSL, 23)]),
    ("《网络安全法》第二十三条、《行政处罚法》第三十三条", [(CSL, 23), (APL, 33)]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_every_way_of_writing_a_citation_is_read(
    reader: CitationReader, text: str, expected: list[tuple[str, int]]
) -> None:
    assert [(law, article) for law, article, _ in states(reader, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "本公司《考勤管理办法》第3条",
        "租赁合同第5条写得很清楚",
        "《房屋租赁合同》第5条",
        "保密制度第2条",
        "第21条说的是什么",
        "21条",
        "行政处罚法有86条",
        "article 21",
        "办法第三条",
    ],
)
def test_what_is_no_law_is_no_citation(reader: CitationReader, text: str) -> None:
    assert states(reader, text) == []


def test_a_number_past_the_last_article_is_not_found(reader: CitationReader) -> None:
    assert states(reader, "《网络安全法》第82条") == [(CSL, 82, "not-found")]
    assert states(reader, "《网络安全法》第81条") == [(CSL, 81, "verified")]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("《行政处罚法》第三十三条第三款", "verified"),
        ("《行政处罚法》第三十三条第四款", "not-found"),
        ("《网络安全法》第二十三条第（五）项", "verified"),
        ("《网络安全法》第二十三条第（六）项", "not-found"),
        ("《网络安全法》第二十三条第二款", "not-found"),
        ("《刑法》第二百八十六条之一第一款第（二）项", "verified"),
        ("CSL Art. 23(9)", "not-found"),
    ],
)
def test_a_paragraph_or_an_item_that_does_not_exist_is_not_found(reader: CitationReader, text: str, state: str) -> None:
    assert [found for _, _, found in states(reader, text)] == [state]


def test_an_inserted_article_that_does_not_exist_is_not_found(reader: CitationReader) -> None:
    assert states(reader, "《行政处罚法》第三十三条之一") == [(APL, 33, "not-found")]


def test_articles_outside_an_excerpt_were_not_checked(reader: CitationReader) -> None:
    assert states(reader, "刑法第300条")[0][2] == "outside-coverage"
    assert states(reader, "刑法第500条")[0][2] == "not-found"


def test_each_day_has_its_own_numbers(reader: CitationReader) -> None:
    assert states(reader, "网络安全法第80条", date(2025, 12, 31)) == [(CSL, 80, "not-found")]
    assert states(reader, "网络安全法第80条", date(2026, 1, 1)) == [(CSL, 80, "verified")]
    assert states(reader, "治安管理处罚法第140条", date(2025, 12, 31)) == [(PSAPL, 140, "not-found")]


def test_an_old_number_leads_to_the_new_one(reader: CitationReader) -> None:
    for text in ("《网络安全法（2016年）》第59条", "旧网络安全法第59条", "2016年《网络安全法》第59条"):
        read = reader.read(text, TODAY)[0]
        assert (read.state, read.now) == ("renumbered", (CSL, 61)), text


def test_a_number_that_meant_something_else_carries_a_note(reader: CitationReader) -> None:
    read = reader.read("网络安全法第21条", TODAY)[0]
    assert (read.state, read.note, read.then) == ("verified", "meant-another", 23)


def test_the_raw_text_is_that_of_the_original(reader: CitationReader) -> None:
    text = "他們說違反《網絡安全法》第２５條、第二十六條，要罰。"
    assert {read.mention.raw for read in reader.read(text, TODAY)} == {"《網絡安全法》第２５條、第二十六條"}


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    spelled = spell(text)
    assert len(spelled.text) == len(spelled.places)
    assert all(0 <= place < len(text) for place in spelled.places)


@given(st.integers(min_value=1, max_value=9999))
def test_numbers_are_read_as_they_are_written(value: int) -> None:
    assert number(chinese(value)) == number(str(value)) == value


@given(prefix=st.sampled_from(["根据", "违反", "请问", "依照", ""]), article=st.integers(min_value=1, max_value=81))
def test_words_before_a_name_do_not_hide_it(reader: CitationReader, prefix: str, article: int) -> None:
    assert states(reader, f"{prefix}网络安全法第{chinese(article)}条") == [(CSL, article, "verified")]


def test_hostile_text_is_read_in_time(reader: CitationReader) -> None:
    for text in (
        "第" * 10_000,
        "《" * 10_000 + "第1条",
        "art " * 3_000,
        "A of " * 2_000 + "Law Article 1",
        "条、" * 5_000,
    ):
        assert isinstance(reader.read(text, TODAY), tuple)
