"""A policy sent in chat: what it holds and where, what it lacks, what goes against the law or one's own answers."""

from pathlib import Path

import docx
import pytest
from tests.fakes import FixedClock
from tests.unit.file_check.counting import House

from hegui.capabilities.file_check.documents import DocumentExaminer
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue
from hegui.rulebook.pack import Rulebook

LINES = (
    ("第一章 总则", True),
    ("为加强本公司网络安全管理，依据《网络安全法》制定本制度，适用于公司全体员工和全部信息系统。", False),
    ("第二章 职责", True),
    ("总经理担任网络安全第一责任人，指定信息部经理为网络安全负责人，负责日常管理。", False),
    ("第三章 日志", True),
    ("信息部负责监测网络运行状态，系统日志留存三个月，到期自动覆盖。", False),
)


@pytest.fixture
def house(
    sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, rulebook: Rulebook, tmp_path: Path
) -> House:
    kinds = [kind.id for pack in rulebook.packs for kind in pack.documents]
    examiners = {kind: DocumentExaminer(kind, "network-security", rulebook, catalogue) for kind in kinds}
    return House(sqlite_database, clock, catalogue, rulebook, tmp_path, examiners)


async def send(house: House) -> str:
    """A short policy; the person says what it is."""
    written = docx.Document()
    for text, heading in LINES:
        written.add_heading(text, 1) if heading else written.add_paragraph(text)
    written.save(str(house.folder / "policy.docx"))
    await house.hears_file(house.folder / "policy.docx", "制度.docx")
    await house.presses(*house.action("file", "as")[:-1], "0")
    return (await house.works())[-1]


async def test_the_summary_names_what_is_missing_and_what_goes_against_the_law_with_its_sentence(house: House) -> None:
    said = await send(house)
    assert said.startswith("《制度.docx》体检结果")
    assert "三个月" in said
    assert "第二十三条" in said
    assert "没有写到：" in said
    assert said.count("\n") < 14


async def test_pages_give_outlines_for_what_is_missing_and_places_for_what_is_there(house: House) -> None:
    await send(house)
    first = house.action("file", "all")
    pages = "".join([(await house.presses(*first[:-1], str(number)))[-1] for number in range(5)])
    assert "✗ M12" in pages
    assert "【" in pages
    assert "✓ M02" in pages
    assert "第二章 职责" in pages


async def test_the_outline_can_be_taken_home_as_a_document(house: House) -> None:
    await send(house)
    await house.presses(*house.action("file", "make"))
    await house.works()
    made = house.talk.channel.arrived[-1].reply.file
    assert made is not None
    assert made.name == "网络安全管理制度-提纲.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(made.path).paragraphs)
    assert "第一章" in text
    assert "【" in text


async def test_what_is_missing_can_be_put_right_as_a_case(house: House) -> None:
    await send(house)
    await house.presses(*house.action("file", "case"))
    labels = " ".join(button.label for button in house.buttons)
    assert "三个月" in labels or "六个月" in labels or "不足" in labels
    assert "文书里没有写到" in labels


async def test_what_the_self_check_told_otherwise_is_pointed_out(house: House, rulebook: Rulebook) -> None:
    async with house.database.write() as tx:
        from tests.fakes import SeededRandomness

        from hegui.capabilities.self_check import service
        from hegui.registry import people

        speaker = await people.introduce(
            tx, ("recording", "ann"), language="zh", now=house.clock.now(), randomness=SeededRandomness(9)
        )
        pack = rulebook.pack("network-security")
        assert pack is not None
        sheet = await service.start(
            tx, pack, speaker.person, None, now=house.clock.now(), randomness=SeededRandomness(10)
        )
        while (question := sheet.current) is not None:
            value = "yes" if question.kind == "yes_no" else None
            if value is None:
                sheet = await service.unsure(tx, sheet, question.id, house.clock.now())
            else:
                sheet = await service.answer(tx, sheet, question.id, value, house.clock.now())
        await service.finish(tx, sheet, now=house.clock.now(), randomness=SeededRandomness(11))
    said = await send(house)
    assert "自查 Q" in said
