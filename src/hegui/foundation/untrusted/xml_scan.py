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

OPENING = re.compile(rb"(?:\xff\xfe|\xfe\xff)?\s*<[A-Za-z_:?!]")
DECLARED_CODE = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
LIKE_ASCII = re.compile(rb"(?i)^(utf-?8|us-ascii|iso-8859-\d+|windows-\d+|gb18030|gbk|gb2312)$")
"""Codes in which a mark of XML is the same bytes as in ASCII; in others (UTF-7, EBCDIC) it could hide."""
TYPE_OR_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FAR = re.compile(
    rb"""r[ \t\r\n]*=[ \t\r\n]*["']\$?"""
    rb"""((?:[A-Za-z]{3,}|[A-Za-z]{0,2}0*(?:\d{7,}|[4-9]\d{5}|3(?!00000["'])\d{5}))[A-Za-z0-9]*)"""
)
"""A place beyond column ZZ or row 300,000."""
ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\s")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f|t)[\s>]")


def is_xml(start: bytes) -> bool:
    """Whether a part that begins so would be taken for XML by a parser."""
    plain = start[:START_BYTES].replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    return bool(OPENING.match(plain))


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
        cut = joined.find(b"<", whole)
        self._rest = joined[cut:] if cut >= 0 else b""
        if len(self._rest) > TAG_BYTES:
            raise Refusal("upload.dangerous")
        tags = joined[:whole]
        self._rows += tags.count(b"</row>") + tags.count(b":row>")
        if self._rows > ROWS:
            raise too_many_rows()
        self._look_for_far(tags)

    def _look_for_far(self, tags: bytes) -> None:
        after = 0 if self._far else len(tags)
        for found in FAR.finditer(tags):
            opened = tags.rfind(b"<", 0, found.start())
            element = ROW_OR_CELL.match(tags, opened) if opened >= 0 else None
            closed = tags.find(b">", found.end())
            if element is None or closed < 0 or tags[closed - 1 : closed] == b"/":
                continue
            if element[1] == b"row":
                self._far, after = self._far or f"A{found[1].decode()}", min(after, closed)
            elif not tags.startswith(b"</", closed + 1):
                raise self._too_far(found[1].decode())
        if self._far and VALUE.search(tags, after):  # cells need not say where they stand
            raise self._too_far(self._far)

    def _too_far(self, place: str) -> Refusal:
        if self._rows * 2 >= ROWS:  # the rows before it are really there
            return too_many_rows()
        return Refusal("upload.far_cell", cell=place[:20], column=LAST_COLUMN, limit=f"{ROWS:,}")


def too_many_rows() -> Refusal:
    """What is said of a table that is too long."""
    return Refusal("upload.too_many_rows", limit=f"{ROWS:,}")
