"""Which styles of a DOCX file are headings, titles or lines of a table of contents."""

from dataclasses import dataclass

from hegui.capabilities.document_check.grammar import CONTENTS_STYLE, HEADING_STYLE, TITLE_STYLES
from hegui.capabilities.document_check.reading.package import Package, value

PART = "word/styles.xml"
NO_LEVEL = 9


@dataclass(slots=True)
class Style:
    """What a style says of its paragraphs."""

    name: str = ""
    based_on: str | None = None
    level: int | None = None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles

    def level(self, style: str | None) -> int | None:
        """The outline level, 0 the highest; its own, that of its name, or that of the style it is based on."""
        for one in self._line(style):
            if one.level is not None:
                return one.level if one.level < NO_LEVEL else None
            if named := HEADING_STYLE.match(one.name):
                return int(named[1]) - 1
        return None

    def is_contents(self, style: str | None) -> bool:
        return any(CONTENTS_STYLE.match(one.name) for one in self._line(style))

    def is_title(self, style: str | None) -> bool:
        return any(one.name in TITLE_STYLES for one in self._line(style))

    def _line(self, style: str | None) -> list[Style]:
        """A style and those it is based on; a circle ends."""
        found: list[Style] = []
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            found.append(self._styles[style])
            style = self._styles[style].based_on
        return found


def read_styles(package: Package) -> Styles:
    styles: dict[str, Style] = {}
    if PART not in package.names:
        return Styles(styles)
    present = Style()
    for event, name, element in package.events(PART):
        if event == "start" and name == "w:style":
            present = styles.setdefault(value(element, "styleId") or "", Style())
        elif event == "start" and name == "w:name":
            present.name = (value(element) or "").lower().strip()
        elif event == "start" and name == "w:basedOn":
            present.based_on = value(element)
        elif event == "start" and name == "w:outlineLvl":
            present.level = level_of(value(element))
    return Styles(styles)


def level_of(written: str | None) -> int | None:
    return int(written) if written and written.isdigit() else None
