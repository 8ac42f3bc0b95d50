"""The directory of a ZIP archive, read without trusting it and without unfolding anything.

It must be the only one in the file and end where the file ends: readers that search for it differently would
otherwise see another archive than the guard. Offsets and sizes are checked before they are used.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import MEGABYTE, PARTS

END = struct.Struct("<4sHHHHIIH")
LOCATOR = struct.Struct("<4sIQI")
END_64 = struct.Struct("<4sQHHIIQQQQ")
ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
LOCAL = struct.Struct("<4sHHHHHIIIHH")
EXTRA = struct.Struct("<HH")

LONGEST_COMMENT = 0xFFFF
FULL_16 = 0xFFFF
FULL_32 = 0xFFFFFFFF
ZIP_64 = 1
UNIX = 3
KIND_OF_FILE = 0o170000
LINK = 0o120000
ENCRYPTED = 0x2041
"""Flags: encrypted, strongly encrypted, encrypted directory."""
DIRECTORY_BYTES = MEGABYTE


@dataclass(frozen=True, slots=True)
class Part:
    """One entry. `name` has forward slashes; `packed` and `unfolded` are the declared sizes in bytes."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    unfolded: int
    offset: int
    link: bool

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Directory:
    """The parts that were read, at most PARTS; `count` is how many there are said to be, `start` where they stand."""

    parts: tuple[Part, ...]
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class _Place:
    count: int
    size: int
    start: int
    end: int


def read_directory(file: BinaryIO) -> Directory:
    """Raises Refusal where the directory makes no sense."""
    place = _place(file)
    if place.start + place.size != place.end:
        raise Refusal("upload.damaged")
    raw = _at(file, place.start, min(place.size, DIRECTORY_BYTES))
    return Directory(tuple(_parts(raw, min(place.count, PARTS), place.start)), place.count, place.start)


def data_start(file: BinaryIO, part: Part) -> int:
    """Where the packed bytes of a part begin: after its own header, which must name it too."""
    header = LOCAL.unpack(_at(file, part.offset, LOCAL.size))
    name_bytes, extra_bytes = header[9], header[10]
    name = _at(file, part.offset + LOCAL.size, name_bytes)
    if header[0] != b"PK\x03\x04" or _text(name, header[2]) != part.name:
        raise Refusal("upload.damaged")
    return part.offset + LOCAL.size + int(name_bytes) + int(extra_bytes)


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    if offset < 0 or length < 0 or offset > FULL_32:
        raise Refusal("upload.damaged")
    file.seek(offset)
    found = file.read(length)
    if len(found) != length:
        raise Refusal("upload.damaged")
    return found


def _place(file: BinaryIO) -> _Place:
    size = file.seek(0, os.SEEK_END)
    tail = _at(file, max(0, size - END.size - LONGEST_COMMENT), min(size, END.size + LONGEST_COMMENT))
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or found + END.size > len(tail):
        raise Refusal("upload.damaged")
    _, disk, first_disk, here, count, length, start, comment = END.unpack_from(tail, found)
    end = size - len(tail) + found
    if found + END.size + comment != len(tail) or disk or first_disk or here != count:
        raise Refusal("upload.damaged")
    if count == FULL_16 or FULL_32 in (length, start):
        return _place_64(file, end)
    before = LOCATOR.size + END_64.size
    if end >= before and _at(file, end - LOCATOR.size, 4) == b"PK\x06\x07":
        return _place_64(file, end)
    return _Place(count, length, start, end)


def _place_64(file: BinaryIO, end: int) -> _Place:
    signature, disk, offset, disks = LOCATOR.unpack(_at(file, end - LOCATOR.size, LOCATOR.size))
    own = end - LOCATOR.size - END_64.size
    if signature != b"PK\x06\x07" or disk or disks > 1 or offset != own:
        raise Refusal("upload.damaged")
    record = END_64.unpack(_at(file, own, END_64.size))
    if record[0] != b"PK\x06\x06" or record[4] or record[5] or record[6] != record[7]:
        raise Refusal("upload.damaged")
    return _Place(record[7], record[8], record[9], own)


def _parts(raw: bytes, count: int, before: int) -> list[Part]:
    parts: list[Part] = []
    position = 0
    for _ in range(count):
        if position + ENTRY.size > len(raw):
            raise Refusal("upload.damaged")
        entry = ENTRY.unpack_from(raw, position)
        name_bytes, extra_bytes, comment_bytes = entry[10:13]
        following = position + ENTRY.size + name_bytes + extra_bytes + comment_bytes
        if entry[0] != b"PK\x01\x02" or following > len(raw):
            raise Refusal("upload.damaged")
        name_end = position + ENTRY.size + name_bytes
        parts.append(
            _part(entry, raw[position + ENTRY.size : name_end], raw[name_end : name_end + extra_bytes], before)
        )
        position = following
    return parts


def _part(entry: tuple[int, ...], name: bytes, extra: bytes, before: int) -> Part:
    unfolded, packed, offset = _wide(extra, entry[9], entry[8], entry[16])
    if offset + packed > before:
        raise Refusal("upload.damaged")
    return Part(
        name=_text(name, entry[3]),
        method=entry[4],
        flags=entry[3],
        crc=entry[7],
        packed=packed,
        unfolded=unfolded,
        offset=offset,
        link=entry[1] >> 8 == UNIX and (entry[15] >> 16) & KIND_OF_FILE == LINK,
    )


def _wide(extra: bytes, *narrow: int) -> list[int]:
    """The sizes and the offset, taken from the 64-bit field where they do not fit into 32 bits."""
    wanted = narrow.count(FULL_32)
    if not wanted:
        return list(narrow)
    wide = iter(_zip_64_field(extra, wanted))
    return [next(wide) if value == FULL_32 else value for value in narrow]


def _zip_64_field(extra: bytes, wanted: int) -> tuple[int, ...]:
    position = 0
    while position + EXTRA.size <= len(extra):
        kind, length = EXTRA.unpack_from(extra, position)
        position += EXTRA.size
        if kind == ZIP_64 and wanted * 8 <= length <= len(extra) - position:
            return struct.unpack_from(f"<{wanted}Q", extra, position)
        position += length
    raise Refusal("upload.damaged")


def _text(name: bytes, flags: int) -> str:
    """The name for comparing; some programs write it with backslashes or in a Chinese code page."""
    return name.decode("utf-8" if flags & 0x800 else "cp437", "replace").replace("\\", "/")
