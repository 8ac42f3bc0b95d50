"""Sets one page after another (排版机), in the thread that calls it. Knows nothing of the loop.

A template sees nothing but its data, the names of the typefaces and files under the root. The same template, data and
moment give the same bytes.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hegui.foundation.typesetting.fonts import FontShelf
from hegui.foundation.typesetting.wording import settable

if TYPE_CHECKING:
    import typst

PACKAGE = Path(__file__).parents[2]
DRAWING = Path(__file__).with_name("drawing.typ")
ARCHIVE: Final = "a-2b"
PIXELS_PER_INCH = 144.0


class Press:
    """A compiler that stays warm, with the fonts it may use."""

    def __init__(self, own_fonts: Path | None = None, root: Path = PACKAGE) -> None:
        """`own_fonts`: a folder whose fonts come first. Raises EnvironmentProblem where it cannot be used."""
        self.shelf = FontShelf(own_fonts)
        self._root = root

    @cached_property
    def _compiler(self) -> "typst.Compiler":
        import typst

        return typst.Compiler(root=self._root, font_paths=self.shelf.fonts)

    def pdf(self, template: Path, data: Mapping[str, Any], at_seconds: int) -> bytes:
        """A PDF/A-2b; `at_seconds` is the moment it says it was made, in seconds since 1970."""
        made = self._compiler.compile(
            template, format="pdf", sys_inputs=self._inputs(data), pdf_standards=ARCHIVE, timestamp=at_seconds
        )
        return _whole(made)

    def picture(self, template: Path, data: Mapping[str, Any], ppi: float) -> bytes:
        """The first page as a PNG."""
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
