"""Opens the store and hands out transactions: one writer on SQLite, a pool on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from hegui.foundation.audit.writing import Book, write_down
from hegui.foundation.database import dialect
from hegui.foundation.database.migrate import level
from hegui.foundation.database.transaction import Transaction


class Database:
    """The store at one address. `write` is committed when its block ends well, and undone when it does not."""

    def __init__(self, url: str, book: Book | None = None) -> None:
        self.url = url
        self._book = book or Book()
        self._writer = dialect.open_writer(url)
        self._reader = dialect.open_reader(url)
        self._one_writer = asyncio.Lock() if self._reader else None

    @property
    def writing_connections(self) -> int:
        """How many connections of this process can write."""
        return dialect.pool_size(self._writer)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        transaction: Transaction | None = None
        try:
            async with AsyncExitStack() as stack:
                if self._one_writer:
                    await stack.enter_async_context(self._one_writer)
                transaction = Transaction(await stack.enter_async_context(self._writer.begin()), writes=True)
                yield transaction
                await write_down(transaction, transaction.noted, self._book)
        except BaseException:
            if transaction:
                transaction.rolled_back()
            raise
        transaction.committed()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        engine = self._reader or self._writer
        async with engine.connect() as connection:
            yield Transaction(connection)

    async def check(self) -> None:
        """Raises EnvironmentProblem when the store cannot be opened."""
        with dialect.opening(self.url):
            async with self.read() as tx:
                await tx.connection.exec_driver_sql("select 1")

    async def level(self) -> str | None:
        """The migration level of the store; None where it is empty."""
        return await level(self._reader or self._writer)

    async def close(self) -> None:
        for engine in (self._reader, self._writer):
            if engine:
                await engine.dispose()
