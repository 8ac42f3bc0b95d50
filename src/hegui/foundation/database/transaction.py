"""A transaction: what services receive. It is committed at the edge, never by a service."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Table, UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection

from hegui.foundation.database import dialect

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Transaction:
    """One unit of work on the store, with what is to happen once it is safe on disk."""

    def __init__(self, connection: AsyncConnection, *, writes: bool = False) -> None:
        self.connection = connection
        self.noted: list[Mapping[str, Any]] = []
        self._writes = writes
        self._after_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []
        self._guarded = False
        self._savepoint = False

    def note(self, row: Mapping[str, Any]) -> None:
        """Keeps a row for the audit log until just before the commit."""
        if not self._writes:
            message = "an act is recorded by a transaction that only reads"
            raise RuntimeError(message)
        self.noted.append(row)

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        if self._guarded and not self._savepoint and isinstance(statement, UpdateBase):
            await self.connection.exec_driver_sql("SAVEPOINT turn")
            self._savepoint = True
        return await self.connection.execute(statement, parameters)

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        return (await self.execute(statement)).all()

    async def one(self, statement: Executable) -> Row[Any] | None:
        return (await self.execute(statement)).one_or_none()

    async def scalar(self, statement: Executable) -> Any:
        return (await self.execute(statement)).scalar_one_or_none()

    async def insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds rows; a key that exists is an error."""
        if values := list(rows):
            await self.execute(table.insert(), values)

    async def insert_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Adds the row unless one of its keys exists; says whether it was added."""
        statement = dialect.insert(self.connection, table).values(row).on_conflict_do_nothing()
        return (await self.execute(statement)).rowcount == 1

    async def insert_all_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds those rows of which no key exists."""
        if rows:
            await self.execute(dialect.insert(self.connection, table).on_conflict_do_nothing(), rows)

    async def put(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds rows or, where the primary key exists, replaces their other columns."""
        if not rows:
            return
        statement = dialect.insert(self.connection, table)
        key = [column.name for column in table.primary_key]
        changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
        await self.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Runs `act` once everything is on disk: to wake a worker, never to change state."""
        self._after_commit.append(act)

    def after_rollback(self, act: Callable[[], None]) -> None:
        """Runs `act` when nothing of this was kept: to hold on to what is known in memory."""
        self._after_rollback.append(act)

    def rolled_back(self) -> None:
        for act in self._after_rollback:
            act()

    def committed(self) -> None:
        for act in self._after_commit:
            act()

    @asynccontextmanager
    async def guarded(self) -> AsyncIterator[None]:
        """Undoes what is written inside when an error leaves it. Costs nothing while nothing is written."""
        self._guarded, self._savepoint = True, False
        noted = len(self.noted)
        try:
            yield
        except BaseException:
            del self.noted[noted:]
            if self._savepoint:
                await self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT turn")
                await self.connection.exec_driver_sql("RELEASE SAVEPOINT turn")
            raise
        else:
            if self._savepoint:
                await self.connection.exec_driver_sql("RELEASE SAVEPOINT turn")
        finally:
            self._guarded = self._savepoint = False
