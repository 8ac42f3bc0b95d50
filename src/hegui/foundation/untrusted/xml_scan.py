"""Looks through XML as it streams by, without parsing it: what would harm a parser, and cells far outside a table."""

import codecs
import re
from collections.abc import Iterable, Iterator

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import LAST_COLUMN, ROWS, TAG_BYTES, XML_DEPTH

START_BYTES = 1024
STEP_BYTES = 4096
TAIL_BYTES = 32
"""Kept between pieces, so that a mark that is cut in two is seen all the same."""

DECLARED_CODE = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
LIKE_ASCII = re.compile(rb"(?i)^(utf-?8|us-ascii|iso-8859-\d+|windows-\d+|gb18030|gbk|gb2312)$")
"""Codes in which a mark of XML is the same bytes as in ASCII; in others (UTF-7, EBCDIC) it could hide."""
TYPE_OR_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FAR = re.compile(
    rb"""r[ \t\r\n]*=[ \t\r\n]*["']\$?((?:[A-Za-z]{3,}|[A-Za-z]{0,2}0*(?:[3-9]\d{5}|\d{7,}))[A-Za-z0-9]*)"""
)
ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\s")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f|t)[\s>]")


def is_xml(start: bytes) -> bool:
    """Whether a part that begins so would be taken for XML by a parser."""
    return start.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe \t\r\n").startswith(b"<")


def as_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in a code like ASCII: UTF-16 is turned into UTF-8; what neither is nor says what it is, is refused."""
    decoder: codecs.IncrementalDecoder | None = None
    for number, piece in enumerate(pieces):
        if number == 0:
            decoder = _decoder(piece)
        yield decoder.decode(piece).encode() if decoder else piece


def _decoder(start: bytes) -> codecs.IncrementalDecoder | None:
    for mark, code in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if start.startswith(mark) and b"\0\0" not in start[:8]:
            return codecs.getincrementaldecoder(code)("replace")
    declared = DECLARED_CODE.match(start.removeprefix(codecs.BOM_UTF8))
    if b"\0" in start[:START_BYTES] or (declared and not LIKE_ASCII.match(declared[1])):
        raise Refusal("upload.dangerous")
    return None


class XmlScan:
    """Refuses document types, entities and bottomless nesting; not `nested` for drawings, which are old loose HTML."""

    def __init__(self, *, nested: bool = True) -> None:
        self._nested = nested
        self._tail = b""
        self._depth = 0

    def look(self, piece: bytes) -> None:
        """Takes the next piece; raises Refusal."""
        joined = self._tail + piece
        if TYPE_OR_ENTITY.search(joined):
            raise Refusal("upload.dangerous")
        if self._nested:
            self._measure(joined, len(self._tail))
        self._tail = joined[-TAIL_BYTES:]

    def _measure(self, joined: bytes, start: int) -> None:
        """Counts tags that open and close. Inside a step they may nest deeper than the limit, by what a step can hold.

        A tag belongs to the step that holds its second character, so that none is counted twice or cut in two.
        """
        opening = max(0, start - 1)
        for begin in range(opening, len(joined) - 1, STEP_BYTES):
            end = min(begin + STEP_BYTES + 1, len(joined))
            closed = joined.count(b"</", begin, end)
            neither = joined.count(b"<!", begin, end) + joined.count(b"<?", begin, end)
            opened = joined.count(b"<", begin, end - 1) - closed - neither
            self._depth += opened - closed - joined.count(b"/>", begin, end)
            if self._depth > XML_DEPTH:
                raise Refusal("upload.dangerous")


class CellScan:
    """Refuses values that stand far outside of what a table can be, and tables with too many real rows.

    A reader that believes one cell in the last row makes room for all rows before it. Cells without a value are
    let through: whole columns that were only coloured are usual, and cost nothing.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._rows = 0
        self._far = ""

    def look(self, piece: bytes) -> None:
        """Takes the next piece; raises Refusal."""
        joined = self._rest + piece
        whole = joined.rfind(b">") + 1
        if len(joined) - whole > TAG_BYTES and b"<" in joined[whole : whole + 1 + TAG_BYTES]:
            whole = len(joined)  # no tag of a sheet is so long; what it hides costs its reader at most its own length
        self._rest = joined[whole:][-TAG_BYTES:]
        tags = joined[:whole]
        self._rows += tags.count(b"</row>") + tags.count(b":row>")
        if self._rows > ROWS:
            raise too_many_rows()
        if self._far and VALUE.search(tags):
            raise self._too_far(self._far)
        for found in FAR.finditer(tags):
            self._weigh(tags, found)

    def _weigh(self, tags: bytes, found: re.Match[bytes]) -> None:
        """A far reference: of what, and does a value follow?"""
        opened = tags.rfind(b"<", 0, found.start())
        element = ROW_OR_CELL.match(tags, opened) if opened >= 0 else None
        closed = tags.find(b">", found.end())
        if element is None or closed < 0 or not tags[found.start() - 1 : found.start()].isspace():
            return
        place = found[1].decode()
        empty = tags[closed - 1 : closed] == b"/"
        if element[1] == b"row":
            self._after_far_row(tags, closed, place, empty=empty)
        elif not empty and not tags.startswith(b"</", closed + 1):
            raise self._too_far(place)

    def _after_far_row(self, tags: bytes, closed: int, place: str, *, empty: bool) -> None:
        if not empty and not self._far:
            self._far = place
            if VALUE.search(tags, closed):
                raise self._too_far(place)

    def _too_far(self, place: str) -> Refusal:
        if self._rows * 2 >= ROWS:  # the rows before it are really there
            return too_many_rows()
        return Refusal("upload.far_cell", cell=place[:20], column=LAST_COLUMN, limit=f"{ROWS:,}")


def too_many_rows() -> Refusal:
    """What is said of a table that is too long."""
    return Refusal("upload.too_many_rows", limit=f"{ROWS:,}")
