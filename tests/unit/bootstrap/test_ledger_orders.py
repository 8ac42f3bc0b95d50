"""Orders of `hegui ledger` as the program takes them: warnings first, one sentence for what is wrong."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from tests.fakes import FixedClock, SeededRandomness

from hegui.bootstrap.orders import carry_out_here
from hegui.bootstrap.program import Program
from hegui.capabilities.ledger.own.store import ledger_entry
from hegui.foundation.database.store import Database
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises, people
from hegui.rulebook.pack import Rulebook
from hegui.settings import Settings

OURS, THEIRS = "91990000MADEM0011K", "91990000MADEM002XB"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all of them, so that the index of answers is made once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
async def program(sqlite_database: Database, rulebook: Rulebook, data_dir: Path, clock: FixedClock) -> Program:
    """With a member of our enterprise, and an enterprise of others."""
    made = Program(
        Settings(data_dir=data_dir),
        rulebook,
        sqlite_database,
        channels={},
        clock=clock,
        randomness=SeededRandomness(5),
    )
    now, randomness = clock.now(), made.randomness
    async with sqlite_database.write() as tx:
        member = await people.add_person(tx, role="member", language="zh", now=now, randomness=randomness)
        for code in (OURS, THEIRS):
            firm = await enterprises.add(tx, name=code, uscc=code, district="CN-33", now=now, randomness=randomness)
            if code == OURS:
                await enterprises.join(tx, firm.id, member.id, "owner")
    WHO["person"] = member.id
    return made


WHO: dict[str, Any] = {"enterprise": OURS, "os_user": "operator", "language": "zh"}
COUNTED = {"kind": "stock_take", "chemical": "甲苯", "amount": "100", "unit": "公斤", "day": "2026-01-05"}


async def test_an_entry_with_warnings_is_recorded_once_it_is_confirmed(program: Program) -> None:
    bought = {**COUNTED, "kind": "purchase", "fields": {"supplier": "某厂", "payment": "现金"}}
    told = await carry_out_here(program, "ledger.record", {**WHO, **bought})
    assert (told["recorded"], [one["check"] for one in told["warnings"]]) == (False, ["L10", "L16", "L25"])
    assert "第十七条" in told["warnings"][0]["basis"]
    done = await carry_out_here(program, "ledger.record", {**WHO, **bought, "confirmed": True})
    assert (done["recorded"], done["balance"]) == (True, {"chemical": "甲苯", "amount": "100", "unit": "kg"})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"person": "nobody"}, "ledger_book.no_such_person"),
        ({"enterprise": THEIRS}, "ledger_book.not_yours"),
        ({"enterprise": "none"}, "ledger_book.no_such_enterprise"),
        ({"amount": "lots"}, "ledger_book.bad_amount"),
        ({"amount": "1e99"}, "ledger_book.bad_amount"),
        ({"amount": "NaN"}, "ledger_book.bad_amount"),
        ({"amount": "0.0000001"}, "ledger_book.bad_amount"),
        ({"unit": "k g!"}, "ledger_book.bad_unit"),
        ({"chemical": "水"}, "ledger_book.unknown_chemical"),
        ({"chemical": "苯"}, "ledger_book.unknown_chemical"),
        ({"kind": "gift"}, "ledger_book.bad_kind"),
        ({"day": "2026-02-30"}, "ledger_book.bad_field"),
        ({"day": "2200-01-01"}, "ledger_book.future"),
        ({"fields": {"colour": "red"}}, "ledger_book.bad_field"),
    ],
)
async def test_wrong_input_is_refused_in_words(program: Program, changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        await carry_out_here(program, "ledger.record", {**WHO, **COUNTED, **changed})
    assert refused.value.key == why


async def test_an_order_that_nobody_knows_is_refused(program: Program) -> None:
    with pytest.raises(Refusal):
        await carry_out_here(program, "ledger.burn", WHO)


async def test_a_correction_changes_what_is_given_and_keeps_the_rest(program: Program) -> None:
    await carry_out_here(program, "ledger.record", {**WHO, **COUNTED, "fields": {"keeper": "李四", "remarks": "初盘"}})
    given = {
        **WHO,
        "number": 1,
        "why": "称错",
        "otherwise": {"unit": "g"},
        "fields": {"keeper": "", "reviewer": "王五"},
    }
    done = await carry_out_here(program, "ledger.correct", given)
    assert done["balance"]["amount"] == "0.1"
    balance = await carry_out_here(program, "ledger.balance", {**WHO, "on": "2026-01-04"})
    assert balance["balances"] == []


async def test_an_export_comes_back_into_an_empty_ledger_and_only_there(program: Program, tmp_path: Path) -> None:
    file = {"file": str(tmp_path / "out.xlsx")}
    await carry_out_here(program, "ledger.record", {**WHO, **COUNTED})
    await carry_out_here(program, "ledger.export", {**WHO, **file})
    with pytest.raises(Refusal) as refused:
        await carry_out_here(program, "ledger.import", {**WHO, **file})
    async with program.database.write() as tx:
        await tx.execute(delete(ledger_entry))  # as on a new installation
    done = await carry_out_here(program, "ledger.import", {**WHO, **file})
    balance = await carry_out_here(program, "ledger.balance", {**WHO, "on": None})
    assert refused.value.key == "ledger_book.not_empty"
    assert (done, balance["balances"][0]["amount"]) == ({"entries": 1, "certificates": 0}, "100")


@pytest.mark.parametrize("content", [b"", os.urandom(500), b"PK\x03\x04" + bytes(100), b"a,b\n1,2\n"])
async def test_a_file_that_is_no_workbook_is_refused(program: Program, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refusal):
        await carry_out_here(program, "ledger.import", {**WHO, "file": str(file)})


async def test_an_export_that_cannot_be_written_is_refused(program: Program, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        await carry_out_here(program, "ledger.export", {**WHO, "file": str(tmp_path / "no" / "out.xlsx")})
    assert refused.value.key == "ledger_book.not_writable"
