"""Pages for those who wait for them (排版), set here by a press that is kept warm in a thread of its own.

A page takes some milliseconds then, but the press keeps about 60 MB, and more after a long document. What is asked for
now and then by a program that runs for months is better set apart (`apart.py`), which gives its memory back.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar, TypeVarTuple

from hegui.foundation.typesetting.press import DRAWING, PACKAGE, PIXELS_PER_INCH, Press

Made = TypeVar("Made")
Given = TypeVarTuple("Given")


class SetsPages(Protocol):
    """Makes PDF and pictures of templates."""

    async def pdf(self, template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
        """A PDF/A-2b with its fonts inside. `at` is the moment that the document says it was made."""
        ...

    async def picture(self, template: Path, data: Mapping[str, Any], *, ppi: float = PIXELS_PER_INCH) -> bytes:
        """The first page as a PNG, with `ppi` pixels an inch."""
        ...

    async def drawing(self, svg: str, title: str, *, ppi: float = PIXELS_PER_INCH) -> bytes:
        """An SVG drawing as a PNG. It names its font by role, as font-family="plain"."""
        ...


class Typesetter:
    """Sets pages here. Close it when no more are wanted."""

    def __init__(self, own_fonts: Path | None = None, root: Path = PACKAGE) -> None:
        """`own_fonts`: a folder whose fonts come first. Raises EnvironmentProblem where it cannot be used."""
        self._press = Press(own_fonts, root)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typesetting")

    async def pdf(self, template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
        return await self._in_thread(self._press.pdf, template, data, int(at.timestamp()))

    async def picture(self, template: Path, data: Mapping[str, Any], *, ppi: float = PIXELS_PER_INCH) -> bytes:
        return await self._in_thread(self._press.picture, template, data, ppi)

    async def drawing(self, svg: str, title: str, *, ppi: float = PIXELS_PER_INCH) -> bytes:
        return await self.picture(DRAWING, {"svg": svg, "title": title}, ppi=ppi)

    async def missing_characters(self, text: str) -> str:
        """The characters of a text that would be replaced, for a caller that would rather refuse."""
        return await self._in_thread(self._press.shelf.missing_characters, text)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, work: Callable[[*Given], Made], *given: *Given) -> Made:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)
