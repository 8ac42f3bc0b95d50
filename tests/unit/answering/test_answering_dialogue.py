"""The talk around an answer: its buttons, what follows it, and the way to an officer."""

from datetime import UTC, date, datetime

import pytest
from tests.fakes import SeededRandomness

from hegui.capabilities.answering import misses
from hegui.capabilities.answering.dialogue import AskDialogue, spoken_language
from hegui.capabilities.answering.place import PlaceDialogue
from hegui.capabilities.answering.reminding import Reminding
from hegui.capabilities.answering.service import Answering
from hegui.capabilities.hand_over.dialogue import HandOverDialogue
from hegui.conversation.incoming import Incoming
from hegui.conversation.reply import Reply
from hegui.conversation.router import Router
from hegui.conversation.turn import Floor, Speaker, Turn
from hegui.delivery.reminders.service import Reminders
from hegui.delivery.reminders.timetable import Timetable
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue, Language
from hegui.registry import people
from hegui.registry.tables import person
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.working_days import WorkingDays

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Chat:
    """One person's chat; remembers who holds the floor."""

    def __init__(self, database: Database, catalogue: Catalogue, rulebook: Rulebook, answering: Answering) -> None:
        hand_over = HandOverDialogue(WorkingDays(rulebook.calendar), SeededRandomness())
        timetable = Timetable(rulebook.reminder_ladders, rulebook.calendar)
        self.reminders = Reminders(timetable, quiet=None, catalogue=catalogue, randomness=SeededRandomness(2))
        reminding = Reminding(rulebook, self.reminders)
        ask = AskDialogue(answering, hand_over, reminding, SeededRandomness(3))
        self._router = Router([ask, hand_over, PlaceDialogue(rulebook)], free_text=ask, catalogue=catalogue)
        self._database = database
        self._catalogue = catalogue
        self.floor: Floor | None = None

    async def says(self, text: str, language: Language = "zh") -> Reply:
        return await self.does(Incoming(kind="text", text=text), language)

    async def presses(self, reply: Reply, label: str, language: Language = "zh") -> Reply:
        action = next(button.action for button in reply.buttons if label in button.label)
        return await self.does(Incoming(kind="press", action=action), language)

    async def does(self, incoming: Incoming, language: Language) -> Reply:
        speaker = Speaker(person="p1", role="member", language=language, channel="test", address="ann")
        async with self._database.write() as tx:
            turn = Turn(tx, speaker, incoming, now=NOON, catalogue=self._catalogue, floor=self.floor)
            await self._router.handle(turn)
        self.floor = turn.floor
        return turn.replies[-1]


@pytest.fixture(scope="module")
def answering(rulebook: Rulebook) -> Answering:
    return Answering(rulebook)


@pytest.fixture
def database_of(sqlite_database: Database) -> Database:
    """The store that the chat writes to."""
    return sqlite_database


@pytest.fixture
async def chat(sqlite_database: Database, catalogue: Catalogue, rulebook: Rulebook, answering: Answering) -> Chat:
    async with sqlite_database.write() as tx:
        row = {"id": "p1", "role": "member", "language": "zh", "name": None, "district": None, "created_at": NOON}
        await tx.insert(person, [row])
    return Chat(sqlite_database, catalogue, rulebook, answering)


async def test_free_text_is_answered(chat: Chat) -> None:
    assert "六个月" in (await chat.says("网络日志要留存多久")).plain()


async def test_the_command_answers_what_stands_behind_it(chat: Chat) -> None:
    assert "六个月" in (await chat.says("/ask 网络日志要留存多久")).plain()


async def test_the_bare_command_asks_for_a_question(chat: Chat) -> None:
    assert "请把想问的事打出来" in (await chat.says("/ask")).plain()


async def test_an_answer_offers_ladder_leniency_self_check_and_officer(chat: Chat) -> None:
    labels = " ".join(button.label for button in (await chat.says("网络日志要留存多久")).buttons)
    for label in ("完整罚则", "从宽", "自查", "转人工"):
        assert label in labels


async def test_the_ladder_and_what_may_make_it_lighter_are_shown_in_full(chat: Chat) -> None:
    answer = await chat.says("网络日志要留存多久")
    ladder = await chat.presses(answer, "完整罚则")
    assert "1000万元" in ladder.plain()
    lighter = await chat.presses(ladder, "从宽")
    assert "要准备" in lighter.plain()
    assert "六个月" in (await chat.presses(lighter, "回到这项要求")).plain()


async def test_a_short_question_after_an_answer_keeps_its_topic(chat: Chat) -> None:
    await chat.says("网络日志要留存多久")
    assert "《网络安全法》第六十一条" in (await chat.says("那罚多少？")).plain()
    assert "第二十三条" in (await chat.says("是哪一条？")).plain()


