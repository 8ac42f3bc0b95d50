"""Unfolds a part of an archive piece by piece and keeps nothing: what comes out counts, not what is declared."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.limits import MEGABYTE
from hegui.foundation.untrusted.zip_directory import Part, data_start

PIECE_BYTES = MEGABYTE
PACKED_BYTES = 256 * 1024
STORED, DEFLATED = 0, 8


def pieces(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """The part in pieces of at most a megabyte.

    Raises Refusal as soon as more comes out than was declared, and at the end where less came or the checksum is
    not that of the directory.
    """
    file.seek(data_start(file, part))
    source = _stored(file, part.packed) if part.method == STORED else _deflated(file, part.packed)
    count = 0
    checksum = 0
    for piece in source:
        count += len(piece)
        if count > part.unfolded:
            raise Refusal("upload.damaged")
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if count != part.unfolded or checksum != part.crc:
        raise Refusal("upload.damaged")


def _stored(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        piece = _read(file, min(left, PIECE_BYTES))
        left -= len(piece)
        yield piece


def _deflated(file: BinaryIO, left: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    while not inflater.eof:
        if not waiting and left:
            waiting = _read(file, min(left, PACKED_BYTES))
            left -= len(waiting)
        fed = bool(waiting)
        try:
            piece = inflater.decompress(waiting, PIECE_BYTES)
        except zlib.error:
            raise Refusal("upload.damaged") from None
        waiting = inflater.unconsumed_tail
        if piece:
            yield piece
        elif not fed:
            raise Refusal("upload.damaged")


def _read(file: BinaryIO, count: int) -> bytes:
    found = file.read(count)
    if not found:
        raise Refusal("upload.damaged")
    return found
