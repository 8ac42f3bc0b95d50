"""The pages say what the program is: commands, settings, exit codes, folders, and a conversation that really runs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from bench.ledger_picture import AS_OF, ledger
from pydantic import BaseModel
from tests.channels.terminal.clients import piped

from hegui import cli
from hegui.settings import Settings, toml

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hegui"
ARCHITECTURE = (SOURCE / "ARCHITECTURE.md").read_text(encoding="utf-8")
READMES = {
    "en": (ROOT / "README.md").read_text(encoding="utf-8"),
    "zh": (ROOT / "README.zh-CN.md").read_text(encoding="utf-8"),
}
HEADERS = {
    "commands": {"en": "Command", "zh": "命令"},
    "settings": {"en": "Setting", "zh": "设置"},
    "exit codes": {"en": "Code", "zh": "退出码"},
    "targets": {"en": "Target", "zh": "目标"},
}
PAGES = sorted(page for folder in (".", "bench", "rules", "src/hegui") for page in (ROOT / folder).glob("*.md"))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INTERRUPTED = 130  # what a shell expects after Ctrl-C
DATE = r"\d{4}年\d+月\d+日（周.）|[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4}"
WORKING_DAYS = r"\d+ (?:个工作日|working days?)"
SHOWN_HOSTS = {"api.telegram.org", "HOST:PORT"}
SHOWN_FOLDERS = {"etc", "var", "opt"}  # those of any Linux machine, not of one

every_language = pytest.mark.parametrize("language", READMES)


def rows_after(language: str, table: str) -> dict[str, str]:
    """The rows of the table with this header, by the name in their first column."""
    body = READMES[language].split(f"\n| {HEADERS[table][language]} |", 1)[1].split("\n\n", 1)[0]
    return {row[1]: row[0] for row in re.finditer(r"^\| `([^`]+)` \|.*$", body, re.MULTILINE)}


def commands_of(group: Any, name: str) -> Iterator[str]:
    """Every command that can be typed, with the groups before it."""
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{name} {word}")
        else:
            yield f"{name} {word}"


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting by its dotted name, with its default."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settings_of(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.default


def outside_fences(page: str) -> str:
    return FENCED.sub("", page)


# ---- the README in both languages ------------------------------------------------------------------------------


@every_language
def test_every_command_is_described_and_no_other(language: str) -> None:
    assert set(rows_after(language, "commands")) == set(commands_of(typer.main.get_command(cli.app), "hegui"))


@every_language
def test_every_setting_is_described_with_its_default(language: str) -> None:
    rows = rows_after(language, "settings")
    defaults = dict(settings_of(Settings))
    assert set(rows) == set(defaults)
    for name, default in defaults.items():
        if default is not None and not isinstance(default, Path):  # the data folder differs from machine to machine
            shown = toml(default) if isinstance(default, bool) else default
            assert rows[name].endswith(f"| `{shown}` |"), name


@every_language
def test_every_exit_code_is_described(language: str) -> None:
    codes = {0, cli.FINDINGS, cli.USAGE, cli.ENVIRONMENT, cli.ANOTHER_INSTANCE, INTERRUPTED}
    assert set(rows_after(language, "exit codes")) == {str(code) for code in codes}


@every_language
def test_the_make_targets_that_are_named_exist(language: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    code = "\n".join(
        re.findall(r"`([^`\n]+)`", READMES[language]) + [body for _, body in FENCED.findall(READMES[language])]
    )
    named = set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE))
    assert named == targets


def test_both_languages_have_the_same_sections() -> None:
    levels = {language: re.findall(r"^(#+) ", outside_fences(page), re.MULTILINE) for language, page in READMES.items()}
    assert levels["en"] == levels["zh"]


def test_both_languages_show_the_same_commands_to_type() -> None:
    typed = {
        language: [body for kind, body in FENCED.findall(page) if kind not in ("text", "console")]
        for language, page in READMES.items()
    }
    assert typed["en"] == typed["zh"]


# ---- the conversation ------------------------------------------------------------------------------------------


def conversation(language: str) -> list[str]:
    """The lines that the README shows; those that it leaves out are marked by an ellipsis."""
    (shown,) = (body for kind, body in FENCED.findall(READMES[language]) if kind == "text")
    return [line for line in shown.splitlines() if line != "…"]


def on_any_day(line: str) -> str:
    """The line without what depends on the day on which the demo runs."""
    return re.sub(WORKING_DAYS, "N working days", re.sub(DATE, "DATE", line))


@every_language
def test_the_conversation_shown_is_one_that_the_program_holds(language: str, tmp_path: Path) -> None:
    shown = conversation(language)
    typed = "".join(f"{line.removeprefix('> ')}\n" for line in shown if line.startswith("> "))
    done = piped(tmp_path, "demo", "--fast", "--lang", language, lines=typed, TMPDIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert missing_in_order([on_any_day(line) for line in shown], done.stdout.splitlines()) is None


def missing_in_order(wanted: list[str], printed: list[str]) -> str | None:
    """The first wanted line that does not come after the ones before it.

    The notice may come between any two answers, so it is looked for from the beginning.
    """
    said = [on_any_day(line) for line in printed]
    notice = next(place for place, line in enumerate(wanted) if line.startswith("── "))
    for part in (wanted[:notice], wanted[notice:]):
        rest = iter(said)
        for line in part:
            if line not in rest:
                return line
    return None


# ---- the map ---------------------------------------------------------------------------------------------------


def places_named() -> dict[str, Path | None]:
    """Folders and files in the first column of the map; a short name stands beside the one before it."""
    table = ARCHITECTURE.split("\n| Folder | Is |", 1)[1].split("\n\n", 1)[0]
    places: dict[str, Path | None] = {}
    for cell in re.findall(r"^\| (.+?) \|", table, re.MULTILINE):
        beside = SOURCE
        for name in re.findall(r"`([a-z_/]+(?:\.py)?)`", cell):
            file = f"{name}.py" if name.startswith("__") else name
            places[name] = next((place for place in (SOURCE / file, beside / file) if place.exists()), None)
            beside = (places[name] or SOURCE).parent
    return places


def test_every_place_on_the_map_exists() -> None:
    places = places_named()
    assert [name for name, place in places.items() if place is None] == []


def test_every_package_is_on_the_map() -> None:
    packages = {file.parent for file in (*SOURCE.glob("*/__init__.py"), *SOURCE.glob("*/*/__init__.py"))}
    on_the_map = {place for place in places_named().values() if place}
    holding = {parent for place in on_the_map for parent in place.parents}
    assert {package.relative_to(SOURCE).as_posix() for package in packages - on_the_map - holding} == set()


def test_the_tests_and_files_that_the_architecture_names_exist() -> None:
    named = re.findall(r"`((?:tests|rules|delivery|foundation|capabilities)/[\w./-]+)`", ARCHITECTURE)
    assert [name for name in named if not (ROOT / name).exists() and not (SOURCE / name).exists()] == []


def test_every_file_of_the_rules_that_all_packs_share_is_described() -> None:
    described = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in (ROOT / "rules").glob("*.yaml") if f"| `{file.name}` |" not in described] == []


# ---- every page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", outside_fences(page.read_text(encoding="utf-8")))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_name_no_foreign_host_and_no_path_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://([^/\s`)]+)", text)) <= SHOWN_HOSTS
    assert set(re.findall(r"(?<![\w.~/:>-])/(\w+)/", text)) <= SHOWN_FOLDERS


# ---- the ledger ------------------------------------------------------------------------------------------------


@every_language
def test_the_findings_shown_are_those_of_the_ledger_in_the_picture(language: str, tmp_path: Path) -> None:
    example = ledger(tmp_path / "ledger.xlsx")
    asked = [sys.executable, "-m", "hegui", "check", "ledger", str(example), "--as-of", str(AS_OF), "--lang", language]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", timeout=60)
    shown = next(block for _, block in FENCED.findall(READMES[language]) if "$ hegui check ledger" in block)
    lines = [line for line in shown.splitlines()[1:] if line.strip() not in ("", "…")]
    assert lines == [line for line in done.stdout.splitlines() if line.strip()][: len(lines)]
    assert len(lines) > 10
