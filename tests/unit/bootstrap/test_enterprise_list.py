"""Lists of enterprises: whatever they hold, each row is taken in whole or refused whole."""

import asyncio
import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.unit.bootstrap.conftest import Build
from tests.unit.registry.codes import credit_code

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.program import Program
from hegui.bootstrap.stores import business_state
from hegui.cli.enterprise_list import read_list, take_in
from hegui.foundation.audit import audit_log
from hegui.foundation.database.state_hash import state_hash
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue, Texts
from hegui.registry import enterprises
from hegui.registry.enterprise_rows import Row, repeated
from hegui.registry.tables import enterprise

LIST = f"""企业名称,统一社会信用代码,辖区,标签,电话
甲厂,{credit_code(1)},柯桥区,network=是;size=小型,0575
乙厂,{credit_code(2)},CN-33-06-99,network=yes,0576
丙厂,{credit_code(3)},330603,,
丁厂,{credit_code(3)},330603,,
=1+1,91990000MADEM00111,330603,,
"""


async def _take_in(program: Program, file: Path, catalogue: Catalogue, *, dry_run: bool = False) -> dict[str, Any]:
    read = await read_list(file, catalogue)
    return await take_in(partial(carry_out_here, program), file, read, Texts(catalogue, "zh"), dry_run=dry_run)


async def _stored(database: Database) -> dict[str, Any]:
    async with database.read() as tx:
        rows = await tx.all(select(enterprise))
        tags = await enterprises.tags_of(tx, [row.id for row in rows])
    return {row.uscc: (row.id, row.name, row.district, tags.get(row.id, ())) for row in rows}


async def _state(database: Database) -> str:
    async with database.read() as tx:
        return await state_hash(tx, business_state())


@pytest.fixture
def csv_list(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


async def test_refused_rows_come_back_with_their_reason_and_the_others_are_taken_in(
    program: Program, csv_list: Path, catalogue: Catalogue
) -> None:
    done = await _take_in(program, csv_list, catalogue)
    assert (done["added"], done["updated"]) == (2, 0)
    assert [one["row"] for one in done["refused"]] == [3, 5, 6]
    stored = await _stored(program.database)
    assert {one["uscc"]: one["enterprise"] for one in done["enterprises"]} == {code: k[0] for code, k in stored.items()}
    assert stored[credit_code(1)][1:] == ("甲厂", "CN-33-06-03", (("network", "yes"), ("size", "small")))
    sheet = list(csv.reader(io.StringIO(Path(done["error_sheet"]).read_text(encoding="utf-8-sig"))))
    assert sheet[0] == ["企业名称", "统一社会信用代码", "辖区", "标签", "电话", "原因"]
    assert [(row[0], row[4]) for row in sheet[1:]] == [("乙厂", "0576"), ("丁厂", ""), ("'=1+1", "")]
    assert [row[5] for row in sheet[1:]] == [one["why"] for one in done["refused"]]


async def test_an_error_sheet_that_was_put_right_can_be_taken_in(
    build: Build, sqlite_database: Database, tmp_path: Path, catalogue: Catalogue
) -> None:
    program, book = build(sqlite_database), openpyxl.Workbook()
    for line in csv.reader(io.StringIO(LIST)):
        book.active.append(line)
    book.save(tmp_path / "list.xlsx")
    done = await _take_in(program, tmp_path / "list.xlsx", catalogue)
    sheet = openpyxl.load_workbook(done["error_sheet"])
    assert [cell.data_type for cell in sheet.active["A"]] == ["s"] * 4  # none is a formula
    sheet.active["C2"] = "柯桥区"
    sheet.active.delete_rows(3, 2)
    sheet.save(tmp_path / "mended.xlsx")
    assert (await _take_in(program, tmp_path / "mended.xlsx", catalogue))["added"] == 1


async def test_a_second_error_sheet_leaves_the_first_alone(
    build: Build, sqlite_database: Database, csv_list: Path, catalogue: Catalogue
) -> None:
    program = build(sqlite_database)
    first, second = [(await _take_in(program, csv_list, catalogue))["error_sheet"] for _ in range(2)]
    assert first != second


async def test_taking_a_list_in_again_changes_nothing(program: Program, csv_list: Path, catalogue: Catalogue) -> None:
    first = await _take_in(program, csv_list, catalogue)
    before = await _state(program.database)
    again = await _take_in(program, csv_list, catalogue)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 2, 2)
    assert again["enterprises"] == first["enterprises"]
    assert await _state(program.database) == before


