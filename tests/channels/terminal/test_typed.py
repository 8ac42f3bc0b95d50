"""What a typed line means."""

from pathlib import Path

import pytest

from hegui.channels.terminal.protocol import Pressed, Said, Sent
from hegui.channels.terminal.typed import Choices, Leave, NoFile, Words, meant
from hegui.conversation.reply import Button

WORDS = Words(attach=("附件", "attach"), leave=("退出", "quit"), back=("返回", "back"))
CHOICES = Choices(
    7,
    (
        Button(label="是", action="check:a:yes"),
        Button(label="« 我的整改", action="case:list"),
        Button(label="« 返回", action="check:b"),
    ),
)


def test_a_number_presses_the_button_of_that_number() -> None:
    assert meant(" 1 ", CHOICES, WORDS) == Pressed(press="check:a:yes", message=7)


@pytest.mark.parametrize("line", ["4", "00", "-1", "1.0", "１", "²", "99999", "1 年"])
def test_what_is_no_number_of_a_button_is_text(line: str) -> None:
    assert meant(line, CHOICES, WORDS) == Said(text=line)


@pytest.mark.parametrize("line", ["0", "返回", "Back"])
def test_zero_and_back_press_the_button_that_leads_back(line: str) -> None:
    assert meant(line, CHOICES, WORDS) == Pressed(press="check:b", message=7)
    assert meant(line, Choices(7, CHOICES.buttons[:2]), WORDS) == Pressed(press="case:list", message=7)
    assert meant(line, Choices(7, CHOICES.buttons[:1]), WORDS) == Said(text=line)


@pytest.mark.parametrize("line", ["/quit", "/退出", "/QUIT "])
def test_only_with_a_slash_the_words_of_leaving_leave(line: str) -> None:
    assert isinstance(meant(line, CHOICES, WORDS), Leave)
    assert isinstance(meant(line.strip().removeprefix("/"), CHOICES, WORDS), Said)


def test_a_path_may_be_quoted_escaped_or_plain(tmp_path: Path) -> None:
    file = tmp_path / "管理 制度.docx"
    file.write_bytes(b"x")
    sent = Sent(file=str(file), name="管理 制度.docx")
    for typed in (f'"{file}"', f"'{file}'", str(file).replace(" ", r"\ "), str(file)):
        assert meant(f"/attach {typed}", CHOICES, WORDS) == sent
        assert meant(f"/附件 {typed}", CHOICES, WORDS) == sent


@pytest.mark.parametrize("path", ["", "/nowhere/it's", "/dev/null", "/tmp", "~nobody-like-that/x", "a\x00b"])  # noqa: S108  a folder
def test_what_is_no_file_is_not_sent(path: str) -> None:
    assert meant(f"/attach {path}", CHOICES, WORDS) == NoFile(path)
