"""Opens stores and rules: the list of all tables, what counts as business state, migration, looking at a store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from hegui.foundation.database.dialect import file_of
from hegui.foundation.database.migrate import newest, refuse_newer, upgrade
from hegui.foundation.database.state_hash import Counted
from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem
from hegui.foundation.instance import only_instance
from hegui.settings import Settings

TABLES = (
    "hegui.foundation.audit",
    "hegui.conversation.floors",
    "hegui.registry.tables",
    "hegui.delivery.inbox.store",
    "hegui.delivery.outbox.tables",
    "hegui.delivery.reminders.store",
    "hegui.capabilities.answering.misses",
    "hegui.capabilities.hand_over.store",
    "hegui.capabilities.self_check.store",
    "hegui.capabilities.rectification.store",
    "hegui.capabilities.file_check.store",
    "hegui.capabilities.ledger.own.store",
)


def register_tables() -> None:
    """Makes every table known to the metadata."""
    for module in TABLES:
        import_module(module)


def business_state() -> tuple[Counted, ...]:
    """What the state hash covers. People count once they are registered: a stranger's hello changes nothing."""
    from hegui.capabilities.hand_over.store import hand_over
    from hegui.capabilities.ledger.own.store import annual_report, filing_certificate, ledger_entry
    from hegui.capabilities.rectification.store import case, case_item
    from hegui.capabilities.self_check.store import answer, evidence, finding, run
    from hegui.registry.tables import affiliation, contact_officer, enterprise, enterprise_tag, membership, person

    talks = (enterprise, membership, run, answer, evidence, finding, case, case_item, hand_over)
    ledger = (ledger_entry, filing_certificate, annual_report)
    registry = (enterprise_tag, contact_officer, affiliation)
    counted = (*talks, *ledger, *registry)
    return (*(Counted(table) for table in counted), Counted(person, where=person.c.name.is_not(None)))


async def migrate_store(settings: Settings) -> str:
    """Brings the store to the newest level while no program runs on it."""
    prepare_folder(settings)
    async with only_instance(settings.database_url):
        return await upgrade(settings.database_url)


def prepare_folder(settings: Settings) -> None:
    """The data folder, open to its owner alone. Raises EnvironmentProblem where it cannot be made."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(
            f"The data folder {settings.data_dir} cannot be made: {problem.strerror}."
        ) from problem


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """The store as it is, for looking at; a program may run on it. Raises EnvironmentProblem where it is not ready."""
    register_tables()
    from hegui.bootstrap.auditing import book

    url = settings.database_url
    if (file := file_of(url)) and not file.exists():
        raise EnvironmentProblem(f"There is no database {file} yet. `hegui migrate` makes one.")
    database = Database(url, book(settings))
    try:
        await database.check()
        found = await database.level()
        await refuse_newer(found)
        if found != newest():
            raise EnvironmentProblem("The database is older than this program. `hegui migrate` brings it up to date.")
        yield database
    finally:
        await database.close()
