"""`doctor`, `config`, `migrate`, `state-hash`, `outbox list`: what an operator's scripts rely on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.fakes import FixedClock
from tests.unit.cli.commands import ENVIRONMENT, FINDINGS, FINE, Commands
from tests.unit.cli.conftest import Furnish

from hegui.cli.demo_data import Furnished
from hegui.foundation.database.migrate import newest

TOKEN = "123456789:" + "S" * 35
PASSWORD = "s3cretword"


def _check(examined: dict[str, Any], name: str) -> dict[str, Any]:
    """The check of this name; of several the one that is not well."""
    return min((c for c in examined["checks"] if c["name"] == name), key=lambda c: c["ok"])


def test_the_doctor_says_that_a_fresh_install_has_no_database(hegui: Commands) -> None:
    examined = hegui.json("doctor", code=ENVIRONMENT)
    assert examined["ok"] is False
    missing = _check(examined, "Database")
    assert missing["ok"] is False
    assert "no database" in missing["detail"]
    assert missing["remedy"] == "hegui migrate"
    assert list(hegui.data_dir.iterdir()) == []


def test_the_doctor_looks_whether_the_fonts_show_rare_characters(hegui: Commands, tmp_path: Path) -> None:
    assert "8 of 8 rare characters" in _check(hegui.json("doctor", code=ENVIRONMENT), "Fonts")["detail"]
    wrong = hegui.json("doctor", code=ENVIRONMENT, FONTS__DIR=str(tmp_path / "none"))
    assert _check(wrong, "Fonts")["ok"] is False


def test_the_doctor_refuses_a_signing_key_that_others_can_read(migrated: Commands) -> None:
    key = migrated.data_dir / "signing.key"
    key.write_bytes(bytes(32))
    key.chmod(0o644)
    examined = migrated.json("doctor", code=ENVIRONMENT)
    assert _check(examined, "Database")["ok"] is True
    fault = _check(examined, "Secrets")
    assert fault["ok"] is False
    assert fault["remedy"] == f"chmod go-rwx {key}"
    key.chmod(0o600)
    assert _check(json.loads(migrated("doctor", "--json").stdout), "Secrets")["ok"] is True


def test_settings_are_shown_with_stars_for_secrets(hegui: Commands) -> None:
    secrets = {
        "TELEGRAM__TOKEN": TOKEN,
        "DATABASE__URL": f"postgresql://me:{PASSWORD}@127.0.0.1/x",
        "LOG_LEVEL": "DEBUG",
    }
    shown = json.loads(hegui("config", "show", "--json", **secrets).stdout)
    assert set(shown["telegram"]["token"]) == {"*"}
    assert set(shown["database"]["url"]) == {"*"}
    assert shown["data_dir"] == str(hegui.data_dir)
    done = hegui("config", "show", **secrets)
    assert "telegram.token = ***" in done.stdout
    for secret in (TOKEN, PASSWORD):
        assert secret not in done.stdout + done.stderr + str(shown)


def test_a_settings_file_is_written_once_and_can_be_used(hegui: Commands, tmp_path: Path) -> None:
    file = tmp_path / "hegui.toml"
    assert hegui("config", "init", str(file)).returncode == FINE
    assert file.stat().st_mode & 0o077 == 0
    before = hegui.json("config", "show")
    assert hegui.json("config", "show", "--config", str(file)) == before
    file.write_text('language = "en"\n', encoding="utf-8")
    assert hegui("config", "init", str(file)).returncode == FINDINGS
    assert hegui.json("config", "show", "--config", str(file))["language"] == "en"


def test_migrating_twice_is_the_same_as_once(hegui: Commands) -> None:
    assert hegui.json("migrate") == {"level": newest()}
    assert hegui.json("migrate") == {"level": newest()}
    assert (hegui.data_dir / "hegui.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "command", [("state-hash",), ("outbox", "list"), ("simulate", "--from", "2026-01-01", "--to", "2026-01-02")]
)
def test_without_a_database_looking_is_refused_and_makes_none(hegui: Commands, command: tuple[str, ...]) -> None:
    done = hegui(*command, "--json")
    assert (done.returncode, done.stdout) == (ENVIRONMENT, "")
    assert "hegui migrate" in done.stderr
    assert list(hegui.data_dir.iterdir()) == []


async def test_the_state_hash_is_the_same_on_both_stores(
    hegui: Commands, new_url: Callable[[str], Any], furnish_at: Furnish
) -> None:
    hashes = []
    for kind in ("sqlite", "postgresql"):
        url = await new_url(kind)()
        empty = hegui.json("state-hash", DATABASE__URL=url)["state_hash"]
        await furnish_at(url, FixedClock())
        hashes.append((empty, hegui.json("state-hash", DATABASE__URL=url)["state_hash"]))
    assert hashes[0] == hashes[1]
    assert hashes[0][0] != hashes[0][1]


def test_a_refused_act_and_a_stranger_do_not_change_the_state_and_a_real_act_does(
    migrated: Commands, furnished: Furnished
) -> None:
    before = migrated.json("state-hash")
    refused = migrated("chat", "--as", furnished.member, lines="/nonsense\n/attach nowhere\n")
    stranger = migrated("chat", lines="/start\n/help\n")
    assert (refused.returncode, stranger.returncode) == (FINE, FINE)
    assert migrated.json("state-hash") == before
    migrated("chat", "--lang", "zh", lines="/check\n1\n1\n")
    assert migrated.json("state-hash") != before


def test_letters_are_listed_newest_first_with_what_became_of_them(migrated: Commands) -> None:
    migrated("chat", lines="/start\n/help\n")
    letters = migrated.json("outbox", "list")
    assert {"id", "kind", "person", "chat", "lane", "state", "reason", "attempts", "at"} <= set(letters[0])
    assert [letter["state"] for letter in letters] == ["sent", "sent"]
    assert all(letter["chat"].startswith("terminal:") for letter in letters)
    assert letters[0]["at"] >= letters[1]["at"]
    assert migrated.json("outbox", "list", "--limit", "1") == letters[:1]
