"""`hegui chat` in child processes: through a pipe, beside a running program, and in a real terminal."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.channels.terminal.clients import COMMAND, Terminal, environment, piped

from hegui.channels.terminal import place
from hegui.foundation.instance import only_instance
from hegui.settings import Settings

Open = Callable[..., Terminal]


@pytest.fixture
def terminal(data_dir: Path) -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(*arguments: str, **more: str) -> Terminal:
        opened.append(Terminal(data_dir, *arguments, **more))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_pipe_is_read_line_by_line_and_ends_well(data_dir: Path) -> None:
    done = piped(data_dir, "chat", lines="/help\n\n  \n网络日志要留多久\n/quit\n/help\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("> /help\n我能做什么\n──────────\n")
    assert "《网络安全法》第二十三条" in done.stdout
    assert done.stdout.endswith("> /quit\n")


def test_a_number_presses_a_button_and_the_answer_comes_before_the_next_line(data_dir: Path) -> None:
    done = piped(data_dir, "chat", "--lang", "en", lines="/start\n1\n1\n0")
    said = [line for line in done.stdout.splitlines() if line.startswith((">", "Network security", "[1]"))]
    assert said[0] == "> /start"
    assert "[1] Network security" in said
    assert "Network security self-check" in said
    assert said[-1].startswith("[1]") or said[-1] == "> 0"


def test_bytes_that_are_no_text_and_endless_lines_do_no_harm(data_dir: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "chat"],
        input=b"\xff\xfe\x00\n" + b"a" * 100_000 + b"\n/help",
        capture_output=True,
        timeout=60,
        env=environment(data_dir),
    )
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "这一行太长了" in said
    assert said.rstrip().endswith("[1] 开始自查   [2] 整改事项")


def test_a_person_who_is_not_registered_is_refused(data_dir: Path) -> None:
    done = piped(data_dir, "chat", "--as", "nobody", lines="/help\n")
    assert done.returncode == 1
    assert "--as" in done.stderr


def test_a_language_that_does_not_exist_is_wrong_usage(data_dir: Path) -> None:
    assert piped(data_dir, "chat", "--lang", "fr", lines="").returncode == 2


def test_rules_that_cannot_be_read_are_said_without_a_traceback(data_dir: Path) -> None:
    done = piped(data_dir, "chat", lines="/help\n", HEGUI_RULES__DIR=str(data_dir / "nowhere"))
    assert done.returncode not in (0, 75)
    assert "Traceback" not in done.stderr


async def test_a_program_that_holds_the_database_but_does_not_listen_is_exit_code_75(settings: Settings) -> None:
    async with only_instance(settings.database_url):
        done = piped(settings.data_dir, "chat", lines="/help\n")
    assert done.returncode == 75
    assert "does not listen" in done.stderr


def test_beside_a_running_program_chat_only_connects(data_dir: Path) -> None:
    running = subprocess.Popen([*COMMAND, "run"], env=environment(data_dir), stderr=subprocess.PIPE)
    try:
        _wait_for(place.find(data_dir))
        done = piped(data_dir, "chat", lines="/help\n")
        assert (done.returncode, done.stderr) == (0, "")
        assert "我能做什么" in done.stdout
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        assert not place.find(data_dir).exists()
    finally:
        running.kill()
        running.communicate()


def test_a_second_chat_shares_the_conversation_of_the_first(data_dir: Path, terminal: Open) -> None:
    first = terminal("chat", "--plain")
    first.shows("Ctrl-D")
    done = piped(data_dir, "chat", lines="/help\n")
    assert done.returncode == 0
    first.shows("我能做什么")
    first.types("/quit\n")
    assert first.ends() == 0


def test_a_chat_whose_program_is_killed_says_so_and_ends(data_dir: Path, terminal: Open) -> None:
    running = subprocess.Popen([*COMMAND, "run"], env=environment(data_dir), stderr=subprocess.DEVNULL)
    try:
        _wait_for(place.find(data_dir))
        chat = terminal("chat")
        chat.shows("Ctrl-D")
        running.kill()
        chat.shows("has stopped")
        assert chat.ends() == 3
        done = piped(data_dir, "chat", lines="/help\n")
        assert done.returncode == 0
    finally:
        running.kill()
        running.wait()


def test_a_real_terminal_has_a_prompt_history_and_completion(data_dir: Path, terminal: Open) -> None:
    chat = terminal("chat")
    chat.shows("Ctrl-C：退出当前步骤")  # the line below the prompt
    chat.types("/hel\t")
    chat.shows("p")
    chat.types("\r")
    chat.shows("我能做什么")
    chat.shows("[1] 开始自查")
    chat.shows("Ctrl-D：离开")
    chat.types("1\r")
    chat.shows("想自查哪一方面")
    chat.types("1\r")
    chat.shows("网络安全自查")
    chat.shows("Ctrl-D：离开")
    chat.types("\x03")
    chat.shows("现在没有进行中的步骤")
    chat.shows("Ctrl-D：离开")
    chat.types("\x04")
    assert chat.ends() == 0
    kept = data_dir / "chat_history"
    assert "+/help" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0


def test_a_path_is_completed_and_a_file_that_is_missing_is_named(
    data_dir: Path, terminal: Open, tmp_path: Path
) -> None:
    (tmp_path / "emergency-plan.docx").write_bytes(b"plan")
    chat = terminal("chat", "--lang", "en")
    chat.shows("Ctrl-C: leave this step")
    chat.types(f"/attach {tmp_path}/emer\t")
    chat.shows("gency-plan.docx")
    chat.types("\r")
    chat.shows("I cannot tell what kind of file")
    chat.shows("Ctrl-D: quit")
    chat.types("/attach nowhere\r")
    chat.shows("There is no file “nowhere”")
    chat.shows("Ctrl-D: quit")
    chat.types("\x04")
    assert chat.ends() == 0


def test_plain_lines_in_a_terminal_take_ctrl_c_as_cancel(data_dir: Path, terminal: Open) -> None:
    chat = terminal("chat", "--plain")
    chat.shows("> ")
    chat.types("/help\n")
    chat.shows("[1] 开始自查")
    chat.shows("> ")
    chat.types("\x03")
    chat.shows("现在没有进行中的步骤")
    chat.types("\x04")
    assert chat.ends() == 0


def _wait_for(socket: Path) -> None:
    for _ in range(1200):
        if socket.exists():
            return
        time.sleep(0.05)
    pytest.fail("the program does not listen")
