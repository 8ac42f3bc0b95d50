"""The story that a release stands on, as a table: what a person does, and what must be seen next.

An enterprise asks about its network-security duties, checks itself, finds what is missing with the articles, opens a
case with a deadline of its own, is reminded, and puts it right. Between the parts the program is killed or stopped.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tests.scenarios.drivers import Driver

A_DAY = "2025-03-03"


class Step(NamedTuple):
    """One human act and every text that must come after it."""

    act: Literal["says", "presses", "waits"]
    what: str
    sees: tuple[str, ...]


def says(what: str, *sees: str) -> Step:
    return Step("says", what, sees)


def presses(what: str, *sees: str) -> Step:
    return Step("presses", what, sees)


def waits(*sees: str) -> Step:
    return Step("waits", "", sees)


async def act(driver: Driver, steps: Sequence[Step]) -> None:
    for step in steps:
        if step.act == "says":
            await driver.says(step.what)
        elif step.act == "presses":
            await driver.presses(step.what)
        for fragment in step.sees:
            await driver.sees(fragment)


ASKS_AND_BEGINS = (
    says("/start", "您好，我是合规助手"),
    says("网络日志要保存多久？", "《网络安全法》第二十三条"),
    says("/check 网络安全", "现在什么都没有分享"),
    presses("开始", "第 1/26 题"),
    presses("只用于办公", "第 2/26 题"),
    presses("没有", "第 3/26 题"),
    presses("否", "第 4/26 题"),
    presses("未定级", "第 5/26 题"),
    presses("否", "第 6/26 题"),
    presses("否", "第 7/26 题"),
    presses("是", "第 8/26 题"),
    presses("否", "第 9/26 题"),  # no written system: the first fault
)
ANSWERED_SO_FAR = ("office_only", "none", "no", "none", "no", "no", "yes", "no")

GOES_ON_WITH_THE_SAME_QUESTION = (
    says("/check 网络安全", "现在什么都没有分享"),
    presses("继续上次？第 9/26 题", "第 9/26 题"),
)
FINISHES_WITH_FINDINGS = (
    presses("是", "第 10/26 题"),
    presses("是", "第 11/26 题"),
    presses("是", "第 12/26 题"),
    presses("否", "第 13/26 题"),  # no protection: the second fault
    presses("是", "第 14/27 题", "最早一条日志"),
    says(A_DAY, "第 15/27 题"),
    presses("是", "第 16/27 题"),
    presses("是", "第 17/27 题"),
    presses("是", "第 18/27 题"),
    presses("是", "第 19/27 题"),
    presses("是", "第 20/28 题"),
    presses("是", "第 21/28 题"),
    presses("是", "第 22/28 题"),
    presses("是", "第 23/28 题"),
    presses("是", "第 24/28 题"),
    presses("是", "第 25/31 题", "正式开通"),
    says(A_DAY, "第 26/31 题"),
    says(A_DAY, "第 27/31 题"),
    presses("是", "第 28/31 题"),
    presses("是", "第 29/31 题"),
    presses("是", "第 30/31 题"),
    presses("是", "第 31/31 题"),
    presses("是", "都答过了"),
    presses(
        "完成自查",
        "发现 2 项问题：严重 2 项",
        "缺少一份完整的网络安全管理制度",
        "《网络安全法》第二十三条第（一）项",
        "防病毒、防攻击、防入侵",
        "《网络安全法》第二十三条第（二）项",
    ),
)
OPENS_A_CASE = (
    presses("列入整改", "选一下这次要改的问题"),
    presses("全选", "选一下这次要改的问题"),
    presses("下一步", "什么时候改好"),
    presses("10 个工作日", "要改的问题：2 项", "期限由您自己定"),
    presses("确认", "整改-0001 已经开始", "整改-0001 · 进行中"),
)
IS_REMINDED = (waits("整改-0001 · 第 1 次提醒", "做完了就点“查看”"),)
FINDS_THE_CASE = (
    says("/cases", "我的整改"),
    presses("整改-0001", "整改-0001 · 进行中"),
)
PUTS_IT_RIGHT = (
    presses("标记完成", "都改好了吗"),
    presses("确认，已经改好了", "整改-0001 已完成"),
    says("/reminders", "后面没有提醒"),
)
OPENS_THE_RESULT = (
    says("/check 网络安全", "现在什么都没有分享"),
    presses("我的自查", "我的自查"),
    presses("已完成", "发现 2 项问题：严重 2 项"),
)
