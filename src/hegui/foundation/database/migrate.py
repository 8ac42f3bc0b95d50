"""Migrations (迁移): forward only, each in one transaction. A store newer than the program is refused."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from hegui.foundation.database import dialect
from hegui.foundation.errors import EnvironmentProblem

SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The level that this program is written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise EnvironmentProblem("The program has no migrations: its installation is not complete.")
    return head


async def level(engine: AsyncEngine) -> str | None:
    """The level of the store; None where it is empty."""
    async with engine.connect() as connection:
        return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


async def upgrade(url: str) -> str:
    """Brings the store to the newest level, and returns it.

    Raises EnvironmentProblem where the store was written by a newer program: it is left untouched.
    """
    if file := dialect.file_of(url):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # its journal takes over the mode
    engine = dialect.open_writer(url)
    try:
        await refuse_newer(await level(engine))
        async with engine.begin() as connection:
            await connection.run_sync(lambda c: command.upgrade(_config(c), "head"))
    finally:
        await engine.dispose()
    return newest()


async def refuse_newer(found: str | None) -> None:
    """Raises EnvironmentProblem when the level is one that this program does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise EnvironmentProblem(
            f"The database was written by a newer version of Hegui (level {found}; this one knows up to {newest()}). "
            "Nothing was changed. Install the newer version, or open the backup made before the upgrade."
        )
