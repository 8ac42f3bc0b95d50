"""Files of the old Office kind (OLE compound files), read no further than their list of streams and a first sector.

That tells what they are: an encrypted new file, an old Word or Excel file, one with macros, one with a password.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES = 512
ENTRY_BYTES = 128
NO_SECTOR = 0xFFFFFFFA
"""Sector numbers from here on mean an end, a gap or a table."""
LISTED_SECTORS = 109
ENTRIES = 4096
RECORDS = 64
FILE_PASS = 0x2F
FIRST_RECORDS = (0x0009, 0x0209, 0x0409, 0x0809)


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream or storage: its name and the number of its first sector."""

    name: str
    first: int


class Compound:
    """An OLE file. Numbers that lead outside the file end the reading; nothing is raised."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        header = file.read(HEADER_BYTES).ljust(HEADER_BYTES, b"\0")
        shift = struct.unpack_from("<H", header, 30)[0]
        self._sector_bytes = 1 << shift if shift in (9, 12) else 512
        self._tables = struct.unpack_from(f"<{LISTED_SECTORS}I", header, 76)
        self.streams = tuple(self._streams(struct.unpack_from("<I", header, 48)[0]))

    def names(self) -> frozenset[str]:
        return frozenset(stream.name.lower() for stream in self.streams)

    def start_of(self, name: str) -> bytes:
        """The first sector of a stream, or nothing."""
        first = next((stream.first for stream in self.streams if stream.name.lower() == name), NO_SECTOR)
        return self._sector(first)

    def _sector(self, number: int) -> bytes:
        if number >= NO_SECTOR:
            return b""
        self._file.seek((number + 1) * self._sector_bytes)
        return self._file.read(self._sector_bytes)

    def _next(self, number: int) -> int:
        per_table = self._sector_bytes // 4
        table, place = divmod(number, per_table)
        raw = self._sector(self._tables[table]) if table < LISTED_SECTORS else b""
        return int.from_bytes(raw[place * 4 : place * 4 + 4], "little") if len(raw) >= place * 4 + 4 else NO_SECTOR

    def _streams(self, sector: int) -> Iterator[Stream]:
        seen: set[int] = set()
        while sector < NO_SECTOR and sector not in seen and len(seen) < ENTRIES * ENTRY_BYTES // self._sector_bytes:
            seen.add(sector)
            raw = self._sector(sector)
            for start in range(0, len(raw) - ENTRY_BYTES + 1, ENTRY_BYTES):
                length = struct.unpack_from("<H", raw, start + 64)[0]
                name = raw[start : start + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
                if name:
                    yield Stream(name, struct.unpack_from("<I", raw, start + 116)[0])
            sector = self._next(sector)


def has_password(start: bytes) -> bool:
    """Whether an old workbook, of which this is the beginning, announces its encryption."""
    position = 0
    for number in range(RECORDS):
        if position + 4 > len(start):
            return False
        kind, length = struct.unpack_from("<HH", start, position)
        if number == 0 and kind not in FIRST_RECORDS:
            return False
        if kind == FILE_PASS:
            return True
        position += 4 + length
    return False
