"""Files that people send (上传文件): kept in the data folder under a random name, whole or not at all."""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from hegui.foundation.randomness import Randomness, new_id


class StoredFile(BaseModel):
    """What is known of a kept file."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    sha256: str


class FileFolder:
    """One folder of kept files, readable by its owner alone."""

    def __init__(self, folder: Path, randomness: Randomness) -> None:
        self.folder = folder
        self._randomness = randomness

    async def keep(self, write: Callable[[Path], Awaitable[None]]) -> StoredFile:
        """Lets `write` fill a file, and gives it its final name once it is safe on disk."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = new_id(self._randomness, 26)
        unfinished = self.folder / f"{name}.part"
        try:
            await write(unfinished)
            return await asyncio.to_thread(self._finish, unfinished, name)
        finally:
            unfinished.unlink(missing_ok=True)

    def _finish(self, unfinished: Path, name: str) -> StoredFile:
        unfinished.chmod(0o600)
        with unfinished.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = unfinished.stat().st_size
        unfinished.rename(self.folder / name)
        directory = os.open(self.folder, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
        return StoredFile(name=name, size=size, sha256=digest)

    def path(self, name: str) -> Path:
        """Where a kept file lies; the name is one of ours, never a person's."""
        return self.folder / Path(name).name

    def sweep(self, named: Collection[str], before: datetime) -> int:
        """Removes files that are not named and were last written before a moment; says how many."""
        swept = 0
        for file in self.folder.iterdir() if self.folder.exists() else ():
            if file.name not in named and file.stat().st_mtime < before.timestamp():
                file.unlink()
                swept += 1
        return swept
