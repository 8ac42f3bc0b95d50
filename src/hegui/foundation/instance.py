"""One running program a store: a lock on a file beside SQLite, an advisory lock on PostgreSQL. Gone when it dies."""

import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hegui.foundation.database import dialect
from hegui.foundation.errors import AnotherInstance, EnvironmentProblem


@asynccontextmanager
async def only_instance(url: str) -> AsyncIterator[None]:
    """Holds the lock while its block runs. Raises AnotherInstance where another process holds it."""
    file = dialect.file_of(url)
    if file is None:
        async with dialect.advisory_lock(url) as held:
            if not held:
                raise AnotherInstance("Another Hegui runs on this database.")
            yield
        return
    handle = _lock(_lock_file(file))
    try:
        yield
    finally:
        os.close(handle)


def refuse_second(url: str) -> None:
    """Looks whether a program runs on a SQLite file, before anything is loaded. Raises AnotherInstance.

    The lock that counts is `only_instance`; on PostgreSQL it alone tells.
    """
    file = dialect.file_of(url)
    if file is not None and (lock := _lock_file(file)).exists():
        os.close(_lock(lock))


def _lock_file(file: Path) -> Path:
    return file.with_name(file.name + ".lock")


def _lock(file: Path) -> int:
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise EnvironmentProblem(f"{file} cannot be opened: {problem.strerror}.") from problem
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        os.close(handle)
        raise AnotherInstance(f"Another Hegui runs on this database ({file} is locked).") from held
    return handle
