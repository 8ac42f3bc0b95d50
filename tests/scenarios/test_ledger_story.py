"""An enterprise keeps its ledger in chat, through the terminal and through Telegram, with a kill in between."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.bot_api_server import BotApiServer
from tests.fakes import SeededRandomness
from tests.scenarios import looking, story
from tests.scenarios.drivers import Driver, InTelegram, InTerminal
from tests.scenarios.story import presses, says

from hegui.capabilities.ledger.own.store import ledger_entry
from hegui.foundation.clock import SystemClock
from hegui.registry import enterprises
from hegui.registry.tables import person

CREDIT_CODE = "91990000MADEM0011K"
A_DAY, THE_NEXT = "2026-01-05", "2026-01-06"

IS_TOLD_HOW_TO_BE_BOUND = (says("/start", "您好，我是合规助手"), says("台账", "还没有绑定企业"))
COUNTS_WHAT_IS_THERE = (
    says("/ledger", "易制毒化学品台账"),
    presses("盘点", "盘点 · 第 1/5 步"),
    says("甲苯", "盘点 · 第 2/5 步"),
    says("100 公斤", "盘点 · 第 3/5 步"),
    says(A_DAY, "盘点 · 第 4/5 步"),
)
GOES_ON_AFTER_THE_KILL = (
    says("/ledger", "要做什么？"),
    presses("继续上次：盘点（第 4/5 步）", "盘点 · 第 4/5 步"),
    presses("没有，跳过", "盘点 · 第 5/5 步"),
    says("李四", "登记后账面结存：0 → 100 kg"),
    presses("确认登记", "已登记：记录 0001", "易制毒化学品报告"),
)
BUYS_IN_CASH_AND_IS_WARNED = (
    says("/ledger 购进", "购进 · 第 1/7 步"),
    presses("甲苯", "购进 · 第 2/7 步"),
    says("20", "购进 · 第 3/7 步"),
    says(THE_NEXT, "购进 · 第 4/7 步"),
    says("示例供应商", "购进 · 第 5/7 步"),
    says("跳过", "购进 · 第 6/7 步"),
    presses("没有，跳过", "购进 · 第 7/7 步"),
    presses("现金", "不能用现金或实物", "《易制毒化学品管理条例》第五条第三款"),
    presses("✖ 不登记了", "没有登记"),
)
CORRECTS_THE_COUNT = (
    says("/ledger", "已登记 1 笔"),
    presses("更正", "最近的记录"),
    presses("0001 盘点", "记录 0001"),
    presses("记错了", "哪里错了"),
    says("磅秤没有归零", "怎么更正记录 0001"),
    presses("冲销并重记", "更正记录 0001：磅秤没有归零"),
    presses("不变：甲苯", "盘点 · 第 2/5 步"),
    says("95", "盘点 · 第 3/5 步"),
    presses("不变", "盘点 · 第 4/5 步"),
    says("跳过", "盘点 · 第 5/5 步"),
    presses("不变：李四", "登记后账面结存：0 → 95 kg"),
    says("确认", "记录 0001 已冲销，正确的是记录 0003"),
)
EXPORTS_IT = (
    says("/ledger", "已登记 3 笔"),
    presses("结存", "甲苯：95 kg"),
    presses("« 台账", "已登记 3 笔"),
    presses("导出", "台账已导出，共 3 笔"),
)


@pytest.fixture(params=["terminal", "telegram"])
async def driver(request: pytest.FixtureRequest, data_dir: Path, server: BotApiServer) -> AsyncIterator[Driver]:
    made: Driver = InTerminal(data_dir) if request.param == "terminal" else InTelegram(data_dir, server)
    await made.start()
    yield made
    await made.kill()


async def bind(data_dir: Path) -> None:
    """Makes the one person there is a member of an enterprise, while the program is stopped."""
    now, randomness = SystemClock().now(), SeededRandomness()
    async with looking.store(data_dir) as database, database.write() as tx:
        firm = await enterprises.add(
            tx, name="示例化工厂", uscc=CREDIT_CODE, district="CN-33-06", now=now, randomness=randomness
        )
        await enterprises.join(tx, firm.id, str(await tx.scalar(select(person.c.id))), "owner")


async def test_an_enterprise_keeps_its_ledger_and_puts_a_mistake_right(driver: Driver, data_dir: Path) -> None:
    await story.act(driver, IS_TOLD_HOW_TO_BE_BOUND)
    await driver.stop()
    await bind(data_dir)
    await driver.start()
    await story.act(driver, COUNTS_WHAT_IS_THERE)
    await driver.kill()
    await driver.start()
    for part in (
        GOES_ON_AFTER_THE_KILL,
        BUYS_IN_CASH_AND_IS_WARNED,
        CORRECTS_THE_COUNT,
        EXPORTS_IT,
    ):
        await story.act(driver, part)
    await driver.stop()
    async with looking.store(data_dir) as database, database.read() as tx:
        rows = await tx.all(select(ledger_entry.c.number, ledger_entry.c.amount).order_by(ledger_entry.c.number))
    assert [tuple(row) for row in rows] == [(1, "100"), (2, "100"), (3, "95")]
    assert await looking.armed(data_dir) == 1