async def test_a_list_brings_what_is_known_up_to_date_and_leaves_what_it_does_not_name(
    program: Program, csv_list: Path, catalogue: Catalogue
) -> None:
    await _take_in(program, csv_list, catalogue)
    csv_list.write_text(f"name,uscc,district,tags\n新名,{credit_code(1)},,network=no\n", encoding="utf-8")
    done = await _take_in(program, csv_list, catalogue)
    assert (done["updated"], done["unchanged"]) == (1, 0)
    its = (await _stored(program.database))[credit_code(1)]
    assert its[1:] == ("新名", "CN-33-06-03", (("network", "no"), ("size", "small")))


async def test_a_dry_run_says_the_same_and_stores_and_writes_nothing(
    program: Program, csv_list: Path, catalogue: Catalogue
) -> None:
    before = await _state(program.database)
    planned = await _take_in(program, csv_list, catalogue, dry_run=True)
    assert await _state(program.database) == before
    assert [path.name for path in csv_list.parent.glob("list*")] == ["list.csv"]
    async with program.database.read() as tx:
        assert await tx.all(select(audit_log)) == []
    done = await _take_in(program, csv_list, catalogue)
    assert (planned["added"], planned["refused"]) == (done["added"], done["refused"])


async def test_a_long_list_goes_in_parts(
    build: Build, sqlite_database: Database, tmp_path: Path, catalogue: Catalogue
) -> None:
    file = tmp_path / "list.csv"
    rows = "".join(f"第{n}厂,{credit_code(n)},CN-33-06,network=yes\n" for n in range(1000))
    file.write_text(f"name,uscc,district,tags\n{rows}", encoding="utf-8")
    assert (await _take_in(build(sqlite_database), file, catalogue))["added"] == 1000
    assert len(await _stored(sqlite_database)) == 1000


# ---- whatever a list holds ---------------------------------------------------------------------------------------

CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TAGS = {"": (), "network=是;size=小型": (("network", "yes"), ("size", "small")), "park=a": (("park", "a"),)}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["甲厂", "乙厂", ""]) | CELLS,
            "uscc": st.integers(0, 5).map(credit_code) | CELLS,
            "district": st.sampled_from(["CN-33-06", "柯桥区", "330603", "", "鼓楼区"]) | CELLS,
            "tags": st.sampled_from([*TAGS, "network=x", "size"]) | CELLS,
        }
    ),
    max_size=8,
)


def test_each_row_is_taken_in_whole_or_not_at_all(new_url: Callable[[str], Any], build: Build) -> None:
    url = asyncio.run(new_url("sqlite")())

    async def one_list(rows: list[dict[str, str]]) -> tuple[list[Row], dict[str, Any], dict[str, Any], dict[str, Any]]:
        database = Database(url)
        numbered = [Row(row=number, **row) for number, row in enumerate(rows, 2)]
        once = [row for row in numbered if row.row not in repeated(numbered)]
        before = await _stored(database)
        order = {"rows": [row.model_dump() for row in once], "os_user": "tester"}
        done = await carry_out_here(build(database), "enterprise.import", order)
        after = await _stored(database)
        await database.close()
        return once, done, before, after

    @given(ROWS)
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def check(rows: list[dict[str, str]]) -> None:
        once, done, before, after = asyncio.run(one_list(rows))
        refused = {one["row"] for one in done["refused"]}
        taken = {one["uscc"]: one["enterprise"] for one in done["enterprises"]}
        assert done["added"] + done["updated"] + len(refused) == len(once)
        assert len(after) - len(before) == done["added"]
        assert {c: kept for c, kept in after.items() if c not in taken} == {
            c: kept for c, kept in before.items() if c not in taken
        }
        for row in once:
            if row.row not in refused and row.uscc in taken:
                its, name, district, tags = after[row.uscc]
                assert its == taken[row.uscc]
                assert name
                assert district
                assert set(TAGS.get(row.tags, ())) <= set(tags)

    check()
