"""Where imported texts lie: one file for each source, replaced as a whole, below the data folder."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from hegui.capabilities.answering.statutes.texts import ArticleText

Source = Literal["folder", "package"]
SOURCES: tuple[Source, ...] = ("folder", "package")


class Shelf:
    """The imported texts of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "statutes"

    def put(self, source: Source, articles: Sequence[ArticleText]) -> None:
        """Takes the place of what was imported from this source before; never half."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f"{source}.jsonl.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file(source))

    def articles(self, source: Source) -> Iterator[ArticleText]:
        file = self._file(source)
        if file.is_file():
            with file.open(encoding="utf-8") as lines:
                yield from (ArticleText(*json.loads(line)) for line in lines)

    def is_empty(self) -> bool:
        return not any(self._file(source).is_file() for source in SOURCES)

    def digest(self) -> str:
        """Changes with every import."""
        digest = hashlib.sha256()
        for source in SOURCES:
            if self._file(source).is_file():
                digest.update(source.encode() + self._file(source).read_bytes())
        return digest.hexdigest()[:16]

    def _file(self, source: Source) -> Path:
        return self.folder / f"{source}.jsonl"
