"""Talking about cases: from a finding to a deadline to done, with every way back and out."""

import re
from datetime import timedelta

import pytest
from tests.fakes import FixedClock, SeededRandomness

from hegui.capabilities.rectification.dialogue import RectificationDialogue
from hegui.capabilities.self_check import service as self_check
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.router import Router
from hegui.conversation.turn import Floor, Speaker, Turn
from hegui.delivery.quiet_hours import QuietHours
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue, Language
from hegui.registry import people
from hegui.rulebook.pack import Rulebook


class Chat:
    """One person in one chat: presses, types, and reads what comes back."""

    def __init__(self, database: Database, router: Router, clock: FixedClock, catalogue: Catalogue) -> None:
        self.database, self.router, self.clock, self.catalogue = database, router, clock, catalogue
        self.floor: Floor | None = None
        self.replies: list[Reply] = []
        self.speaker = Speaker(person="", role="member", language="zh", channel="terminal", address="1")

    async def _turn(self, incoming: Incoming) -> "Chat":
        async with self.database.write() as tx:
            turn = Turn(tx, self.speaker, incoming, now=self.clock.now(), catalogue=self.catalogue, floor=self.floor)
            await self.router.handle(turn)
        self.floor, self.replies = turn.floor, turn.replies
        return self

    async def press(self, action: str) -> "Chat":
        return await self._turn(Incoming(kind="press", action=action))

    async def type(self, text: str) -> "Chat":
        return await self._turn(Incoming(kind="text", text=text))

    async def tap(self, label: str) -> "Chat":
        """Presses the button of the last replies that bears this label."""
        return await self.press(self.action(label))

    def action(self, label: str) -> str:
        return next(b.action for reply in self.replies for b in reply.buttons if label in b.label)

    @property
    def said(self) -> str:
        return "\n".join(reply.plain() for reply in self.replies)

    @property
    def labels(self) -> list[str]:
        return [button.label for reply in self.replies for button in reply.buttons]


class Deaf(Dialogue):
    """Takes what nobody else does."""

    name = "deaf"


@pytest.fixture
def reminders(rulebook: Rulebook, catalogue: Catalogue, randomness: SeededRandomness) -> Reminders:
    timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
    return Reminders(timetable, quiet=QuietHours(), catalogue=catalogue, randomness=randomness)


@pytest.fixture
async def chat(
    sqlite_database: Database,
    rulebook: Rulebook,
    catalogue: Catalogue,
    randomness: SeededRandomness,
    clock: FixedClock,
    reminders: Reminders,
) -> Chat:
    dialogue = RectificationDialogue(rulebook, reminders, randomness)
    router = Router([dialogue], free_text=Deaf(), catalogue=catalogue)
    chat = Chat(sqlite_database, router, clock, catalogue)
    async with sqlite_database.write() as tx:
        chat.speaker = await people.introduce(
            tx, ("terminal", "1"), language="zh", now=clock.now(), randomness=randomness
        )
    return chat


@pytest.fixture
async def run(chat: Chat, rulebook: Rulebook, randomness: SeededRandomness) -> str:
    """A finished self-check that showed two red findings."""
    return await checked(chat, rulebook, randomness)


async def checked(chat: Chat, rulebook: Rulebook, randomness: SeededRandomness, **otherwise: str) -> str:
    """A finished self-check of an invented firm, with some answers otherwise; its id."""
    pack = rulebook.pack("network-security")
    assert pack is not None
    example, now = pack.examples[0], chat.clock.now()
    answers = {**example.answers, **otherwise}
    async with chat.database.write() as tx:
        sheet = await self_check.start(tx, pack, chat.speaker.person, None, now=now, randomness=randomness)
        while question := sheet.current:
            value = answers.get(question.id, example.otherwise)
            sheet = await self_check.answer(tx, sheet, question.id, value, now)
        return (await self_check.finish(tx, sheet, now=now, randomness=randomness)).run.id


async def opened(chat: Chat, run: str) -> str:
    """Opens a case of all findings within ten working days; its id."""
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("10 个工作日")
    await chat.tap("确认")
    return chat.action("标记完成").split(":")[2]


async def test_without_cases_the_list_says_how_to_get_one(chat: Chat) -> None:
    await chat.type("/cases")
    assert "/check" in chat.said


