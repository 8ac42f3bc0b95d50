"""Wrong usage is exit code 2 and a sentence on stderr; every command names its settings file and explains itself."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from tests.unit.cli.commands import FINE, USAGE, Commands

from hegui import __version__
from hegui.cli import app

WITHOUT_SETTINGS = {"config init"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("ask",),
        ("ask", "x", "--batch", "y.jsonl"),
        ("ask", "--batch", "there-is-no-such-file.jsonl"),
        ("ask", "x", "--on", "yesterday-ish"),
        ("chat", "--lang", "fr"),
        ("run", "--role", "everything"),
        ("rules", "show"),
        ("simulate", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("simulate", "--from", "soon", "--to", "2026-01-01"),
        ("outbox", "list", "--limit", "0"),
        ("outbox", "list", "--state", "lost"),
        ("outbox", "retry"),
        ("config", "show", "--config", "there-is-no-such-file.toml"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two_and_a_sentence(hegui: Commands, arguments: tuple[str, ...]) -> None:
    done = hegui(*arguments)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_used_is_named(hegui: Commands) -> None:
    done = hegui("config", "show", LOG_LEVEL="loud")
    assert done.returncode == USAGE
    assert "log_level" in done.stderr
    done = hegui("config", "show", NONSENSE="1", TELEGRAM__NONSENSE="secret-value")
    assert done.returncode == USAGE
    assert "nonsense" in done.stderr
    assert "secret-value" not in done.stderr


def test_the_version_is_one_line(hegui: Commands) -> None:
    done = hegui("--version")
    assert (done.returncode, done.stdout) == (FINE, f"{__version__}\n")


def _leaves(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield from _leaves(inner, f"{path} {name}".strip())
    if not hasattr(command, "commands"):
        yield path, command


def test_every_command_takes_a_settings_file_and_says_what_it_does() -> None:
    leaves = dict(_leaves(typer.main.get_command(app)))
    assert len(leaves) > 12
    for path, command in leaves.items():
        options = {option for parameter in command.params for option in parameter.opts}
        assert command.help, path
        assert path in WITHOUT_SETTINGS or "--config" in options, path
