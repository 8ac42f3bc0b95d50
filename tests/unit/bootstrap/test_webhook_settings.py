"""A webhook that nobody could answer is refused before anything starts."""

from pathlib import Path
from typing import Any

import pytest

from hegui.bootstrap.receiving import check_webhook, webhook_secret
from hegui.settings import Settings, WrongSettings, read_settings

URL = "https://hegui.example.cn/telegram/updates"


def settings(folder: Path, web: dict[str, Any] | None = None, **telegram: Any) -> Settings:
    return read_settings(data_dir=folder, telegram=telegram, web=web or {})


def test_a_webhook_needs_a_port(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"web\.port"):
        check_webhook(settings(tmp_path, webhook_url=URL))
    check_webhook(settings(tmp_path, {"port": 8080}, webhook_url=URL))
    check_webhook(settings(tmp_path))


def test_a_webhook_does_not_hide_the_page_of_health(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="healthz"):
        check_webhook(settings(tmp_path, {"port": 8080}, webhook_url="https://hegui.example.cn/healthz"))


@pytest.mark.parametrize(
    "url",
    ["hegui.example.cn/x", "https://hegui.example.cn", "https://hegui.example.cn/", "ftp://h/x", "https://h/x?y=1"],
)
def test_an_address_that_is_no_webhook_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSettings, match=r"telegram\.webhook_url"):
        settings(tmp_path, webhook_url=url)


@pytest.mark.parametrize("secret", ["short", "with a space in it, long", "x" * 257, "秘密" * 10])
def test_a_weak_or_impossible_secret_is_refused_without_being_shown(tmp_path: Path, secret: str) -> None:
    with pytest.raises(WrongSettings, match=r"telegram\.webhook_secret") as problem:
        settings(tmp_path, webhook_secret=secret)
    assert secret not in str(problem.value)


def test_without_a_secret_one_is_made_that_stays_and_differs_from_store_to_store(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    made = webhook_secret(settings(here))
    assert made == webhook_secret(settings(here)) != webhook_secret(settings(there))
    assert len(made) == 64
    assert webhook_secret(settings(here, webhook_secret="given-by-the-operator")) == "given-by-the-operator"
