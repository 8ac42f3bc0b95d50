"""A ledger sent in chat: the worst first, rows to be put right, a marked copy, a report, a picture."""

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from tests.fakes import FixedClock
from tests.ledger_files import write_workbook
from tests.ledgers import make
from tests.planting import Planter, plant
from tests.unit.file_check.counting import House

from hegui.capabilities.file_check.ledgers import LedgerExaminer
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.foundation.typesetting.apart import TypesetterApart
from hegui.rulebook.pack import Rulebook


@pytest.fixture
def house(
    sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, rulebook: Rulebook, tmp_path: Path
) -> House:
    examiner = LedgerExaminer(rulebook, catalogue, clock, TypesetterApart())
    return House(sqlite_database, clock, catalogue, rulebook, tmp_path, {examiner.kind: examiner})


@pytest.fixture
def planted() -> Planter:
    """A factory's ledger with faults of several kinds."""
    return plant(make(7, months=4), 7)


async def send(house: House, planter: Planter) -> list[str]:
    path = house.folder / "made.xlsx"
    write_workbook(planter.made, path, 3)
    await house.hears_file(path, "台账.xlsx")
    return await house.works()


async def test_the_summary_counts_by_severity_and_tells_the_worst_with_its_row(house: House, planted: Planter) -> None:
    said = (await send(house, planted))[-1]
    assert said.startswith("《台账.xlsx》体检结果")
    worst = min(check for check, *_ in planted.expected() if check in ("L02", "L11"))
    rows = {row for check, _, row in planted.expected() if check in ("L02", "L11")}
    assert any(f"第 {row} 行" in said for row in rows), worst
    assert said.count("\n") < 12


async def test_every_fault_is_on_one_of_the_pages_with_how_to_mend_it(house: House, planted: Planter) -> None:
    await send(house, planted)
    first = house.action("file", "all")
    pages = ""
    for number in range(20):
        said = (await house.presses(*first[:-1], str(number)))[-1]
        if "全部问题" not in said:
            break
        pages += said
    for check, sheet, row in planted.expected():
        assert check in pages
        assert f"{sheet} 第 {row} 行" in pages
    assert "怎么改" in pages
    assert "合计行" in pages


async def test_the_annotated_copy_has_the_findings_and_marks_the_cells(house: House, planted: Planter) -> None:
    await send(house, planted)
    await house.presses(*house.action("file", "make"))
    await house.works()
    made = house.talk.channel.arrived[-1].reply.file
    assert made is not None
    assert made.name == "台账-标注副本.xlsx"
    book = openpyxl.load_workbook(Path(made.path).rename(house.folder / "copy.xlsx"))
    comments = {
        (sheet.title, cell.row) for sheet in book.worksheets[1:] for row in sheet for cell in row if cell.comment
    }
    assert {(sheet, row) for _, sheet, row in planted.expected()} <= comments


async def test_the_report_and_the_picture_are_what_their_names_say(house: House, planted: Planter) -> None:
    await send(house, planted)
    report, chart = (a for a in [("file", "make", house.action("file", "make")[2], w) for w in ("report", "chart")])
    await house.presses(*report)
    await house.works()
    made = house.talk.channel.arrived[-1].reply.file
    assert made is not None
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.path))
    assert all(check in text for check, *_ in planted.expected())
    await house.presses(*chart)
    await house.works()
    picture = house.talk.channel.arrived[-1].reply.file
    assert picture is not None
    assert Path(picture.path).read_bytes().startswith(b"\x89PNG")


async def test_likely_violations_go_into_a_case_with_their_rows(house: House, planted: Planter) -> None:
    await send(house, planted)
    await house.presses(*house.action("file", "case"))
    labels = [button.label for button in house.buttons]
    assert any("购买不在证明有效期内" in label for label in labels)
    assert not any("计量单位混用" in label for label in labels), "only likely violations"


async def test_answers_of_the_person_lead_to_checks_that_could_not_be_made_before(
    house: House, planted: Planter
) -> None:
    await send(house, planted)
    said = (await house.presses(*house.action("file", "ask")))[-1]
    assert "上一年度的情况报告报了没有" in said
    await house.presses(*house.action("file", "fact")[:-1], "no")
    await house.presses(*house.action("file", "fact")[:-1], "no")
    await house.talk.says("2019-03-01")
    await house.works()
    pages = (await house.presses(*house.action("file", "all")))[-1]
    assert "L32" in pages


async def test_a_table_that_is_no_ledger_is_said_to_be_none_with_the_reason(house: House) -> None:
    said = (await house.sends("姓名,工资\n张三,1\n李四,2\n", "工资.csv"))[-1]
    assert "没有在文件里认出台账" in said
    assert not any(button.action.startswith("file:make") for button in house.buttons)
