"""Citations in words, and as of another day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.rulebook.citing import as_cited, cite, cite_all
from hegui.rulebook.law import Citation
from hegui.rulebook.numerals import chinese
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Status

NEW, OLD = date(2026, 1, 1), date(2017, 6, 1)
TODAY, BEFORE = date(2026, 3, 2), date(2025, 12, 31)


def csl(article: int, version: date = NEW, **more: object) -> Citation:
    return Citation.model_validate({"law": "csl", "article": article, "version": version, **more})


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (100, "一百"), (105, "一百零五"),
        (110, "一百一十"), (114, "一百一十四"), (286, "二百八十六"), (1000, "一千"),
        (1001, "一千零一"), (1010, "一千零一十"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_statutes_print_them(number, words):
    assert chinese(number) == words


@given(st.integers(1, 9999))
def test_no_two_numbers_read_the_same_and_no_nought_ends_one(number):
    assert not chinese(number).endswith("零")
    assert "零零" not in chinese(number)
    assert number == 9999 or chinese(number) != chinese(number + 1)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_no_article_has_is_refused(number):
    with pytest.raises(ValueError, match="no article has the number"):
        chinese(number)


def test_a_citation_reads_as_people_write_it(rulebook: Rulebook):
    citation = csl(23, item=1)
    assert cite(citation, rulebook, "zh", TODAY).text == "《网络安全法》第二十三条第（一）项"
    assert cite(citation, rulebook, "en", TODAY).text == "Cybersecurity Law, Art. 23(1)"
    assert cite(citation, rulebook, "zh", TODAY).title == "中华人民共和国网络安全法"
    assert cite(csl(61, paragraph=3), rulebook, "zh", TODAY).text == "《网络安全法》第六十一条第三款"
    assert cite(csl(61, paragraph=3), rulebook, "en", TODAY).text == "Cybersecurity Law, Art. 61, para. 3"
    both = csl(71, paragraph=1, item=2)
    assert cite(both, rulebook, "zh", TODAY).text == "《网络安全法》第七十一条第一款第（二）项"
    assert cite(both, rulebook, "en", TODAY).text == "Cybersecurity Law, Art. 71, para. 1, item (2)"


def test_an_inserted_article_keeps_its_number(rulebook: Rulebook):
    citation = Citation(law="criminal-law", article=286, inserted=1, version=date(2021, 3, 1))
    assert cite(citation, rulebook, "zh", TODAY).text == "《刑法》第二百八十六条之一"
    assert cite(citation, rulebook, "en", TODAY).text == "Criminal Law, Art. 286-1"


def test_on_an_older_day_the_article_has_that_days_number(rulebook: Rulebook):
    cited = cite(csl(23, item=1), rulebook, "zh", BEFORE)
    assert (cited.text, cited.state) == ("《网络安全法》第二十一条", "verified")
    assert (cited.article, cited.renumbered_from) == (21, 23)


@pytest.mark.parametrize("article", [3, 20, 63, 71, 73])
def test_an_article_without_a_reviewed_pair_is_outside_coverage_on_an_older_day(rulebook: Rulebook, article):
    cited = cite(csl(article), rulebook, "zh", BEFORE)
    assert (cited.state, cited.article) == ("outside-coverage", article)


def test_before_the_first_text_held_nothing_is_known(rulebook: Rulebook):
    assert cite(csl(23), rulebook, "en", date(2017, 5, 31)).state == "outside-coverage"


def test_a_citation_of_the_older_text_is_told_its_new_number(rulebook: Rulebook):
    cited = cite(csl(59, OLD), rulebook, "zh", TODAY)
    assert (cited.state, cited.article, cited.renumbered_from) == ("renumbered", 61, 59)
    dropped = Citation(law="psapl", article=76, version=date(2013, 1, 1))
    assert cite(dropped, rulebook, "zh", TODAY).state == "outside-coverage"


def test_an_unknown_law_is_named_and_outside_coverage(rulebook: Rulebook):
    cited = cite(Citation(law="tea-law", article=1, version=NEW), rulebook, "en", TODAY)
    assert (cited.text, cited.state) == ("tea-law, Art. 1", "outside-coverage")


def test_what_was_not_checked_says_so(rulebook: Rulebook):
    citation = Citation(law="m43", article=15, version=date(2007, 6, 22), status=Status.SECONDARY)
    assert cite(citation, rulebook, "zh", TODAY).status is Status.SECONDARY
    assert as_cited(citation, rulebook, "zh") == "《信息安全等级保护管理办法》第十五条（据转引，待核）"
    assert cite_all(rulebook, [csl(23), citation], "en") == (
        "Cybersecurity Law, Art. 23; MLPS Measures, Art. 15 (from a secondary copy, to be checked)"
    )


@given(
    article=st.integers(1, 200),
    version=st.sampled_from([NEW, OLD, date(2020, 1, 1), None]),
    on=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    language=st.sampled_from(["zh", "en"]),
)
def test_every_citation_gives_a_text_and_a_state(rulebook: Rulebook, article, version, on, language):
    cited = cite(Citation(law="csl", article=article, version=version), rulebook, language, on)
    assert cited.text
    assert cited.state in ("verified", "renumbered", "outside-coverage")


@given(st.integers(1, 81))
def test_renumbering_leads_there_and_back(rulebook: Rulebook, article):
    before = cite(csl(article), rulebook, "zh", BEFORE)
    if before.state == "verified":
        assert cite(csl(before.article, OLD), rulebook, "zh", TODAY).article == article
