"""What a typed line means in front of the buttons that are on the screen. Pure."""

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hegui.channels.terminal.protocol import Pressed, Said, Sent
from hegui.conversation.reply import Button

BACK = "«"  # how labels begin that lead back


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the terminal itself, in all languages, lower case."""

    attach: tuple[str, ...]
    leave: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The buttons of the last message that has any, with its number."""

    message: int = 0
    buttons: tuple[Button, ...] = ()


class Leave:
    """The person goes."""


@dataclass(frozen=True, slots=True)
class NoFile:
    """A path that is no file."""

    path: str


Meant = Said | Pressed | Sent | Leave | NoFile


def meant(line: str, choices: Choices, words: Words) -> Meant:
    """A number presses that button, `0` or "back" the one that leads back; all else goes to the conversation."""
    text = line.strip()
    word, _, rest = text.partition(" ")
    if _slash(word) in words.leave:
        return Leave()
    if _slash(word) in words.attach:
        return _file(rest)
    if button := _number(text, choices.buttons) or _back(text, choices.buttons, words):
        return Pressed(press=button.action, message=choices.message)
    return Said(text=line)


def _slash(word: str) -> str:
    return word[1:].lower() if word.startswith("/") else ""


def _number(text: str, buttons: Sequence[Button]) -> Button | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return buttons[number - 1] if 1 <= number <= len(buttons) else None


def _back(text: str, buttons: Sequence[Button], words: Words) -> Button | None:
    if text != "0" and text.lower() not in words.back:
        return None
    leading_back = [button for button in buttons if button.label.startswith(BACK)]
    exact = [button for button in leading_back if button.label.strip(BACK).strip().lower() in words.back]
    return next(iter(exact or leading_back), None)


def _file(typed: str) -> Sent | NoFile:
    """A path as it is typed or dragged in: quoted, with escaped blanks, with ~."""
    for reading in (_unquoted(typed), typed.strip()):
        path = Path(os.path.expanduser(reading)).absolute() if reading else None  # noqa: PTH111  a ~ that is nobody's stays
        if path and path.is_file():
            return Sent(file=str(path), name=path.name)
    return NoFile(typed.strip())


def _unquoted(typed: str) -> str:
    try:
        return " ".join(shlex.split(typed))
    except ValueError:  # a quotation mark without its twin belongs to the name
        return ""
