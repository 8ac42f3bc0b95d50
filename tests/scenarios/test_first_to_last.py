"""From the first question to the last reminder, through the terminal and through Telegram, with kills in between."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.bot_api_server import BotApiServer
from tests.scenarios import looking, story
from tests.scenarios.drivers import Driver, InTelegram, InTerminal

from hegui.rulebook.pack import Rulebook


@pytest.fixture(params=["terminal", "telegram"])
async def driver(request: pytest.FixtureRequest, data_dir: Path, server: BotApiServer) -> AsyncIterator[Driver]:
    made: Driver = InTerminal(data_dir) if request.param == "terminal" else InTelegram(data_dir, server)
    await made.start()
    yield made
    await made.kill()


@pytest.fixture
async def telegram(data_dir: Path, server: BotApiServer) -> AsyncIterator[InTelegram]:
    made = InTelegram(data_dir, server)
    await made.start()
    yield made
    await made.kill()


async def test_an_enterprise_asks_checks_itself_and_is_reminded_until_it_is_put_right(
    driver: Driver, data_dir: Path, rulebook: Rulebook
) -> None:
    await story.act(driver, story.ASKS_AND_BEGINS)
    await driver.kill()
    before = await looking.answers(data_dir)
    assert sorted(value for _, value in before) == sorted(story.ANSWERED_SO_FAR)

    await driver.start()
    await story.act(driver, story.GOES_ON_WITH_THE_SAME_QUESTION)
    assert await looking.answers(data_dir) == before
    await story.act(driver, story.FINISHES_WITH_FINDINGS)
    await story.act(driver, story.OPENS_A_CASE)
    await driver.stop()
    assert await looking.letters(data_dir, "reminder") == []

    await looking.let_the_first_reminder_come_due(data_dir, rulebook)
    await driver.start()
    await story.act(driver, story.IS_REMINDED)
    await driver.stop()
    await driver.start()
    await story.act(driver, story.FINDS_THE_CASE)
    await story.act(driver, story.PUTS_IT_RIGHT)
    await driver.stop()
    assert driver.times_seen("做完了就点“查看”") == 1
    assert await looking.letters(data_dir, "reminder") == ["sent"]
    assert await looking.armed(data_dir) == 0


async def test_a_kill_while_an_answer_is_on_its_way_loses_and_doubles_nothing(
    telegram: InTelegram, server: BotApiServer, data_dir: Path
) -> None:
    """The press is sent and the program killed at once; then once more while Telegram is slow to confirm."""
    await story.act(telegram, story.ASKS_AND_BEGINS)
    await telegram.presses("是")
    await telegram.kill()
    await telegram.start()
    await telegram.sees("第 10/26 题")

    server.fault("late", "editMessageText", seconds=30)
    edits = server.calls["editMessageText"]
    await telegram.presses("部分做到")
    await server.until(lambda: server.calls["editMessageText"] > edits, 20)
    await telegram.kill()
    await telegram.start()
    await story.act(
        telegram, [story.says("/check 网络安全", "现在什么都没有分享"), story.presses("继续上次", "第 11/26 题")]
    )
    given = [value for _, value in await looking.answers(data_dir)]
    assert sorted(given) == sorted((*story.ANSWERED_SO_FAR, "yes", "partly"))


async def test_a_letter_that_was_queued_when_the_program_died_is_sent_once(
    telegram: InTelegram, server: BotApiServer, data_dir: Path
) -> None:
    await story.act(telegram, story.ASKS_AND_BEGINS[:1])
    attempts = server.calls["sendMessage"]
    server.fault("too_many", "sendMessage", retry_after=2)
    await telegram.says("/help")
    await server.until(lambda: server.calls["sendMessage"] > attempts, 20)
    await looking.until_a_letter_is(data_dir, "queued")
    await telegram.kill()
    assert telegram.times_seen("我能做什么") == 0
    await telegram.start()
    await telegram.sees("我能做什么")
    await telegram.stop()
    assert telegram.times_seen("我能做什么") == 1
    assert set(await looking.letters(data_dir, "")) == {"sent"}


async def test_a_self_check_begun_in_telegram_goes_on_in_the_terminal_beside_the_running_program(
    telegram: InTelegram, data_dir: Path
) -> None:
    await story.act(telegram, story.ASKS_AND_BEGINS)
    terminal = InTerminal(data_dir, "--as", await looking.person_at(data_dir, telegram.person.id))
    await terminal.start()
    await story.act(terminal, story.GOES_ON_WITH_THE_SAME_QUESTION)
    await story.act(terminal, story.FINISHES_WITH_FINDINGS)
    await terminal.stop()
    await story.act(telegram, story.OPENS_THE_RESULT)
