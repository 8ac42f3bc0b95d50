"""No secret and no phone number reaches the log, whoever writes the line."""

import json
import logging

import pytest

from hegui.foundation.logs import scrub, set_up

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up("DEBUG")
    yield lambda: capsys.readouterr().err
    root.handlers, root.level = before, level


@pytest.mark.parametrize(
    "text",
    [f"https://api.telegram.org/bot{TOKEN}/getMe", f"token={TOKEN}", f"'{TOKEN}'"],
)
def test_a_bot_token_is_blotted_out_wherever_it_stands(text: str) -> None:
    assert "AAHdq" not in scrub(text)


def test_phone_numbers_lose_their_middle_and_passwords_in_addresses_go() -> None:
    assert scrub("致电 13912345678 谢谢") == "致电 139****5678 谢谢"
    assert scrub("postgresql://hegui:secret@host/db") == "postgresql://hegui:***@host/db"


def test_control_and_direction_marks_cannot_forge_lines() -> None:
    assert scrub("a\x1b[31m\u202eb") == "a?[31m?b"


def test_a_token_in_a_foreign_traceback_is_blotted_out(logged) -> None:
    try:
        raise ValueError(f"bad url /bot{TOKEN}/sendMessage")
    except ValueError:
        logging.getLogger("some.library").exception("call to %s failed", f"/bot{TOKEN}/x")
    written = logged()
    assert "AAHdq" not in written
    assert "ValueError" in written


def test_every_event_is_one_line_of_json(logged) -> None:
    logging.getLogger("x").warning("first\nsecond")
    (line,) = logged().splitlines()
    assert json.loads(line)["level"] == "warning"
