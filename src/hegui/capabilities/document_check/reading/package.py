"""The parts of a DOCX file, read by streaming and without anything that reaches outside of it."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from hegui.capabilities.document_check.model import Source
from hegui.foundation.errors import Refusal

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAIN = "word/document.xml"
BESIDE: Mapping[str, Source] = {"header": "header", "footer": "footer", "footnotes": "note", "endnotes": "note"}


class Package:
    """An open DOCX file; raises Refusal where it is none."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError):
            raise Refusal("upload.damaged") from None
        self.names = self._archive.namelist()
        self.main = self._main()

    def _main(self) -> str:
        """The part that holds the text: usually `word/document.xml`, but some programs number it."""
        found = [name for name in self.names if PurePosixPath(name).match("word/document*.xml")]
        if not found:
            raise Refusal("upload.damaged")
        return MAIN if MAIN in found else min(found)

    def beside(self) -> Iterator[tuple[Source, str]]:
        """Headers, footers and notes: the kind and the name of each part."""
        for name in sorted(self.names):
            part = PurePosixPath(name)
            for kind, source in BESIDE.items():
                if part.match(f"word/{kind}*.xml"):
                    yield source, name

    def pictures(self) -> int:
        return sum(name.startswith("word/media/") for name in self.names)

    def picture_bytes(self, most: int) -> Iterator[bytes]:
        """The pictures in the order of their names, so many at most."""
        for name in [name for name in self.names if name.startswith("word/media/")][:most]:
            yield self._archive.read(name)

    def events(self, name: str) -> Iterator[tuple[str, str, Any]]:
        """Begin and end of each element, by its name without the namespace of Word; others keep theirs.

        A document type is refused: with entities left alone, its text would silently be missing.
        """
        with self._archive.open(name) as stream:
            parsing = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
                load_dtd=False,
            )
            try:
                yield from _named(parsing)
            except etree.XMLSyntaxError:
                raise Refusal("upload.damaged") from None


def _named(parsing: Any) -> Iterator[tuple[str, str, Any]]:
    first = True
    for event, element in parsing:
        if first:
            first = False
            if element.getroottree().docinfo.doctype:
                raise Refusal("upload.dangerous")
        if not isinstance(element.tag, str):
            continue
        yield event, element.tag.replace(WORD, "w:").replace(STRICT_WORD, "w:"), element
        if event == "end":
            _forget(element)


def _forget(element: Any) -> None:
    """Frees what was read; without it the whole tree would be kept."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]


def value(element: Any, name: str = "val") -> str | None:
    """An attribute in the namespace of Word."""
    found: str | None = element.get(WORD + name)
    if found is None:
        found = element.get(STRICT_WORD + name)
    return found
