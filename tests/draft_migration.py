"""Drafts a migration from what the tables say and the migrations do not yet: `make migration MESSAGE="add x"`.

Read the draft before it is committed: autogeneration sees columns and indexes, not what the change means.
"""

import asyncio
import sys
import tempfile

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from hegui.bootstrap.stores import register_tables
from hegui.foundation.database import dialect
from hegui.foundation.database.migrate import SCRIPTS, upgrade

CUSTOM = ("Moment", "Day", "Flag")


def _render(kind: str, value: object, context: object) -> str | bool:
    if kind == "type" and type(value).__name__ in CUSTOM:
        return f"{type(value).__name__}()"
    if kind == "type" and type(value).__name__ == "BigInteger":
        return "BigInt"
    return False


def _draft(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes.update(connection=connection, render_item=_render)
    command.revision(config, message=message, autogenerate=True, rev_id=f"{_next_number():04d}")


def _next_number() -> int:
    return 1 + sum(1 for file in (SCRIPTS / "versions").glob("[0-9]*.py"))


async def main(message: str) -> None:
    register_tables()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/draft.db"
        if _next_number() > 1:
            await upgrade(url)
        engine = dialect.open_writer(url)
        async with engine.begin() as connection:
            await connection.run_sync(_draft, message)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:]) or "change"))
