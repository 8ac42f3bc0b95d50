"""Settings: arguments, then HEGUI_* variables, then secrets in files, then a TOML file. A wrong key is an error."""

import os
import re
from datetime import time
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from hegui.foundation.errors import HeguiError

QUIET = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")
WEBHOOK = re.compile(r"^https?://[^/?#\s@]+/[A-Za-z0-9_./-]+$")
WEBHOOK_SECRET = re.compile(r"^[A-Za-z0-9_-]{16,256}$")


class WrongSettings(HeguiError):
    """A setting that cannot be used; the text names it. Exit code 2."""


class Section(BaseModel):
    """A table of the settings file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(Section):
    """Where the store is."""

    url: SecretStr | None = Field(
        default=None, description="sqlite:///FILE or postgresql://…; default: hegui.db in data_dir"
    )


class RulesSettings(Section):
    """Where the rules are, and which of them are used."""

    dir: Path | None = Field(default=None, description="another rules folder than the one that comes with Hegui")
    require_signed: bool = Field(default=False, description="leave out packs that nobody signed as they are now")


class TelegramSettings(Section):
    """The Telegram bot. Without a token Hegui runs without Telegram."""

    token: SecretStr | None = Field(default=None, description="from @BotFather; better in a secrets file than here")
    base_url: str = Field(default="https://api.telegram.org/bot", description="another Bot API server")
    base_file_url: str = Field(default="https://api.telegram.org/file/bot", description="the same for files")
    proxy: SecretStr | None = Field(default=None, description="http://HOST:PORT for outgoing connections")
    webhook_url: str | None = Field(
        default=None, description="https address that Telegram is to call, with a path; without it Hegui asks Telegram"
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="16 to 256 of A-Z a-z 0-9 _ -; without it one is made from the key in data_dir"
    )
    per_second: float = Field(default=25, ge=0, description="letters a second over all chats; 0: no limit")
    chat_seconds: float = Field(
        default=1, ge=0, description="seconds between letters to one chat, after a burst of 3; 0: no limit"
    )
    person_per_minute: float = Field(
        default=60, ge=0, description="messages and presses a minute of one person, after a burst of 20; 0: no limit"
    )
    paid_per_second: float = Field(
        default=0, ge=0, le=1000, description="letters a second by paid broadcast, for Stars of the bot; 0: never pay"
    )
    paid_up_to_lane: int = Field(
        default=0, ge=0, le=4, description="which letters may cost: 0 urgent warnings, up to 4 all letters"
    )
    in_flight: int = Field(default=4, ge=1, le=256, description="letters under way at the same time; more where paid")

    @property
    def under_way(self) -> int:
        """Letters under way at the same time: as many as the paid rate needs at answers of 150 ms."""
        return max(self.in_flight, round(self.paid_per_second * 0.15))

    @field_validator("webhook_url")
    @classmethod
    def _callable(cls, value: str | None) -> str | None:
        if value is not None and not WEBHOOK.fullmatch(value):
            message = "write it as https://HOST/PATH; http:// only where a Bot API server of your own calls"
            raise ValueError(message)
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _strong(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            message = "write 16 to 256 of A-Z a-z 0-9 _ -"
            raise ValueError(message)
        return value


class WebSettings(Section):
    """The web server, which Telegram calls and which tells whether Hegui is well."""

    host: str = Field(default="127.0.0.1", description="where it listens; behind a proxy that speaks https leave it so")
    port: int = Field(default=0, ge=0, le=65535, description="0: no web server")


class NotificationSettings(Section):
    """When reminders may leave."""

    quiet_hours: str = Field(default="21:00-08:00", description="HH:MM-HH:MM in China's time, or off")
    contact_budget: Literal["off"] = Field(default="off", description="letters a week and enterprise; not limited yet")

    @field_validator("quiet_hours")
    @classmethod
    def _readable(cls, value: str) -> str:
        if value != "off" and not QUIET.match(value):
            message = "write it as 21:00-08:00, or off"
            raise ValueError(message)
        return value

    def quiet(self) -> tuple[time, time] | None:
        """From when until when nothing leaves that can wait; None: never quiet."""
        found = QUIET.match(self.quiet_hours)
        if found is None:
            return None
        hours = [int(part) for part in found.groups()]
        return time(hours[0], hours[1]), time(hours[2], hours[3])


class FontSettings(Section):
    """Fonts for PDF and pictures."""

    dir: Path | None = Field(default=None, description="folder of fonts that come before those installed with Hegui")


class CommandSettings(Section):
    """What commands may do."""

    acts_for_people: bool = Field(default=False, description="commands may act for people; always in the audit log")


class AuditSettings(Section):
    """The audit log: where its checkpoints are kept besides the database."""

    export_dir: Path | None = Field(
        default=None, description="folder on another machine or medium where signed checkpoints are kept as well"
    )
    key_file: Path | None = Field(
        default=None, description="key that signs checkpoints; default: audit.key in data_dir"
    )
    algorithm: Literal["sha256", "sm3"] = Field(default="sha256", description="hash of new rows: sha256 or sm3")


class Settings(BaseSettings):
    """All settings. `HEGUI_TELEGRAM__TOKEN` is `token` in the table `telegram`, and so on."""

    model_config = SettingsConfigDict(
        env_prefix="HEGUI_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    data_dir: Path = Field(
        default=Path(platformdirs.user_data_dir("hegui")), description="where database and files live"
    )
    language: Literal["zh", "en"] = Field(default="zh", description="for people whose language is not known")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="how much is logged")
    database: DatabaseSettings = DatabaseSettings()
    rules: RulesSettings = RulesSettings()
    telegram: TelegramSettings = TelegramSettings()
    web: WebSettings = WebSettings()
    notifications: NotificationSettings = NotificationSettings()
    fonts: FontSettings = FontSettings()
    cli: CommandSettings = CommandSettings()
    audit: AuditSettings = AuditSettings()

    @property
    def database_url(self) -> str:
        given = self.database.url
        return given.get_secret_value() if given else f"sqlite:///{self.data_dir / 'hegui.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        sources: list[PydanticBaseSettingsSource] = [init_settings, env_settings]
        if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
            sources.append(
                NestedSecretsSettingsSource(
                    file_secret_settings, secrets_dir=folder, secrets_prefix="hegui_", secrets_nested_delimiter="__"
                )
            )
        if file := settings_file():
            sources.append(TomlConfigSettingsSource(settings_cls, toml_file=file))
        return tuple(sources)


def settings_file() -> Path | None:
    """The settings file in use: HEGUI_CONFIG, or the usual place where there is one."""
    if given := os.environ.get("HEGUI_CONFIG"):
        return Path(given)
    usual = Path(platformdirs.user_config_dir("hegui")) / "hegui.toml"
    return usual if usual.exists() else None


def read_settings(config: Path | None = None, **given: Any) -> Settings:
    """Raises WrongSettings naming each key that cannot be used."""
    if config is not None:
        os.environ["HEGUI_CONFIG"] = str(config)
    if (chosen := settings_file()) and not chosen.is_file():
        raise WrongSettings(f"There is no settings file {chosen}.")
    try:
        return Settings(**given)
    except ValidationError as wrong:
        faults = "; ".join(
            f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in wrong.errors(include_input=False)
        )
        raise WrongSettings(f"Wrong settings: {faults}.") from None
    except ValueError as wrong:
        raise WrongSettings(f"The settings cannot be read: {wrong}.") from None


def commented_file() -> str:
    """A settings file with every setting, its meaning and its default, all commented out."""
    top = [name for name, field in Settings.model_fields.items() if not _is_section(field.annotation)]
    lines = ["# Settings of Hegui. Remove the # before a line to change it.", ""]
    lines += _commented(Settings, top)
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and _is_section(field.annotation):
            lines += ["", f"[{name}]", *_commented(field.annotation, list(field.annotation.model_fields))]
    return "\n".join(lines) + "\n"


def toml(value: float | bool) -> str:
    """A number or a switch as the settings file writes it."""
    return str(value).lower()


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def _commented(model: type[BaseModel], names: list[str]) -> list[str]:
    lines: list[str] = []
    for name in names:
        field = model.model_fields[name]
        default = field.default
        shown = '"..."' if default is None else f'"{default}"' if isinstance(default, str | Path) else toml(default)
        lines += [f"# {field.description}", f"# {name} = {shown}"]
    return lines
