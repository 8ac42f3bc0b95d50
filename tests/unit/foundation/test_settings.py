"""Settings say what is wrong with them, by name."""

import os
import tomllib
from pathlib import Path

import pytest

from hegui.settings import Settings, WrongSettings, commented_file, read_settings

SECTIONS = ("database", "rules", "telegram", "web", "notifications", "fonts", "cli", "audit")


@pytest.fixture(autouse=True)
def own_environment():
    before = dict(os.environ)
    for name in [n for n in os.environ if n.startswith("HEGUI_")]:
        del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)


def test_variables_go_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "hegui.toml"
    file.write_text('language = "en"\n[telegram]\nin_flight = 7\n', encoding="utf-8")
    os.environ["HEGUI_TELEGRAM__IN_FLIGHT"] = "9"
    settings = read_settings(file)
    assert (settings.language, settings.telegram.in_flight) == ("en", 9)


def test_a_mistyped_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "hegui.toml"
    file.write_text("[telegram]\ntocken = 'x'\n", encoding="utf-8")
    with pytest.raises(WrongSettings, match=r"telegram\.tocken"):
        read_settings(file)


def test_a_wrong_value_is_named_and_a_secret_is_not_shown(tmp_path: Path) -> None:
    os.environ["HEGUI_NOTIFICATIONS__QUIET_HOURS"] = "late"
    os.environ["HEGUI_TELEGRAM__TOKEN"] = "123456789:planted-secret-planted-secret-0"
    with pytest.raises(WrongSettings, match=r"notifications\.quiet_hours") as wrong:
        read_settings()
    assert "planted" not in str(wrong.value)


def test_a_missing_file_and_a_broken_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="no settings file"):
        read_settings(tmp_path / "nowhere.toml")
    (tmp_path / "broken.toml").write_text("[telegram", encoding="utf-8")
    with pytest.raises(WrongSettings):
        read_settings(tmp_path / "broken.toml")


def test_quiet_hours_can_be_switched_off() -> None:
    os.environ["HEGUI_NOTIFICATIONS__QUIET_HOURS"] = "off"
    assert read_settings().notifications.quiet() is None


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "hegui_telegram__token").write_text("123:abc", encoding="utf-8")
    os.environ["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    token = read_settings().telegram.token
    assert token is not None
    assert token.get_secret_value() == "123:abc"


def test_the_written_file_names_every_setting_and_changes_nothing(tmp_path: Path) -> None:
    text = commented_file()
    assert tomllib.loads(text) == {name: {} for name in SECTIONS}
    file = tmp_path / "hegui.toml"
    file.write_text(text, encoding="utf-8")
    assert read_settings(file) == Settings()
    for section in ("database", "rules", "telegram", "notifications"):
        for name in Settings.model_fields[section].annotation.model_fields:
            assert f"# {name} = " in text


def test_the_password_of_a_proxy_is_not_shown() -> None:
    settings = read_settings(telegram={"proxy": "http://user:planted-secret@proxy.example:3128"})
    assert "planted-secret" not in str(settings.model_dump(mode="json"))
    assert "planted-secret" not in repr(settings)
