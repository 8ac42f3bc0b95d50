"""Numbers of people and papers: a spreadsheet keeps fifteen digits, and what it ruined is said, never repaired."""

import pytest
from tests.unit.ledger.reading.reading import read, said

HEADER = ("销售日期", "品名", "数量", "购买方", "经办人身份证号", "购买方许可或备案证号")
WHOLE = "110101199003072316"


def line(identity: object, paper: object = "") -> list[object]:
    return ["2026-01-05", "盐酸", 5, "甲厂", identity, paper]


@pytest.mark.parametrize(
    "ruined", [1.1010119900307e17, "1.10101E+17", "1.10101199003072E+17", "110101199003072000"], ids=repr
)
def test_an_identity_number_that_a_spreadsheet_ruined_is_said_and_left_out(ruined: object) -> None:
    book = read(HEADER, line(ruined))
    (entry,) = book.entries
    assert "handler_identity" not in entry.values
    assert (entry.unreadable, said(book)) == ({"handler_identity"}, [(2, "ruined")])


@pytest.mark.parametrize(
    "number", [WHOLE, "11010119900307231x", " 110101 19900307 2316 ", "１１０１０１１９９００３０７２３１６"]
)
def test_a_whole_identity_number_arrives_in_one_spelling(number: str) -> None:
    (entry,) = read(HEADER, line(number)).entries
    assert entry.values["handler_identity"] in (WHOLE, "11010119900307231X")


def test_a_number_that_really_ends_with_noughts_is_kept() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    ends = (f"110101199003{day:02}{place}000" for day in range(1, 31) for place in range(1, 10))
    real = next(n for n in ends if "10X98765432"[sum(int(d) * w for d, w in zip(n, weights, strict=False)) % 11] == "0")
    book = read(HEADER, line(real))
    assert (book.entries[0].values["handler_identity"], book.unread) == (real, ())


def test_numbers_of_papers_lose_their_point() -> None:
    (entry,) = read(HEADER, line(WHOLE, 330100202600123.0)).entries
    assert entry.values["buyer_number"] == "330100202600123"


def test_a_paper_whose_number_is_too_long_for_a_spreadsheet_is_said() -> None:
    book = read(HEADER, line(WHOLE, 3301002026001230000.0))
    assert (book.entries[0].unreadable, said(book)) == ({"buyer_number"}, [(2, "ruined")])
