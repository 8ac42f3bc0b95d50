"""A file is sent, looked at by a worker, told once; only its sender and their colleagues see it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock
from tests.unit.file_check.counting import House

from hegui.capabilities.file_check import service, store
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.pack import Rulebook

TABLE = "日期,品名,数量\n2026-01-02,盐酸,5\n"
FAULTY = TABLE + "2026-01-03,fault,5\n"
PDF = b"%PDF-1.7\nx\n"


@pytest.fixture
def house(
    sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, rulebook: Rulebook, tmp_path: Path
) -> House:
    return House(sqlite_database, clock, catalogue, rulebook, tmp_path)


async def test_a_table_is_looked_at_at_once_and_the_result_comes_as_a_letter_of_its_own(house: House) -> None:
    said = await house.sends(TABLE)
    assert said[0].startswith("收到《ledger.csv》")
    assert "page None: 2 lines" in said[1]
    assert len(said) == 2


async def test_of_a_document_the_person_says_what_it_is(house: House) -> None:
    said = await house.sends(PDF, "制度.pdf")
    assert "哪一种" in said[-1]
    assert [button.label for button in house.buttons][:2] == ["网络安全管理制度", "网络安全应急预案"]
    await house.presses(*house.action("file", "as")[:-1], "1")
    assert "制度.pdf page None" in (await house.works())[-1]


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"\xff\xd8\xff\xe0 photo", "台账.jpg", "照片或图片"),
        (b"Rar!\x1a\x07 x", "a.rar", "解压"),
        (b"", "a.csv", "空"),
        (b"\x00\x01\x02\x03 nothing", "a.xlsx", "看不出"),
    ],
)
async def test_what_nobody_reads_is_refused_with_the_way_on(house: House, content: bytes, name: str, word: str) -> None:
    assert word in (await house.sends(content, name))[-1]
    assert house.examiner.looked == 0


async def test_a_refusal_of_the_reader_is_told_under_the_name_of_the_file(house: House) -> None:
    said = (await house.sends(TABLE + "locked"))[-1]
    assert said.startswith("ledger.csv")
    assert "密码" in said


async def test_a_fault_of_ours_is_said_to_be_ours_and_the_next_file_is_read(house: House) -> None:
    assert "是我们的问题" in (await house.sends(TABLE + "poison"))[-1]
    assert "2 lines" in (await house.sends(TABLE))[-1]


async def test_a_task_that_a_killed_process_left_is_done_by_the_next_and_told_once(house: House) -> None:
    await house.sends(PDF, "plan.pdf")
    await house.presses(*house.action("file", "as")[:-1], "0")
    async with house.database.write() as tx:
        waiting = await store.next_waiting(tx, [], 9)
        assert await store.begin(tx, waiting[0].id)
    assert await house.works() == house.talk.channel.texts()
    await house.worker.recover()
    first = await house.works()
    await house.worker.recover()
    assert await house.works() == first
    assert sum("page None" in text for text in first) == 1


async def test_a_file_that_ended_the_process_twice_is_given_up_with_a_sentence(house: House) -> None:
    await house.sends(PDF, "plan.pdf")
    await house.presses(*house.action("file", "as")[:-1], "0")
    for _ in range(2):
        async with house.database.write() as tx:
            assert await store.begin(tx, (await store.next_waiting(tx, [], 9))[0].id)
        await house.worker.recover()
    assert "两次都没能看完" in (await house.works())[-1]


async def test_pages_turn_and_files_are_made_from_what_was_found(house: House) -> None:
    await house.sends(TABLE)
    assert "page 1" in (await house.presses(*house.action("file", "all")[:-1], "1"))[-1]
    await house.presses(*house.action("file", "make"))
    await house.works()
    made = house.talk.channel.arrived[-1].reply.file
    assert made is not None
    assert made.name == "report.txt"
    assert Path(made.path).read_text(encoding="utf-8") == "report of ledger.csv"


async def test_what_the_file_does_not_show_is_asked_and_the_file_looked_at_again_with_it(house: House) -> None:
    await house.sends(TABLE)
    assert "Since when?" in (await house.presses(*house.action("file", "ask")))[-1]
    assert "请打出日期" in (await house.talk.says("去年吧"))[-1]
    assert "Big?" in (await house.talk.says("2024-05-01"))[-1]
    await house.presses(*house.action("file", "fact"))
    said = (await house.works())[-1]
    assert "'since': '2024-05-01', 'big': 'yes'" in said
    assert not any(button.action.startswith("file:ask") for button in house.buttons)


async def test_faults_become_findings_and_lead_to_a_case_once(house: House) -> None:
    await house.sends(FAULTY)
    action = house.action("file", "case")
    said = (await house.presses(*action))[-1]
    assert "要处理" in said or "选" in said
    assert any("有一处不对" in button.label for button in house.buttons)
    await house.presses(*action)
    async with house.database.read() as tx:
        from hegui.capabilities.self_check.store import finding, run

        assert len(await tx.all(select(run))) == 1
        assert len(await tx.all(select(finding))) == 1


async def test_nobody_else_sees_a_file_or_learns_that_it_exists(house: House) -> None:
    await house.sends(FAULTY)
    for first in ("open", "all", "case", "make", "drop"):
        action = house.action("file", first) if first != "open" else ("file", "open", house.action("file", "drop")[2])
        assert (await house.presses(*action, address="eve"))[-1] == (
            await house.presses("file", "open", "nosuchfile", address="eve")
        )[-1]


async def test_who_takes_a_file_back_takes_its_findings_back(house: House) -> None:
    await house.sends(TABLE)
    drop = house.action("file", "drop")
    await house.presses(*drop)
    assert "已删除" in (await house.presses("file", "gone", drop[2]))[-1]
    assert "已经删除" in (await house.presses("file", "open", drop[2]))[-1]
    async with house.database.read() as tx:
        assert await store.stored_files(tx) == set()


async def test_old_files_are_forgotten_after_a_month(house: House, clock: FixedClock) -> None:
    await house.sends(TABLE)
    clock.advance(service.KEPT_FOR - timedelta(minutes=1))
    async with house.database.write() as tx:
        assert await service.forget_old(tx, clock.now()) == 0
    clock.advance(timedelta(minutes=2))
    async with house.database.write() as tx:
        assert await service.forget_old(tx, clock.now()) == 1
        assert await store.stored_files(tx) == set()


async def test_one_person_does_not_fill_the_queue(house: House) -> None:
    for number in range(service.MOST_OPEN + 1):
        source = house.folder / f"many-{number}.csv"
        source.write_text(TABLE, encoding="utf-8")
        await house.hears_file(source)
    assert "还在看" in house.talk.channel.texts()[-1]


async def test_every_act_on_a_file_is_in_the_audit_log(house: House) -> None:
    await house.sends(TABLE)
    async with house.database.read() as tx:
        acts = [row.act for row in await tx.all(select(audit_log).order_by(audit_log.c.seq))]
    assert acts == ["file taken in", "file kind chosen", "file examine"]
