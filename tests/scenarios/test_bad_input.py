"""What people and operators get wrong: each is answered with a sentence that helps, and nothing breaks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.bot_api_server import TOKEN, BotApiServer
from tests.scenarios import looking, story
from tests.scenarios.drivers import InTelegram
from tests.scenarios.processes import Running, hegui, telegram
from tests.unit.rulebook.rules_folder import spoil, write

SECRET = TOKEN.partition(":")[2]
MEGABYTE = 1024 * 1024
LONGEST_REFUSAL = 2  # seconds
LONGEST_STOP = 10  # seconds
CROWD = 40
A_QUESTION_WITH_EVIDENCE = (story.presses("上传证据", "请发送文件或照片"),)


@pytest.fixture
async def ann(data_dir: Path, server: BotApiServer) -> AsyncIterator[InTelegram]:
    """Somebody in Telegram, with the program running."""
    made = InTelegram(data_dir, server)
    await made.start()
    yield made
    await made.kill()


async def test_whatever_somebody_sends_is_answered_and_the_next_word_is_understood(
    ann: InTelegram, server: BotApiServer
) -> None:
    person = ann.person
    await story.act(
        ann,
        [
            story.says("/start", "您好，我是合规助手"),
            story.says("/nonsense", "没有这个命令"),
            story.says("啊" * 10_000, "内容太长了"),
            story.says("\u200b\u202e", "没有看到内容"),
        ],
    )
    person.sticker()
    await person.sees("看不懂贴纸")
    person._sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
    await person.sees("看不懂贴纸、语音")
    person.forwards("网络日志要保存多久？")
    await person.sees("《网络安全法》第二十三条")
    person.sends_file("plan.pdf", b"plan")
    await person.sees("看不出这是什么文件")
    person.presses_data("garbage", 1)
    await person.sees("这个按钮已经用不了了")
    await story.act(ann, [story.says("/help", "我能做什么")])


async def test_old_and_foreign_buttons_say_the_same_and_change_nothing(ann: InTelegram, server: BotApiServer) -> None:
    await story.act(ann, story.ASKS_AND_BEGINS)
    question = ann.person.messages[-1]
    answer = question.data_of("是")
    bert = server.person(502, "Bert")
    bert.says("/start")
    await bert.sees("您好，我是合规助手")
    before = await looking.answers(ann.data_dir)
    bert.presses_data(answer, question.message_id)
    await bert.sees("这个按钮已经用不了了")
    assert await looking.answers(ann.data_dir) == before
    await story.act(ann, [story.presses("是", "第 10/26 题")])
    after = await looking.answers(ann.data_dir)
    ann.person.presses_data(question.data_of("退出"), question.message_id)
    await ann.person.sees("先到这里")
    await story.act(
        ann, [story.says("/check 网络安全", "现在什么都没有分享"), story.presses("继续上次", "第 10/26 题")]
    )
    assert await looking.answers(ann.data_dir) == after


async def test_a_file_without_content_and_one_that_is_too_big_are_refused_by_name_of_the_fault(
    ann: InTelegram, server: BotApiServer
) -> None:
    await story.act(ann, [*story.ASKS_AND_BEGINS, *A_QUESTION_WITH_EVIDENCE])
    ann.person.sends_file("empty.pdf", b"")
    await ann.person.sees("0 字节")
    ann.person.sends_file("film.mp4", b"x", size=30 * MEGABYTE)
    await ann.person.sees("超过 20 MB")
    assert server.calls.get("getFile", 0) == 0
    assert not [file for file in (ann.data_dir / "files").glob("*") if file.is_file()]
    ann.person.sends_file("plan.pdf", b"a plan")
    await ann.person.sees("收到：plan.pdf")


@pytest.mark.parametrize("command", [("run",), ("chat",), ("ask", "日志"), ("rules", "lint")])
def test_broken_rules_stop_every_command_with_file_line_and_fault(
    data_dir: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    rules = write(tmp_path / "rules")
    spoil(rules, "demo/obligations.yaml", "    binds: {", "    binds {")
    done = hegui(data_dir, *command, settings={"HEGUI_RULES__DIR": str(rules)})
    assert done.returncode == 1
    assert done.stdout == ""
    assert "demo/obligations.yaml:5: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (data_dir / "hegui.db").exists()


@pytest.mark.parametrize("command", [("run",), ("chat",), ("migrate",), ("state-hash",), ("outbox", "list")])
async def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(
    data_dir: Path, new_url: Callable[[str], Any], command: tuple[str, ...]
) -> None:
    file = data_dir / "hegui.db"
    file.write_bytes(Path((await new_url("sqlite")()).removeprefix("sqlite:///")).read_bytes())
    async with looking.store(data_dir) as database, database.write() as tx:
        await tx.execute(text("update alembic_version set version_num = '9999'"))
    before = file.read_bytes()
    done = await asyncio.to_thread(hegui, data_dir, *command)
    assert done.returncode == 3
    assert "9999" in done.stderr
    assert done.stdout == ""
    assert file.read_bytes() == before


async def test_a_wrong_token_is_refused_and_stands_in_no_output(data_dir: Path, server: BotApiServer) -> None:
    server.token = "123456789:" + "B" * 35
    settings = {**telegram(server), "HEGUI_LOG_LEVEL": "DEBUG"}
    for command in (("run",), ("doctor", "--online"), ("config", "show")):
        done = await asyncio.to_thread(hegui, data_dir, *command, settings=settings)
        assert done.returncode == (0 if command[0] == "config" else 3)
        assert SECRET not in done.stdout + done.stderr


async def test_a_second_program_on_the_same_database_gives_up_at_once(ann: InTelegram, server: BotApiServer) -> None:
    await story.act(ann, [story.says("/help", "我能做什么")])
    second = Running(ann.data_dir, telegram(server))
    clock = asyncio.get_running_loop()
    begun = clock.time()
    await second.start()
    assert await second.ends() == 75
    assert clock.time() - begun < LONGEST_REFUSAL
    assert "Another Hegui" in second.printed()
    await story.act(ann, [story.says("/cases", "现在没有整改")])


async def test_a_stop_in_the_middle_of_work_finishes_what_is_under_way(ann: InTelegram, server: BotApiServer) -> None:
    await story.act(ann, [story.says("/help", "我能做什么")])
    server.latency_seconds = 0.05
    crowd = [server.person(1000 + n) for n in range(CROWD)]
    for person in crowd:
        person.says("/help")
    await server.until(lambda: any(person.messages for person in crowd), 20)
    clock = asyncio.get_running_loop()
    begun = clock.time()
    await ann.stop()
    assert clock.time() - begun < LONGEST_STOP
    states = await looking.letters(ann.data_dir, "")
    assert set(states) <= {"queued", "sent"}
    server.latency_seconds = 0
    await ann.start()
    await server.until(lambda: all(person.messages for person in crowd), 20)
    assert all(len(person.messages) == 1 for person in crowd)
