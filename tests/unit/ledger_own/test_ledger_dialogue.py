"""Keeping the ledger in chat: from /ledger to an entry, with warnings, corrections, and every way back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.fakes import FixedClock, SeededRandomness
from tests.unit.ledger_own.shelf import CODES, Firm, bookkeeping

from hegui.capabilities.ledger.own import store
from hegui.capabilities.ledger.own.dialogue import LedgerDialogue
from hegui.capabilities.ledger.own.model import LedgerEntry
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.router import Router
from hegui.conversation.turn import Floor, Speaker, Turn
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import Catalogue
from hegui.registry import enterprises
from hegui.rulebook.pack import Rulebook


class Deaf(Dialogue):
    """Takes what nobody else does."""

    name = "deaf"


class Chat:
    """One person in one chat: presses, types, and reads what comes back."""

    def __init__(self, database: Database, firm: Firm, folder: Path) -> None:
        self.database, self.firm = database, firm
        dialogue = LedgerDialogue(firm.keeping, FileFolder(folder, SeededRandomness(7)))
        self.router = Router([dialogue], free_text=Deaf(), catalogue=firm.keeping.catalogue)
        self.speaker: Speaker = firm.member
        self.floor: Floor | None = None
        self.replies: list[Reply] = []

    async def _turn(self, incoming: Incoming) -> "Chat":
        async with self.database.write() as tx:
            catalogue, now = self.firm.keeping.catalogue, self.firm.clock.now()
            turn = Turn(tx, self.speaker, incoming, now=now, catalogue=catalogue, floor=self.floor)
            await self.router.handle(turn)
        self.floor, self.replies = turn.floor, turn.replies
        return self

    async def press(self, action: str) -> "Chat":
        return await self._turn(Incoming(kind="press", action=action))

    async def types(self, *texts: str) -> "Chat":
        for text in texts:
            await self._turn(Incoming(kind="text", text=text))
        return self

    async def taps(self, *labels: str) -> "Chat":
        for label in labels:
            await self.press(self.action(label))
        return self

    def action(self, label: str) -> str:
        return next(b.action for reply in self.replies for b in reply.buttons if label in b.label)

    @property
    def said(self) -> str:
        return "\n".join(reply.plain() for reply in self.replies)

    @property
    def labels(self) -> list[str]:
        return [button.label for reply in self.replies for button in reply.buttons]

    async def entries(self) -> tuple[LedgerEntry, ...]:
        async with self.database.read() as tx:
            return await store.entries(tx, self.firm.id)


@pytest.fixture
async def firm(
    sqlite_database: Database,
    rulebook: Rulebook,
    catalogue: Catalogue,
    randomness: SeededRandomness,
    clock: FixedClock,
) -> Firm:
    made = Firm(bookkeeping(rulebook, catalogue, randomness), clock)
    async with sqlite_database.write() as tx:
        return await made.found(tx)


@pytest.fixture
def chat(sqlite_database: Database, firm: Firm, tmp_path: Path) -> Chat:
    return Chat(sqlite_database, firm, tmp_path)


async def test_who_is_bound_to_no_enterprise_gets_one_sentence_on_how_to_be(chat: Chat) -> None:
    chat.speaker = chat.firm.stranger
    await chat.types("/ledger")
    assert "还没有绑定企业" in chat.said
    assert chat.labels == []


async def test_who_belongs_to_several_chooses_whose_ledger_it_is(chat: Chat) -> None:
    firm = chat.firm
    async with chat.database.write() as tx:
        other = await enterprises.add(
            tx, name="第二厂", uscc=CODES[1], district="CN-33", now=firm.now, randomness=firm.keeping.randomness
        )
        await enterprises.join(tx, other.id, firm.member.person, "staff")
    await chat.types("台账")
    assert chat.labels == ["示例化工厂0", "第二厂"]
    await chat.taps("第二厂")
    assert "第二厂" in chat.said


async def test_a_purchase_is_recorded_step_by_step(chat: Chat) -> None:
    await chat.types("/ledger")
    await chat.taps("购进")
    assert "购进 · 第 1/7 步" in chat.said
    await chat.types("甲苯", "２５ 公斤")
    assert "购进 · 第 3/7 步" in chat.said
    await chat.taps("今天")
    await chat.types("示例供应商", "浙易制毒0001", "BA-1")
    await chat.taps("银行转账")
    assert "登记后账面结存：0 → 25 kg" in chat.said
    assert await chat.entries() == ()
    await chat.taps("确认登记")
    assert "已登记：记录 0001" in chat.said
    assert "2027年3月31日" in chat.said
    (entry,) = await chat.entries()
    assert (entry.kind, entry.chemical, entry.unit, str(entry.amount)) == ("purchase", "3-1", "kg", "25")
    assert entry.fields == {
        "supplier": "示例供应商",
        "supplier_number": "浙易制毒0001",
        "certificate": "BA-1",
        "payment": "银行转账",
    }


async def test_everything_can_be_typed_too(chat: Chat) -> None:
    await chat.types("/ledger 购进", "67-66-3", "500 mL", "2026-11-20", "供应商", "跳过", "没有", "现金", "确认")
    (entry,) = await chat.entries()
    assert (entry.name, entry.unit, entry.day.isoformat()) == ("三氯甲烷", "mL", "2026-11-20")
    assert entry.fields == {"supplier": "供应商", "payment": "现金"}


async def test_warnings_stand_before_the_confirmation_with_their_articles(chat: Chat) -> None:
    await chat.types("/ledger 购进", "甲苯", "25 kg", "2026-11-20", "供应商", "跳过", "没有", "现金")
    assert "没有填购买备案证明编号" in chat.said
    assert "《易制毒化学品管理条例》第十七条" in chat.said
    assert "不能用现金或实物" in chat.said
    assert "供应商的许可或备案证号空着" in chat.said


async def test_more_than_there_is_stops_before_the_confirmation_and_the_form_is_kept(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "10 kg", "2026-11-20", "跳过", "跳过", "确认")
    await chat.types("/ledger 领用", "甲苯", "12")
    assert chat.floor is not None
    await chat.types("2026-11-21", "清洗", "张三", "跳过", "跳过")
    assert "账面有 10 kg" in chat.said
    assert "确认登记" not in chat.labels
    await chat.types("返回")
    assert "第 7/7 步" in chat.said
    assert len(await chat.entries()) == 1


async def test_a_form_waits_for_days_and_is_offered_by_the_menu(chat: Chat, clock: FixedClock) -> None:
    await chat.types("/ledger 领用", "甲苯")
    clock.advance(timedelta(days=9))
    await chat.types("/ledger")
    await chat.taps("继续上次：领用（第 2/7 步）")
    assert "领用 · 第 2/7 步" in chat.said


async def test_a_button_of_an_older_step_says_so_and_changes_nothing(chat: Chat) -> None:
    await chat.types("/ledger 购进", "甲苯", "25 kg")
    old = chat.action("今天")
    await chat.taps("今天")
    await chat.press(old)
    assert "这一步已经过去了" in chat.said
    await chat.types("供应商")
    assert "第 5/7 步" in chat.said


async def test_a_second_press_on_confirm_records_nothing_more(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "10 kg", "今天", "2026-11-24", "跳过", "跳过")
    confirm = chat.action("确认登记")
    await chat.press(confirm)
    await chat.press(confirm)
    assert len(await chat.entries()) == 1
    assert "这一步已经过去了" in chat.said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["苯"], "是哪一种"),
        (["不知名的东西"], "目录里没有"),
        (["甲苯", "很多"], "没看懂"),
        (["甲苯", "25"], "单位也写上"),
        (["甲苯", "25 kg", "明天"], "没看懂日期"),
        (["甲苯", "25 kg", "2026-11-25"], "还没有到"),
        (["甲苯", "25 kg", "2026-11-20", "供" * 201], "不超过 200 字"),
        (["甲苯", "25 kg", "2026-11-20", "供应商", "没有", "没有", "赊账"], "点下面的按钮"),
    ],
)
async def test_what_is_not_understood_is_asked_again(chat: Chat, typed: list[str], said: str) -> None:
    await chat.types("/ledger 购进", *typed)
    assert said in chat.said
    assert "购进 · 第" in chat.said


async def test_a_name_that_is_not_listed_is_taken_when_it_is_meant(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "特制清洗剂")
    await chat.taps("就用“特制清洗剂”")
    await chat.types("3 瓶", "2026-11-24", "跳过", "跳过")
    assert "不在目录和常用别名里" in chat.said
    await chat.types("确认")
    (entry,) = await chat.entries()
    assert (entry.chemical, entry.name, entry.unit) == ("", "特制清洗剂", "瓶")


async def test_a_mistake_is_taken_back_with_a_reason_and_recorded_anew(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "100 kg", "2026-11-20", "跳过", "李四", "确认")
    await chat.types("/ledger 领用", "甲苯", "50", "2026-11-21", "清洗", "张三", "跳过", "跳过", "确认")
    await chat.types("/ledger")
    await chat.taps("更正", "0001 盘点", "记错了")
    await chat.types("磅秤没有归零")
    await chat.taps("冲销并重记")
    assert "更正记录 0001：磅秤没有归零" in chat.said
    await chat.taps("不变：甲苯")
    await chat.types("95")
    await chat.taps("不变：2026-11-20", "没有", "不变：李四", "确认登记")
    assert "记录 0001 已冲销，正确的是记录 0004" in chat.said
    every = await chat.entries()
    assert [one.why for one in every] == ["", "", "磅秤没有归零", "磅秤没有归零"]
    await chat.taps("« 台账", "结存")
    assert "甲苯：45 kg" in chat.said
    await chat.taps("« 台账", "更正")
    assert "（已冲销）" in chat.said
    assert "冲销 0001：磅秤没有归零" in chat.said


async def test_a_mistake_can_be_taken_back_alone(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "100 kg", "2026-11-20", "跳过", "跳过", "确认", "/ledger")
    await chat.taps("更正", "0001 盘点", "记错了")
    await chat.types("记了两遍")
    await chat.taps("只冲销")
    assert "记录 0001 已冲销，冲销记录 0002" in chat.said


async def test_a_certificate_is_offered_its_rest_is_counted_and_too_much_is_said(chat: Chat) -> None:
    await chat.types("/ledger 备案证明", "甲苯", "BA-7", "30 kg", "2026-11-01", "2027-01-31", "多次", "确认")
    assert "已登记证明 BA-7" in chat.said
    await chat.types("/ledger 购进", "甲苯", "20 kg", "2026-11-20", "供应商", "0001")
    await chat.taps("BA-7", "银行转账")
    assert "没有发现问题" in chat.said
    await chat.taps("确认登记")
    await chat.types("/ledger 购进", "甲苯", "20 kg", "2026-11-20", "供应商", "0001", "BA-7", "银行转账")
    assert "还剩 10 kg，这次买 20 kg，合计超出 10 kg" in chat.said
    await chat.types("/ledger")
    await chat.taps("备案证明")
    assert "还能买 10 kg" in chat.said
    await chat.taps("BA-7 · 甲苯", "作废")
    await chat.types("抄错了")
    assert "已作废" in chat.said


async def test_the_totals_name_the_due_day_and_the_article_of_the_report(chat: Chat, clock: FixedClock) -> None:
    await chat.types("/ledger 盘点", "甲苯", "100 kg", "2026-11-20", "跳过", "跳过", "确认")
    clock.advance(timedelta(days=60))
    await chat.press(f"ledger:show:y.{chat.firm.id}")
    assert "2026 年汇总" in chat.said
    assert "2027年3月31日" in chat.said
    assert "《易制毒化学品管理条例》第三十六条" in chat.said
    await chat.taps("2026 年已经报告")
    assert "2028年3月31日" in chat.said


async def test_the_workbook_is_sent_as_a_file(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "100 kg", "2026-11-20", "跳过", "跳过", "确认", "/ledger")
    await chat.taps("导出")
    file = chat.replies[0].file
    assert file is not None
    assert file.name == "台账-示例化工厂0-2026-11-24.xlsx"
    assert Path(file.path).read_bytes()[:2] == b"PK"


async def test_what_belongs_to_others_is_refused_in_the_words_of_what_does_not_exist(chat: Chat) -> None:
    await chat.types("/ledger 盘点", "甲苯", "100 kg", "2026-11-20", "跳过", "跳过", "确认")
    (entry,) = await chat.entries()
    chat.speaker = chat.firm.stranger
    its = chat.firm.id
    for action in (f"m:{its}", f"bal:{its}", f"exp:{its}", f"tot:{its}:2026", f"e:{entry.id}", "e:nosuchrow", "m:x"):
        await chat.press(f"ledger:{action}")
        assert "找不到这本台账或这笔记录" in chat.said


async def test_the_audit_log_holds_numbers_and_no_words_of_the_ledger(chat: Chat) -> None:
    await chat.types("/ledger 购进", "甲苯", "25 kg", "2026-11-20", "某某供应商", "跳过", "没有", "现金", "确认")
    async with chat.database.read() as tx:
        (line,) = await tx.all(select(audit_log).where(audit_log.c.act == "ledger entry recorded"))
    assert json.loads(line.detail) == {"kind": "purchase", "number": 1, "warned": ["L10", "L16", "L25"]}


@pytest.mark.parametrize("kind", ["purchase", "use", "sale", "transfer", "loss", "stock_take", "certificate"])
async def test_every_form_is_told_in_english_as_well(chat: Chat, kind: str) -> None:
    chat.speaker = chat.speaker.model_copy(update={"language": "en"})
    await chat.types("/ledger Stock-take", "toluene", "100 kg", "2026-11-20", "skip", "skip", "confirm")
    await chat.press(f"ledger:new:{chat.firm.id}:{kind}")
    for _ in range(12):
        label = next(
            (one for one in chat.labels if one.startswith(("None", "Today", "甲苯", "bank", "unit", "once"))), ""
        )
        if "please check" in chat.said:
            break
        question = chat.said.rsplit("\n", 1)[-1]
        typed = (
            "5 kg" if question.startswith(("How much", "Which amount")) else "2026-11-22" if "day" in question else "x"
        )
        await (chat.taps(label) if label else chat.types(typed))
    await chat.types("confirm")
    assert "ecorded" in chat.said


async def test_checks_of_other_lines_of_the_book_are_not_told_again(chat: Chat) -> None:
    await chat.types("/ledger 购进", "甲苯", "25 kg", "2026-11-20", "供应商", "跳过", "没有", "现金", "确认")
    await chat.types("/ledger 领用", "甲苯", "5 kg", "2026-11-21", "清洗", "张三", "跳过", "跳过")
    assert "没有发现问题" in chat.said
