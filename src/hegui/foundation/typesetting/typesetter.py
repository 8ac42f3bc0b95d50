"""Sets pages (排版): a template and data become a PDF or a picture.

One compiler is kept warm in a thread of its own; the loop goes on meanwhile. A template sees nothing but its data, the
names of the typefaces and files under its root. The same template, data and moment give the same bytes.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, TypeVarTuple

from hegui.foundation.typesetting.fonts import FontShelf
from hegui.foundation.typesetting.wording import settable

if TYPE_CHECKING:
    import typst

PACKAGE = Path(__file__).parents[2]
DRAWING = Path(__file__).with_name("drawing.typ")
ARCHIVE: Final = "a-2b"
PIXELS_PER_INCH = 144.0
Made = TypeVar("Made")
Given = TypeVarTuple("Given")


class Typesetter:
    """Makes PDF and PNG of templates under `root`; close it when no more pages are wanted."""

    def __init__(self, own_fonts: Path | None = None, root: Path = PACKAGE) -> None:
        """`own_fonts`: a folder whose fonts come first. Raises EnvironmentProblem where it cannot be used."""
        self.shelf = FontShelf(own_fonts)
        self._root = root
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typesetting")

    async def pdf(self, template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
        """A PDF/A-2b with its fonts inside. `at` is the moment that the document says it was made."""
        return await self._in_thread(self._pdf, template, data, int(at.timestamp()))

    async def picture(self, template: Path, data: Mapping[str, Any], *, ppi: float = PIXELS_PER_INCH) -> bytes:
        """The first page as a PNG, with `ppi` pixels an inch."""
        return await self._in_thread(self._picture, template, data, ppi)

    async def drawing(self, svg: str, title: str, *, ppi: float = PIXELS_PER_INCH) -> bytes:
        """An SVG drawing as a PNG. A character that no font has stands as 〓 there too."""
        return await self._in_thread(self._picture, DRAWING, {"svg": svg, "title": title}, ppi)

    async def missing_characters(self, text: str) -> str:
        """The characters of a text that would be replaced, for a caller that would rather refuse."""
        return await self._in_thread(self.shelf.missing_characters, text)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, work: Callable[[*Given], Made], *given: *Given) -> Made:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    @cached_property
    def _compiler(self) -> "typst.Compiler":
        import typst

        return typst.Compiler(root=self._root, font_paths=self.shelf.fonts)

    def _pdf(self, template: Path, data: Mapping[str, Any], seconds: int) -> bytes:
        made = self._compiler.compile(
            template, format="pdf", sys_inputs=self._inputs(data), pdf_standards=ARCHIVE, timestamp=seconds
        )
        return _whole(made)

    def _picture(self, template: Path, data: Mapping[str, Any], ppi: float) -> bytes:
        return _whole(self._compiler.compile(template, format="png", ppi=ppi, sys_inputs=self._inputs(data)))

    def _inputs(self, data: Mapping[str, Any]) -> dict[str, str]:
        given, missing = settable(data, self.shelf)
        inputs = {"data": given, "faces": self.shelf.families, "missing": missing}
        return {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}


def _whole(made: bytes | list[bytes] | None) -> bytes:
    """The compiler gives pictures page by page where there are several."""
    first = made[0] if isinstance(made, list) else made
    if first is None:
        message = "nothing was set"
        raise ValueError(message)
    return first
