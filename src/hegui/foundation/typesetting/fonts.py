"""Which fonts there are (字体), and which characters they can show.

The operator's folder comes first, then the fonts that are installed with Hegui, then those of the system. A character
that no font has would be printed as an empty box without any warning, so every text is looked up before it is set.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hegui.foundation.errors import EnvironmentProblem

if TYPE_CHECKING:
    import typst

ROLES = Path(__file__).with_name("faces.toml")
GETA = "\u3013"  # 〓, the printers' mark for a piece of type that is not in the case
RARE = "\u3659\u954d\u5586\u348f\u4dae\u9fa5\u2103\u25b2"  # characters of names and forms that poor fonts lack


class FontShelf:
    """The fonts of this machine. Reads a font's table of characters only when a text asks for it."""

    def __init__(self, own: Path | None = None) -> None:
        """`own`: the operator's folder. Raises EnvironmentProblem where it cannot be used."""
        if own is not None and not own.is_dir():
            raise EnvironmentProblem(f"The setting fonts.dir names {own}, which is not a folder.")
        self._own = own
        self._unread: Iterator[tuple[Path, int]] = iter(())
        self._known: set[int] | None = None

    @cached_property
    def fonts(self) -> "typst.Fonts":
        """What the typesetter may use; the same characters are answered for by `missing_characters`."""
        import typst

        return typst.Fonts(include_embedded_fonts=False, font_paths=list(self._folders()))

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """For each role of faces.toml the families to try in turn."""
        own = _families_in(self._own) if self._own else ()
        roles = tomllib.loads(ROLES.read_text(encoding="utf-8"))
        spoken_for = {name for face in roles.values() for name in face["preferred"]}
        others = [name for name in own if name not in spoken_for]
        return {
            role: (*(name for name in face["preferred"] if name in own), *others, face["shipped"])
            for role, face in roles.items()
        }

    def missing_characters(self, text: str) -> str:
        """The characters of a text that no font can show, each once, in their order."""
        return "".join(c for c in dict.fromkeys(text) if needs_ink(c) and not self._shows(ord(c)))

    def _shows(self, code: int) -> bool:
        if self._known is None:
            self._known, self._unread = set(), iter(self._files())
        while code not in self._known:
            following = next(self._unread, None)
            if following is None:
                return False
            self._known |= characters(*following)
        return True

    def _folders(self) -> Iterator[Path]:
        if self._own is not None:
            yield self._own
        yield shipped()

    def _files(self) -> list[tuple[Path, int]]:
        """Every font once: those in our folders first, because they nearly always have the character."""
        folders = list(self._folders())
        files = dict.fromkeys((Path(font.path), font.index) for font in self.fonts.fonts() if font.path)
        return sorted(files, key=lambda file: not any(file[0].is_relative_to(folder) for folder in folders))


def shipped() -> Path:
    """The folder of the fonts that are installed with Hegui. Raises EnvironmentProblem where they are gone."""
    try:
        import pylopdf_fonts_zh_cn
    except ImportError:
        raise EnvironmentProblem("The package of Chinese fonts, pylopdf-fonts-zh-cn, is not installed.") from None
    return Path(pylopdf_fonts_zh_cn.__file__).parent


def characters(file: Path, index: int = 0) -> set[int]:
    """The code points that a font file has a shape for; none where it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            return set(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return set()


def needs_ink(character: str) -> bool:
    """Whether a character is one that must be seen: no blank, no mark that only steers its neighbours."""
    return not (
        character.isspace()
        or unicodedata.category(character) in ("Cc", "Cf")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _families_in(folder: Path) -> tuple[str, ...]:
    import typst

    held = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return tuple(dict.fromkeys(font.family for font in held.fonts()))
