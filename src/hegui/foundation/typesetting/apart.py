"""Sets pages in a process of their own (隔离排版), which gives all its memory back and cannot hurt the program."""

import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from hegui.foundation.errors import Refusal
from hegui.foundation.typesetting.press import DRAWING, PIXELS_PER_INCH, Press
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.limits import WRITING

TASK = "hegui.foundation.typesetting.apart:set_page"


class TypesetterApart:
    """As `Typesetter`, for templates that come with Hegui. Raises Refusal where a page cannot be set."""

    def __init__(self, own_fonts: Path | None = None) -> None:
        self._own_fonts = own_fonts

    async def pdf(self, template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
        return await self._set(template, {"data": data, "at_seconds": int(at.timestamp())})

    async def picture(self, template: Path, data: Mapping[str, Any], *, ppi: float = PIXELS_PER_INCH) -> bytes:
        return await self._set(template, {"data": data, "ppi": ppi})

    async def drawing(self, svg: str, title: str, *, ppi: float = PIXELS_PER_INCH) -> bytes:
        return await self.picture(DRAWING, {"svg": svg, "title": title}, ppi=ppi)

    async def _set(self, template: Path, asked: Mapping[str, Any]) -> bytes:
        with tempfile.TemporaryDirectory(prefix="hegui-page-") as folder:
            out = Path(folder) / "page"
            fonts = str(self._own_fonts.absolute()) if self._own_fonts else None
            try:
                await in_child(TASK, template, {**asked, "out": str(out), "fonts": fonts}, limits=WRITING)
            except Refusal:  # it speaks of a file that was sent
                raise Refusal("page.not_set") from None
            return out.read_bytes()


def set_page(template: Path, given: dict[str, Any]) -> None:
    """The task of the child process: sets one page and leaves it where it was told."""
    os.environ["RAYON_NUM_THREADS"] = "1"  # a thread for each core would reserve more memory than a child may have
    press = Press(Path(given["fonts"]) if given["fonts"] else None)
    if "ppi" in given:
        made = press.picture(template, given["data"], given["ppi"])
    else:
        made = press.pdf(template, given["data"], given["at_seconds"])
    Path(given["out"]).write_bytes(made)
