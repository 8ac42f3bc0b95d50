"""Ledgers as files: what was planted is found at the rows of the file, by the reader and the checks together."""

from datetime import date
from pathlib import Path

import pytest
from tests.ledger_files import write_csv, write_workbook
from tests.ledgers import TODAY, make
from tests.planting import plant

from hegui.capabilities.ledger.checks import examine
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.reading import read_book
from hegui.capabilities.ledger.service import LedgerBooks, doctor
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.recognising import recognise
from hegui.rulebook.pack import Rulebook

FACTS = Facts(today=TODAY)


@pytest.fixture(scope="module")
def books(rulebook: Rulebook) -> LedgerBooks:
    return LedgerBooks.of(rulebook)


@pytest.fixture(scope="module")
def places(books: LedgerBooks):
    """Where the checks find something in a file."""
    chemicals = Chemicals(books.precursors, books.explosives, books.rules)

    def found(file: Path) -> set[tuple[str, str, int | None]]:
        book = read_book(file, recognise(file), books.headers)
        return {(one.check, one.sheet, one.row) for one in examine(book, books.rules, chemicals, FACTS)}

    return found


def test_faults_in_workbooks_of_many_shapes_are_found_at_their_rows(places, tmp_path):
    planted, seen, hits = 0, 0, 0
    for seed in range(24):
        made = make(seed, months=5)
        planter = plant(made, seed)
        write_workbook(made, file := tmp_path / f"{seed}.xlsx", seed)
        expected, there = planter.expected(), places(file)
        planted, seen, hits = planted + len(expected), seen + len(there), hits + len(there & expected)
    assert hits / planted >= 0.98
    assert hits / seen >= 0.98


@pytest.mark.parametrize("seed", range(6))
def test_a_clean_workbook_gives_no_finding(places, tmp_path, seed):
    write_workbook(make(500 + seed, months=5), file := tmp_path / "clean.xlsx", seed)
    assert places(file) == set()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8"])
def test_a_text_table_gives_the_same_as_a_workbook(places, tmp_path, encoding):
    made = make(7, months=4)
    made.rows("stock")[5]["closing"] += 10
    write_csv(made, "stock", file := tmp_path / "库存.csv", 7, encoding)
    table = made.tables["stock"]
    assert places(file) == {("L01", "库存", table.number(table.rows[5]))}


async def test_a_file_goes_through_guard_and_child(books, tmp_path):
    made = make(11, months=3)
    planter = plant(made, 11)
    write_workbook(made, file := tmp_path / "ledger.xlsx", 11)
    report = await doctor(file, books, FACTS)
    assert {(one.check, one.sheet, one.row) for one in report.findings} == planter.expected()
    assert [sheet.kind for sheet in report.sheets] == list(made.tables)
    assert sum(report.counts.values()) == len(report.findings)
    assert {one.fact for one in report.open_questions} >= {"dealing_since", "annual_report_filed"}


async def test_a_book_for_one_chemical_needs_no_column_of_names(books, tmp_path):
    file = tmp_path / "book.csv"
    file.write_text(
        "浓硫酸出入库台账,,,,\n日期,单位,入库,出库,结存\n2026-05-06,kg,5,,5\n2026-05-07,kg,,2,3\n", encoding="gb18030"
    )
    report = await doctor(file, books, FACTS)
    assert "ledger.unread.chemical_from_title" in {one.key for one in report.unread}
    assert not {"L08", "L35"} & {one.check for one in report.findings}


async def test_a_fact_that_was_told_is_judged_and_asked_no_more(books, tmp_path):
    write_workbook(make(11, months=3), file := tmp_path / "ledger.xlsx", 11)
    known = Facts(today=TODAY, dealing_since=date(2019, 1, 1), annual_report_filed=False)
    report = await doctor(file, books, known)
    assert {one.check for one in report.findings} == {"L31", "L32"}
    assert not {one.fact for one in report.open_questions} & {"dealing_since", "annual_report_filed"}


async def test_what_is_no_table_is_refused_in_a_sentence(books, tmp_path):
    (file := tmp_path / "ledger.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    with pytest.raises(Refusal) as refused:
        await doctor(file, books, FACTS)
    assert refused.value.key == "upload.picture_of_table"
