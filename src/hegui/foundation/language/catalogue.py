"""The catalogue of sentences: one TOML file a part and locale, flat keys, `{name}` placeholders.

A key is the file's name and the path inside it: `[result] none` in check.toml is `check.result.none`. Where a
sentence differs by number, the key holds a table with `one` and `other`, chosen by the parameter `count`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FOLDERS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}
LOCALES: Mapping[Language, Locale] = {"zh": Locale("zh"), "en": Locale("en")}
SHIPPED = Path(__file__).parents[2] / "locales"
CHINA = ZoneInfo("Asia/Shanghai")


class Catalogue:
    """All sentences of all languages; zh is the source and the fallback."""

    def __init__(self, sentences: Mapping[Language, Mapping[str, Any]]) -> None:
        self._sentences = sentences

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Catalogue":
        return cls({language: dict(_read(folder / FOLDERS[language])) for language in LANGUAGES})

    def keys(self, language: Language) -> frozenset[str]:
        return frozenset(self._sentences[language])

    def raw(self, language: Language, key: str) -> Any:
        return self._sentences[language][key]

    def has(self, key: str) -> bool:
        return key in self._sentences["zh"]

    def say(self, language: Language, key: str, **params: Any) -> str:
        """The sentence, filled. Dates and moments among `params` are written as the language writes them."""
        text = self._sentences[language].get(key) or self._sentences["zh"][key]
        if isinstance(text, dict):
            text = text.get(LOCALES[language].plural_form(params.get("count", 0)), text["other"])
        return str(text).format_map({name: written(value, language) for name, value in params.items()})

    def words(self, language: Language, key: str) -> tuple[str, ...]:
        """A list of words, such as the names a command goes by."""
        return tuple(self._sentences[language][key])


class Texts:
    """The catalogue in one person's language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue = catalogue
        self.language = language

    def __call__(self, key: str, **params: Any) -> str:
        return self.catalogue.say(self.language, key, **params)


def written(value: Any, language: Language) -> Any:
    """A date as 2026年11月23日 (周一) / Mon 23 Nov 2026; a moment with its time in China; all else as it is."""
    if isinstance(value, datetime):
        pattern = "y年M月d日 HH:mm" if language == "zh" else "d MMM y HH:mm"
        return format_datetime(value.astimezone(CHINA), pattern, locale=LOCALES[language])
    if isinstance(value, date):
        pattern = "y年M月d日（EEE）" if language == "zh" else "EEE d MMM y"
        return format_date(value, pattern, locale=LOCALES[language])
    return value


def _read(folder: Path) -> Iterator[tuple[str, Any]]:
    for file in sorted(folder.glob("*.toml")):
        yield from _flat(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict) and "other" not in value:
            yield from _flat(key, value)
        else:
            yield key, value
