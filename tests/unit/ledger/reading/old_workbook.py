"""A workbook of the old kind (XLS, BIFF8) made by hand: a compound file with one stream and one sheet."""

import struct
from collections.abc import Iterator, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Cells = Sequence[Sequence[str | float]]


def old_workbook(name: str, rows: Cells, *, counts_from_1904: bool = False) -> bytes:
    """The bytes of the file."""
    stream = _stream(name, rows, counts_from_1904)
    stream += bytes(-len(stream) % SECTOR) + bytes(max(0, 4096 - len(stream)))  # smaller ones live in a mini stream
    count = len(stream) // SECTOR
    chain = [FAT, END, *range(3, count + 2), END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    return _head() + fat + _directory(len(stream)) + stream


def _head() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<I", 0) + b"\xff" * (SECTOR - len(head) - 4)


def _directory(size: int) -> bytes:
    entries = [("Root Entry", 5, 1, END, 0), ("Workbook", 2, FREE, 2, size)]
    found = b""
    for name, kind, child, start, length in entries:
        text = name.encode("utf-16-le") + b"\0\0"
        found += text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        found += bytes(36) + struct.pack("<IQ", start, length)
    return found.ljust(SECTOR, b"\0")


def _stream(name: str, rows: Cells, counts_from_1904: bool) -> bytes:
    before = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    if counts_from_1904:
        before += _record(0x0022, struct.pack("<H", 1))
    title = name.encode("utf-16-le")
    end = _record(0x000A, b"")
    place = len(before) + 4 + 8 + len(title) + len(end)
    sheet = _record(0x0085, struct.pack("<IHBB", place, 0, len(name), 1) + title)
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
    return before + sheet + end + begin + b"".join(_cells(rows)) + end


def _cells(rows: Cells) -> Iterator[bytes]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                yield _record(0x0204, place + struct.pack("<HB", len(cell), 1) + text)
            else:
                yield _record(0x0203, place + struct.pack("<d", cell))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
