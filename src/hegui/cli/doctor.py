"""What `hegui doctor` examines: each check is a function that says what it found and how to mend it."""

import os
import shutil
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from hegui.bootstrap.auditing import key_file
from hegui.bootstrap.rules import read_rules
from hegui.bootstrap.stores import open_store
from hegui.foundation.clock import SystemClock
from hegui.foundation.database import dialect
from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.language.catalogue import CHINA
from hegui.rulebook.problem import RulesProblem
from hegui.settings import Settings, settings_file

WAL_RESET_FAULT = ((3, 7, 0), (3, 51, 2))  # versions in which two writing connections can damage the file
LEAST_SPACE = 500 * 1024 * 1024  # bytes
RULES_GROW_OLD = timedelta(days=180)


class Check(BaseModel):
    """One finding of the doctor."""

    model_config = ConfigDict(frozen=True)

    name: str
    ok: bool
    detail: str
    remedy: str = ""


async def examine(settings: Settings, *, online: bool) -> list[Check]:
    """Every check that can be made; none of them changes anything."""
    checks = [python(), *secrets(settings), space(settings), fonts(settings), *rules(settings)]
    checks += [check async for check in database(settings)]
    checks += [check async for check in telegram(settings, online=online)]
    return checks


def python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check(name="Python", ok=sys.version_info >= (3, 11), detail=version, remedy="Install Python 3.11 or later.")


def secrets(settings: Settings) -> Iterator[Check]:
    """Nobody but the owner may read the data folder, the keys or a settings file that holds a token."""
    watched: list[Path] = [settings.data_dir, settings.data_dir / "signing.key", settings.data_dir / "audit-people.key"]
    watched.append(key_file(settings))
    if file := dialect.file_of(settings.database_url):
        watched.append(file)
    if (chosen := settings_file()) and "token" in chosen.read_text(encoding="utf-8", errors="replace"):
        watched.append(chosen)
    for path in watched:
        if path.exists():
            open_to_others = bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
            yield Check(
                name="Secrets",
                ok=not open_to_others,
                detail=f"{path} is readable by {'others' if open_to_others else 'its owner alone'}",
                remedy=f"chmod go-rwx {path}",
            )


def space(settings: Settings) -> Check:
    folder = next(p for p in (settings.data_dir, *settings.data_dir.parents) if p.exists())
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    return Check(
        name="Data folder",
        ok=free >= LEAST_SPACE and writable,
        detail=f"{settings.data_dir}: {free // 1024**2} MB free, {'writable' if writable else 'not writable'}",
        remedy="Free some space, or choose another data_dir that this user may write to.",
    )


def fonts(settings: Settings) -> Check:
    """The fonts for PDF and pictures are there and show characters that poor fonts lack."""
    from hegui.foundation.typesetting.fonts import RARE, FontShelf

    remedy = "Install the package pylopdf-fonts-zh-cn, or set fonts.dir to a folder with complete Chinese fonts."
    try:
        shelf = FontShelf(settings.fonts.dir)
        missing = shelf.missing_characters(RARE)
        families = ", ".join(dict.fromkeys(names[0] for names in shelf.families.values()))
    except EnvironmentProblem as problem:
        return Check(name="Fonts", ok=False, detail=str(problem), remedy=remedy)
    said = f"{families}; {len(RARE) - len(missing)} of {len(RARE)} rare characters can be shown"
    return Check(name="Fonts", ok=not missing, detail=said, remedy=remedy)


def rules(settings: Settings) -> Iterator[Check]:
    """The rules load, are not old, and hold a published calendar for this year."""
    try:
        rulebook = read_rules(settings)
    except RulesProblem as problem:
        yield Check(name="Rules", ok=False, detail=str(problem), remedy="Mend the file named, or remove rules.dir.")
        return
    today = SystemClock().now().astimezone(CHINA).date()
    for pack in rulebook.packs:
        fresh = today - pack.checked_on <= RULES_GROW_OLD
        detail = f"{pack.id} {pack.version}, checked against the law on {pack.checked_on}"
        yield Check(name="Rules", ok=fresh, detail=detail, remedy="Install a newer version of the rules.")
    published = {year.year for year in rulebook.calendar if year.status == "published"}
    yield Check(
        name="Calendar",
        ok=today.year in published,
        detail=f"published: {', '.join(str(year) for year in sorted(published))}; later years count as provisional",
        remedy="Install rules that hold this year's calendar of days off.",
    )


async def database(settings: Settings) -> AsyncIterator[Check]:
    """The store opens, is at this program's level, and its library is safe with the one connection that writes."""
    shown = dialect.shown(settings.database_url)
    try:
        async with open_store(settings) as opened:
            yield Check(name="Database", ok=True, detail=f"{shown} opens and is at the right level")
            yield await library(opened)
    except EnvironmentProblem as problem:
        yield Check(name="Database", ok=False, detail=str(problem), remedy="hegui migrate")


async def library(opened: Database) -> Check:
    async with opened.read() as tx:
        version = await dialect.library_version(tx.connection)
    name = ".".join(str(part) for part in version)
    if not dialect.is_sqlite(opened.url):
        return Check(name="PostgreSQL", ok=version >= (14,), detail=name, remedy="Use PostgreSQL 14 or later.")
    faulty = WAL_RESET_FAULT[0] <= version <= WAL_RESET_FAULT[1]
    writers = opened.writing_connections
    said = f"{name}, which has the WAL-reset fault" if faulty else name
    return Check(
        name="SQLite",
        ok=not faulty or writers == 1,
        detail=f"{said}; connections that write: {writers}",
        remedy="Use SQLite 3.51.3 or later, or let exactly one connection write.",
    )


async def telegram(settings: Settings, *, online: bool) -> AsyncIterator[Check]:
    token = settings.telegram.token
    if token is None:
        yield Check(name="Telegram", ok=True, detail="no token: only the terminal is used")
    elif not online:
        yield Check(name="Telegram", ok=True, detail="a token is set; --online tries it")
    else:
        from hegui.bootstrap.serving import try_telegram

        try:
            yield Check(name="Telegram", ok=True, detail=f"the token belongs to @{await try_telegram(settings)}")
        except EnvironmentProblem as problem:
            yield Check(name="Telegram", ok=False, detail=str(problem), remedy="Take a new token from @BotFather.")