async def test_a_short_question_without_a_topic_guesses_nothing(chat: Chat) -> None:
    assert "第六十一条" not in (await chat.says("那罚多少？")).plain()


async def test_a_question_asked_in_english_is_answered_and_followed_up_in_english(chat: Chat) -> None:
    answer = await chat.says("How long do we keep network logs?")
    assert "six months" in answer.plain()
    assert "10,000,000" in (await chat.presses(answer, "All consequences")).plain()


async def test_the_question_goes_to_an_officer_only_after_it_was_shown_again(
    chat: Chat, sqlite_database: Database
) -> None:
    async with sqlite_database.write() as tx:
        await people.add_person(tx, role="officer", language="zh", now=NOON, randomness=SeededRandomness())
    abstained = await chat.says("加班费怎么算")
    shown = await chat.presses(abstained, "转人工")
    assert "加班费怎么算" in shown.plain()
    assert "确认发送" in shown.plain()


async def test_a_half_understood_question_offers_what_may_be_meant(chat: Chat) -> None:
    offered = await chat.says("网络安全法第21条")
    assert "现在是第23条" in offered.plain()
    assert "您是不是想问" in offered.plain()
    assert offered.buttons[0].action.startswith("ask:whole:")


async def test_an_answer_that_was_not_meant_offers_others_and_is_noted(chat: Chat, database_of: Database) -> None:
    answer = await chat.says("网络日志要留存多久")
    others = await chat.presses(answer, "不是我问的")
    assert "没答对" in others.plain()
    async with database_of.read() as tx:
        assert [(miss.question, miss.entry) for miss in await misses.newest(tx, 10)] == [("网络日志要留存多久", "N04")]


async def test_a_reminder_is_planned_for_a_day_that_is_pressed_or_typed(chat: Chat, database_of: Database) -> None:
    answer = await chat.says("网络日志要留存多久")
    asked = await chat.presses(answer, "提醒我")
    assert "什么时候提醒您" in asked.plain()
    assert "2026年12月1日" in (await chat.presses(asked, "一周后")).plain()
    await chat.presses(answer, "提醒我")
    assert "2027年1月15日" in (await chat.says("2027-01-15")).plain()
    async with database_of.read() as tx:
        planned = await chat.reminders.about(tx, ["ask:N04.p1"])
    assert planned["ask:N04.p1"].due == date(2027, 1, 15)


async def test_a_day_that_is_past_is_refused(chat: Chat) -> None:
    await chat.presses(await chat.says("网络日志要留存多久"), "提醒我")
    assert "已经过了" in (await chat.says("2020-01-15")).plain()


async def test_the_reminder_letter_leads_back_to_the_duty(chat: Chat) -> None:
    shown = await chat.does(Incoming(kind="press", action="ask:show:N04.p1"), "zh")
    assert "六个月" in shown.plain()


async def test_a_place_is_found_by_its_name_and_answers_say_it(chat: Chat) -> None:
    assert "浙江省绍兴市柯桥区" in (await chat.says("/place 柯桥区")).plain()
    assert "浙江省绍兴市柯桥区" in (await chat.says("网络日志要留存多久")).plain()
    assert "全国" in (await chat.says("/place 全国")).plain()


async def test_a_place_of_which_there_are_several_is_chosen(chat: Chat) -> None:
    several = await chat.says("/place 朝阳区")
    assert len(several.buttons) > 1
    assert "北京市朝阳区" in (await chat.presses(several, "北京")).plain()
    assert "没有找到" in (await chat.says("/place 不存在的地方")).plain()


async def test_a_question_in_between_does_not_take_the_floor_from_another_dialogue(chat: Chat) -> None:
    chat.floor = Floor(dialogue="human", step="question")
    await chat.says("/ask 网络日志要留存多久")
    assert chat.floor == Floor(dialogue="human", step="question")


async def test_a_made_up_button_is_refused_in_one_sentence(chat: Chat, catalogue: Catalogue) -> None:
    for action in ("ask:whole:Z99:zh", "ask:whole:N04:fr", "ask:nonsense"):
        reply = await chat.does(Incoming(kind="press", action=action), "zh")
        assert reply.plain() == catalogue.say("zh", "conversation.old_button")


@pytest.mark.parametrize(
    ("text", "usual", "spoken"),
    [("日志", "en", "zh"), ("how long", "zh", "en"), ("ICP", "zh", "zh"), ("MLPS?", "en", "en"), ("🙂", "zh", "zh")],
)
def test_the_language_shows_in_the_question_where_it_has_words(text: str, usual: Language, spoken: Language) -> None:
    assert spoken_language(text, usual) == spoken
