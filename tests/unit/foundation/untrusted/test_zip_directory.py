"""The directory of an archive: what honest archives say is understood, and no lie leads anywhere but to a refusal."""

import io
import struct
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile_files import workbook

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.archive_guard import look_through
from hegui.foundation.untrusted.unfolding import pieces
from hegui.foundation.untrusted.zip_directory import data_start, read_directory

MADE = workbook()
START = MADE.index(b"PK\x01\x02")
END = MADE.rindex(b"PK\x05\x06")

content = st.dictionaries(
    st.text("abc/xyz盐酸", min_size=1, max_size=8).map(lambda name: name.strip("/") or "a"),
    st.binary(max_size=300),
    max_size=8,
)

comments = st.binary(max_size=20).filter(lambda comment: b"PK" not in comment)
"""A comment that holds the mark of an end could hide a second archive; such a file is refused."""


@given(parts=content, method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), comment=comments)
@settings(max_examples=60, deadline=None)
def test_an_honest_archive_is_read_as_its_writer_meant_it(parts: dict[str, bytes], method: int, comment: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.comment = comment
        for name, text in parts.items():
            archive.writestr(name, text)
    read = {part.name: b"".join(pieces(made, part)) for part in read_directory(made).parts}
    assert read == parts


def test_sizes_of_64_bits_are_read() -> None:
    """Some libraries write every workbook so."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a", "w", force_zip64=True) as part:
        part.write(b"text")
    wide = bytearray(made.getvalue())
    entry, end = wide.index(b"PK\x01\x02"), wide.rindex(b"PK\x05\x06")
    packed, size = struct.unpack_from("<II", wide, entry + 20)
    field = struct.pack("<HHQQ", 1, 16, size, packed)
    struct.pack_into("<II", wide, entry + 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", wide, entry + 30, len(field))
    name_end = entry + 46 + 1
    directory_bytes = end - entry + len(field)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, directory_bytes, entry)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, entry + directory_bytes, 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    file = io.BytesIO(bytes(wide[:name_end]) + field + bytes(wide[name_end:end]) + record + locator + tail)
    (only,) = read_directory(file).parts
    assert (only.unfolded, b"".join(pieces(file, only))) == (4, b"text")


def _looked_through(content: bytes) -> str:
    try:
        look_through(io.BytesIO(content), cells=True)
    except Refusal as refusal:
        return refusal.key
    return "passed"


@given(
    edits=st.lists(
        st.tuples(st.integers(START, len(MADE) - 4), st.sampled_from([1, 2, 4]), st.integers(0, 0xFFFFFFFF)),
        min_size=1, max_size=4,
    )
)  # fmt: skip
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_directory_with_any_bytes_changed_is_refused_or_passes(edits: list[tuple[int, int, int]]) -> None:
    changed = bytearray(MADE)
    for place, width, value in edits:
        changed[place : place + width] = (value % (1 << 8 * width)).to_bytes(width, "little")
    assert _looked_through(bytes(changed)).split(".")[0] in ("upload", "passed")


@given(place=st.integers(0, START - 5), value=st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_part_with_any_byte_changed_is_refused_or_the_same(place: int, value: int) -> None:
    """The checksum sees to it; what is not under it is a header's field that nobody reads."""
    changed = bytearray(MADE)
    changed[place] = value
    if _looked_through(bytes(changed)) == "passed":
        file = io.BytesIO(bytes(changed))
        original = io.BytesIO(MADE)
        for part, before in zip(read_directory(file).parts, read_directory(original).parts, strict=True):
            assert b"".join(pieces(file, part)) == b"".join(pieces(original, before))


@given(count=st.integers(0, 0xFFFF), size=st.integers(0, 0xFFFFFFFF), start=st.integers(0, 0xFFFFFFFF))
@settings(max_examples=200, deadline=None)
def test_an_end_that_says_anything_is_refused_or_true(count: int, size: int, start: int) -> None:
    changed = bytearray(MADE)
    struct.pack_into("<HHII", changed, END + 8, count, count, size, start)
    true = (size, start) == struct.unpack_from("<II", MADE, END + 12)
    assert (_looked_through(bytes(changed)) == "passed") <= true


@given(noise=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_noise_is_refused(noise: bytes) -> None:
    assert _looked_through(noise) == "upload.damaged"


def test_a_part_begins_after_its_own_header(tmp_path: Path) -> None:
    file = io.BytesIO(MADE)
    part = read_directory(file).parts[0]
    assert data_start(file, part) == 30 + len(part.name)
