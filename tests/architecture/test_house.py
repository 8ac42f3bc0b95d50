"""The order of the house, checked: languages, migrations, files, packaging."""

import re
import string
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from hegui.foundation.database import dialect
from hegui.foundation.database.metadata import metadata
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hegui"
HAN = re.compile(r"[\u4e00-\u9fff]")
SPEAKS_CHINESE = (  # words that people type, numerals, and how a date is written
    "foundation/language/catalogue.py",
    "rulebook/checks/",
    "rulebook/numerals.py",
    "rulebook/places.py",
    "rulebook/citing.py",
    "capabilities/answering/statutes/texts.py",
    "rulebook/citations/grammar.py",
    "rulebook/citations/extracting.py",
    "capabilities/answering/citation_lookup.py",
    "capabilities/document_check/grammar.py",
    "capabilities/ledger/reading/days.py",
    "capabilities/ledger/reading/amounts.py",
)


def _placeholders(text: object) -> set[str]:
    sentences = text.values() if isinstance(text, dict) else text if isinstance(text, list) else [text]
    return {name for s in sentences for _, name, _, _ in string.Formatter().parse(str(s)) if name}


def test_every_sentence_exists_in_both_languages_with_the_same_placeholders(catalogue: Catalogue) -> None:
    assert catalogue.keys("zh") == catalogue.keys("en")
    for key in catalogue.keys("zh"):
        assert _placeholders(catalogue.raw("zh", key)) == _placeholders(catalogue.raw("en", key)), key


def test_chinese_sentences_use_full_width_punctuation(catalogue: Catalogue) -> None:
    narrow = re.compile(r"[\u4e00-\u9fff][,;:!?(]|[\u4e00-\u9fff]\.(?!\w)")
    for key in catalogue.keys("zh"):
        assert not narrow.search(str(catalogue.raw("zh", key))), key


def test_every_sentence_is_used(catalogue: Catalogue) -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    prefixes = {match.rstrip(".") for match in re.findall(r'f"([a-z_.]+\.)[a-z_]*\{', code)}
    for key in catalogue.keys("zh"):
        if key.startswith("commands."):
            continue
        assert f'"{key}"' in code or any(key.startswith(f"{p}.") for p in prefixes) or _by_part(key, code), key


def _by_part(key: str, code: str) -> bool:
    """Keys that are put together from a fixed beginning and a variable last word."""
    head = key.rsplit("_", 1)[0] if "_" in key.rsplit(".", 1)[-1] else key.rsplit(".", 1)[0]
    return f'f"{head}' in code


def test_no_chinese_stands_in_the_code_outside_catalogue_and_law() -> None:
    for file in SOURCE.rglob("*.py"):
        name = file.relative_to(SOURCE).as_posix()
        if name.startswith(SPEAKS_CHINESE):
            continue
        for number, line in enumerate(_code_lines(file), 1):
            assert not HAN.search(line), f"{name}:{number}"


def _code_lines(file: Path) -> list[str]:
    """Lines without comments and docstrings, where Chinese terms explain names."""
    text = re.sub(r'"""[\s\S]*?"""', lambda m: "\n" * m.group().count("\n"), file.read_text(encoding="utf-8"))
    return [re.sub(r"#.*", "", line) for line in text.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_not_empty(catalogue: Catalogue, language: str) -> None:
    assert all(catalogue.raw(language, key) for key in catalogue.keys(language))  # type: ignore[arg-type]


async def test_the_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    engine = dialect.open_writer(database_url)
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c, opts={"compare_type": False}), metadata)
        )
    await engine.dispose()
    assert differences == []


def test_only_the_dialect_module_asks_which_store_it_is_on() -> None:
    for file in SOURCE.rglob("*.py"):
        if file.name != "dialect.py":
            assert "dialect.name" not in file.read_text(encoding="utf-8"), file


def test_the_constraints_name_no_registry() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


def test_no_file_and_no_function_has_outgrown_the_house() -> None:
    long = [
        f"{f.relative_to(ROOT)}" for f in SOURCE.rglob("*.py") if len(f.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