async def test_from_findings_to_a_case_in_five_presses(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    assert sum(label.startswith("☐") for label in chat.labels) >= 2
    await chat.tap("全选")
    assert not any(label.startswith("☐") for label in chat.labels)
    await chat.tap("下一步")
    await chat.tap("10 个工作日")
    assert "2026年12月8日（周二）" in chat.said
    assert "还有 10 个工作日" in chat.said
    assert "11-27 09:00" in chat.said
    await chat.tap("确认")
    assert "整改-0001 已经开始" in chat.said
    assert "《" in chat.said
    assert chat.floor is None


async def test_findings_are_picked_one_by_one(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    action = chat.action("☐")
    await chat.press(action)
    assert sum(label.startswith("☑") for label in chat.labels) == 1
    await chat.press(action)
    assert not any(label.startswith("☑") for label in chat.labels)
    await chat.tap("只选严重")
    assert any(label.startswith("☑ 【严重】") for label in chat.labels)


async def test_what_is_left_can_go_into_another_case(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    before = sum(label.startswith("☐") for label in chat.labels)
    await chat.press(chat.action("☐"))
    await chat.tap("下一步")
    await chat.tap("5 个工作日")
    await chat.tap("确认")
    await chat.press(f"case:from:{run}")
    assert sum(label.startswith("☐") for label in chat.labels) == before - 1


async def test_every_step_leads_back_and_out(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    for step in ("下一步", "自己填日期"):
        await chat.tap(step)
        assert any("返回" in label for label in chat.labels)
        assert any("✖" in label for label in chat.labels)
    await chat.tap("返回")
    await chat.tap("责令改正")
    await chat.tap("今天收到的")
    await chat.tap("返回")
    await chat.tap("返回")
    await chat.tap("返回")
    assert any(label.startswith("☑") for label in chat.labels)
    await chat.tap("✖")
    assert chat.floor is None


async def test_an_order_is_counted_from_the_day_it_was_received(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("责令改正")
    await chat.type("2026-11-20")
    await chat.type("十五日内")
    assert "2026年12月7日（周一）" in chat.said
    assert "顺延" in chat.said
    await chat.tap("确认")
    assert "责令改正" in chat.said
    assert "十五日内" in chat.said


async def test_a_statutory_period_is_offered_with_its_article(
    chat: Chat, rulebook: Rulebook, randomness: SeededRandomness
) -> None:
    run = await checked(chat, rulebook, randomness, Q21="no")
    await chat.press(f"case:all:{run}")
    await chat.tap("下一步")
    assert "网络正式联通" in chat.said
    await chat.tap("联网备案")
    assert "2026年12月24日（周四）" in chat.said
    assert "第十二条" in chat.said
    await chat.tap("确认")
    await chat.type("/reminders")
    assert not any("停止" in label for label in chat.labels)


async def test_an_order_may_name_the_date(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("责令改正")
    await chat.tap("今天收到的")
    await chat.type("2027年1月15日")
    assert "2027年1月15日" in chat.said
    assert "暂定" in chat.said


@pytest.mark.parametrize("typed", ["明天", "2026-11-23", "2030-01-01", "2026-13-01", "15"])
async def test_a_date_that_cannot_be_is_refused_with_an_example(chat: Chat, run: str, typed: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("自己填日期")
    await chat.type(typed)
    assert "2026-12-08" in chat.said
    await chat.type("2026-12-18")
    assert "请确认" in chat.said


async def test_a_second_press_on_confirm_shows_the_same_case(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("5 个工作日")
    confirm = chat.action("确认")
    await chat.press(confirm)
    await chat.press(confirm)
    assert "整改-0001" in chat.said
    await chat.type("/cases")
    assert "整改-0002" not in chat.said


async def test_a_second_press_shows_the_case_that_this_button_opened(chat: Chat, run: str) -> None:
    confirms = []
    for working_days in ("5 个工作日", "10 个工作日"):
        await chat.press(f"case:from:{run}")
        await chat.press(chat.action("☐"))
        await chat.tap("下一步")
        await chat.tap(working_days)
        confirms.append(chat.action("确认"))
        await chat.press(confirms[-1])
    for number, confirm in enumerate(confirms, 1):
        await chat.press(confirm)
        assert f"整改-000{number}" in chat.said


async def test_a_confirm_of_another_date_is_an_old_button(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    due = chat.action("5 个工作日")
    await chat.press(due)
    confirm = chat.action("确认")
    await chat.press(due.replace(":5", ":10"))
    await chat.press(confirm)
    assert "用不了" in chat.said


async def test_done_is_asked_once_more_and_can_be_taken_back(chat: Chat, run: str) -> None:
    case = await opened(chat, run)
    await chat.tap("标记完成")
    await chat.tap("确认")
    assert "已完成" in chat.said
    await chat.press(f"case:done_yes:{case}")
    assert "已经标记完成" in chat.said
    await chat.press(f"case:reopen:{case}")
    assert "重新打开" in chat.said


async def test_the_deadline_is_changed(chat: Chat, run: str) -> None:
    await opened(chat, run)
    await chat.tap("改期限")
    await chat.tap("15 个工作日")
    await chat.tap("确认，改期限")
    assert "2026年12月15日" in chat.said


async def test_putting_off_what_an_order_wants_is_warned_about(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("责令改正")
    await chat.tap("今天收到的")
    await chat.type("10日")
    await chat.tap("确认")
    await chat.tap("改期限")
    await chat.tap("15 个工作日")
    assert "征得下达要求的公安机关同意" in chat.said


async def test_self_set_reminders_are_stopped_after_a_question(chat: Chat, run: str) -> None:
    await opened(chat, run)
    await chat.type("/reminders")
    assert "11月27日" in chat.said
    await chat.tap("停止此类提醒")
    await chat.tap("确认停止")
    await chat.type("/reminders")
    assert "后面没有提醒" in chat.said


async def test_reminders_of_an_order_have_no_button_to_stop_them(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.tap("全选")
    await chat.tap("下一步")
    await chat.tap("责令改正")
    await chat.tap("今天收到的")
    await chat.type("15日")
    await chat.tap("确认")
    case = chat.action("标记完成").split(":")[2]
    await chat.type("/reminders")
    assert not any("停止" in label for label in chat.labels)
    assert "不能关" in chat.said
    await chat.press(f"case:stop_yes:{case}")
    assert "不能关" in chat.said


async def test_a_stranger_cannot_use_the_buttons(
    chat: Chat, run: str, randomness: SeededRandomness, clock: FixedClock
) -> None:
    case = await opened(chat, run)
    async with chat.database.write() as tx:
        chat.speaker = await people.introduce(
            tx, ("terminal", "2"), language="zh", now=clock.now(), randomness=randomness
        )
    acts = ("show", "done", "done_yes", "reopen", "stop_yes", "due:c", "day:c", "order:c", "in:c")
    for act in acts:
        await chat.press(f"case:{act}:{case}" + (":5" if act == "in:c" else ""))
        assert "用不了" in chat.said, act
    await chat.press(f"case:from:{run}")
    assert "用不了" in chat.said


@pytest.mark.parametrize(
    "action",
    ["case", "case:show", "case:in:r:x:7", "case:open:r:x:1", "case:due:x:y", "case:list:-1", "case:a:b:c:d:e"],
)
async def test_damaged_buttons_are_refused_in_a_sentence(chat: Chat, action: str) -> None:
    await chat.press(action)
    assert len(chat.replies) == 1


async def test_a_finding_picked_weeks_later_still_works(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    action = chat.action("☐")
    chat.floor = None
    chat.clock.advance(timedelta(days=21))
    await chat.press(action)
    assert sum(label.startswith("☑") for label in chat.labels) == 1


async def test_typed_text_at_a_step_of_buttons_is_told_so(chat: Chat, run: str) -> None:
    await chat.press(f"case:from:{run}")
    await chat.type("随便说点")
    assert "按钮" in chat.said


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_all_pages_speak_one_language(chat: Chat, run: str, language: Language) -> None:
    chat.speaker = chat.speaker.model_copy(update={"language": language})
    await chat.press(f"case:from:{run}")
    said = chat.said
    await chat.press(f"case:all:{run}")
    for action in (f"case:due:r:{run}", f"case:day:r:{run}", f"case:order:r:{run}", f"case:in:r:{run}:10"):
        await chat.press(action)
        said += chat.said
    await chat.press(f"case:open:r:{run}:20261208")
    said += chat.said
    await chat.type("/reminders")
    said += chat.said
    await chat.type("/cases")
    said += chat.said
    assert bool(re.search(r"[\u4e00-\u9fff]", said)) == (language == "zh")
